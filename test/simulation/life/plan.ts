/**
 * The plan of a life, made of a seed: who has which programs, and what happens, step by step. A step has a number and dice of
 * its own, so that a plan from which steps or devices are taken away tells the rest as before: a failing plan is shortened so.
 */
import type { Policy } from '../../../lib/engine/model/datastores.ts';
import { POLICIES } from '../../../lib/engine/model/datastores.ts';
import type { HandsetOptions } from '../../kit/device-options.ts';
import { createRandom, type Random } from '../random.ts';
import { ABILITIES } from '../world.ts';
import { LIFE_KINDS, type LifeKind } from './facts.ts';
import { type Habits, habitsOf } from './habits.ts';
import { PHONES } from './phones/all-phones.ts';
import { isOutlook } from './phones/phone.ts';
import { type RareStep, withRareSteps } from './rare-steps.ts';

/** `dice`: the seed of all that is drawn in the step. `number`: no other step has it. */
export type PlanStep = { readonly number: number; readonly dice: number } & (
  | { readonly does: 'types'; readonly device: string; readonly kind: LifeKind }
  | {
      readonly does: 'syncs';
      readonly device: string;
      readonly code: number;
      readonly kinds: readonly LifeKind[];
    }
  | {
      readonly does: 'sync together';
      readonly devices: readonly string[];
      readonly code: number;
      readonly kinds: readonly LifeKind[];
    }
  | {
      readonly does: 'breaks off';
      readonly device: string;
      /** Who has a large item to tell: the device itself, or another one. */
      readonly author: string;
      readonly kind: LifeKind;
    }
  | { readonly does: 'saves in the CRM'; readonly kind: LifeKind }
  | { readonly does: 'waits'; readonly hours: number }
  | RareStep
);

export interface PlannedDevice {
  readonly name: string;
  /** The name of its program for each kind. */
  readonly programs: { readonly [kind in LifeKind]?: string };
  readonly abilities: Habits;
}

export interface Plan {
  readonly seed: number;
  readonly policy: Policy;
  readonly kinds: readonly LifeKind[];
  readonly devices: readonly PlannedDevice[];
  /** Chance of a fault at each message and each call of the store. */
  readonly faults: number;
  /** Late, cut and doubled messages, and processes that die. */
  readonly harsh: boolean;
  readonly steps: readonly PlanStep[];
}

/** The steps of the longest lives. */
const MOST_STEPS = 24;
/** Most lives are short, which is cheap: what needs a long one is rare. Parts of the longest. */
const LENGTHS = [1 / 4, 1 / 3, 1 / 2, 1 / 2, 1];

export function planOf(seed: number, mostSteps = MOST_STEPS): Plan {
  const random = createRandom(seed ^ 0x243f6a88);
  const steps = Math.ceil(mostSteps * createRandom(seed ^ 0x13198a2e).pick(LENGTHS));
  const kinds = someOf(LIFE_KINDS, random);
  const devices = Array.from({ length: random.pick([2, 2, 2, 3]) }, (_, n) =>
    withHabits(plannedDevice(`device-${n}`, kinds, random), createRandom(seed ^ (0x3707344a + n))),
  );
  const plan: Plan = {
    seed,
    policy: random.pick(POLICIES),
    kinds,
    devices,
    faults: random.pick([0, 0, 0.02, 0.06]),
    harsh: random.chance(0.4),
    steps: Array.from({ length: steps }, (_, number) => plannedStep(number, { kinds, devices, random })),
  };
  const all = withRareSteps<PlanStep>(
    seed,
    plan.steps,
    { kinds, devices: devices.map(({ name }) => name) },
    (happens, number, dice) => ({ ...happens, number, dice }),
  );
  return { ...plan, devices: devices.map((device) => withIds(device, all)), steps: all };
}

/** At least one of them. */
function someOf<T>(all: readonly T[], random: Random): readonly T[] {
  const some = all.filter(() => random.chance(0.4));
  return some.length > 0 ? some : [random.pick(all)];
}

function plannedDevice(name: string, kinds: readonly LifeKind[], random: Random): PlannedDevice {
  const programs = Object.fromEntries(kinds.map((kind) => [kind, random.pick(PHONES[kind]).name]));
  const { auth, ...abilities }: HandsetOptions = { ...random.pick(ABILITIES), ...random.pick(SESSIONS) };
  // SyncML 1.0 knows the other form of a digest, which is not offered.
  const isKnown = auth !== undefined && abilities.version !== '1.0';
  return { name, programs, abilities: { ...abilities, ...(isKnown && { auth }) } };
}

/** Dice of their own: with other habits the life is told as before. */
const withHabits = (device: PlannedDevice, dice: Random): PlannedDevice => ({
  ...device,
  abilities: { ...device.abilities, ...habitsOf(dice, device.abilities, hasOutlook(device)) },
});

const hasOutlook = ({ programs }: PlannedDevice): boolean =>
  LIFE_KINDS.some((kind) => PHONES[kind].some((phone) => phone.name === programs[kind] && isOutlook(phone)));

/** Who accepts invitations has programs that keep the id of an item. */
function withIds(device: PlannedDevice, steps: readonly PlanStep[]): PlannedDevice {
  const programs = { ...device.programs };
  for (const step of steps)
    if (step.does === 'types alike' && step.how === 'an invitation' && step.devices.includes(device.name)) {
      const able = PHONES[step.kind].filter(({ holds }) => holds(new Map([['uid', 'x']])).has('uid'));
      programs[step.kind] = createRandom(step.dice + step.devices.indexOf(device.name)).pick(able).name;
    }
  return { ...device, programs };
}

/** How devices go through a session of several datastores. */
const SESSIONS: readonly HandsetOptions[] = [
  {},
  { syncs: 'filled' },
  { syncs: 'together' },
  { syncs: 'apart', reversed: true },
  { lateMaps: true },
  { mapsLast: true },
  { auth: 'md5' },
  { atomic: true },
  { endsEarly: true },
];

function plannedStep(
  number: number,
  {
    kinds,
    devices,
    random,
  }: { kinds: readonly LifeKind[]; devices: readonly PlannedDevice[]; random: Random },
): PlanStep {
  const own = { number, dice: random.below(2 ** 31) };
  const device = random.pick(devices).name;
  const choice = random.next();
  if (choice < 0.5) return { ...own, does: 'types', device, kind: random.pick(kinds) };
  if (choice < 0.58) return { ...own, does: 'saves in the CRM', kind: random.pick(kinds) };
  if (choice < 0.61) return { ...own, does: 'waits', hours: random.pick([-3, 1, 20, 200]) };
  const how = { code: random.pick(CODES), kinds: random.chance(0.5) ? kinds : someOf(kinds, random) };
  const other = devices.find(({ name }) => name !== device)?.name;
  if (choice < 0.66 && other !== undefined)
    return { ...own, ...how, does: 'sync together', devices: [device, other] };
  if (choice < 0.7)
    return {
      ...{ ...own, does: 'breaks off', device, kind: random.pick(kinds) },
      author: random.pick([device, other ?? device]),
    };
  return { ...own, ...how, does: 'syncs', device };
}

const CODES = [200, 200, 200, 200, 200, 200, 200, 200, 225, 225, 201, 202, 203, 204, 205];
