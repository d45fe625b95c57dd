/**
 * One story from one seed: devices and a CRM edit, sync in every way, lose messages, meet a failing store. After quiet
 * time the invariants are checked against what everybody did: nothing lost, nothing doubled, all the same.
 */
import { type Device, Suspended } from '../kit/device.ts';
import { vcard } from '../kit/drafts.ts';
import { USER } from '../kit/server.ts';
import { Refused } from '../kit/session.ts';
import {
  type Copies,
  hidesLoss,
  isFreeToEdit,
  makeCopies,
  noteCompared,
  noteEdited,
  noteSeason,
  noteSynced,
} from './copies.ts';
import { Vanished } from './faults.ts';
import { checkInvariants } from './invariants.ts';
import { edited, firstBody, KINDS } from './item-kinds.ts';
import { readFrom, seenBy, storedType, valuesOf, writtenFor } from './item-texts.ts';
import { checkIndex } from './newcomer.ts';
import { passSeason, passTime } from './passing.ts';
import type { Random } from './random.ts';
import { mayRestore } from './restores.ts';
import { isShownAs, noteDeleted } from './small.ts';
import { createWorld, nameOn, type Rich, type Story, type World, type WorldOptions } from './world.ts';

/** Runs the story; throws with its lines when an invariant does not hold. */
export async function runStory(
  seed: number,
  options: WorldOptions & { steps?: number } = {},
): Promise<Story> {
  const world = await createWorld(seed, options);
  try {
    for (let step = 0; step < (options.steps ?? 25); step += 1) {
      await mayRestore(world);
      await act(world);
    }
    await quietTime(world);
    await checkInvariants(world);
    await checkIndex(world);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`seed ${seed}: ${reason}\n${world.story.lines.slice(-60).join('\n')}`);
  } finally {
    await world.store.close();
  }
  return world.story;
}

async function act(world: World): Promise<void> {
  const { random, devices, dice } = world;
  if (dice?.chance(0.05) === true) passTime(world, dice);
  if (world.index?.dice.chance(0.04) === true) {
    await passSeason(world, world.index.dice);
    if (world.copies !== undefined) noteSeason(world.copies);
  }
  if (dice?.chance(0.08) === true) return together(world, dice);
  if (world.rich?.wide?.chance(0.05) === true) grow(world, world.rich.wide);
  if (world.copies?.dice.chance(0.08) === true) restore(world, world.copies);
  if (world.parts?.chance(0.1) === true) resize(world, world.parts);
  const device = random.pick(devices);
  const choice = random.next();
  if (choice < 0.55) editDevice(world, device);
  else if (choice < 0.65) await editCrm(world);
  else if (device.canResume && random.chance(0.6)) await syncDevice(world, device, 225);
  else await syncDevice(world, device, random.pick(world.rich?.small ? GENTLE : ALL_KINDS));
}

const ALL_KINDS = [200, 200, 200, 200, 200, 200, 201, 202, 203, 204, 205];
/** Without refreshes, which throw away what one side has. */
const GENTLE = [200, 200, 200, 200, 200, 200, 201, 202];

function restore(world: World, copies: Copies): void {
  const device = copies.dice.pick(world.devices);
  world.story.lines.push(makeCopies(copies, device, world.deleted, (text) => nameOn(device, text)));
}

/** A device gets new software, and holds a property more. */
function grow(world: World, dice: Random): void {
  const { devices, story, datastore } = world;
  const device = dice.pick(devices);
  const { properties, device: label } = device.options;
  const name = KINDS[datastore].growth.find((one) => properties?.includes(one) === false);
  if (properties === undefined || name === undefined) return;
  device.options = { ...device.options, properties: [...properties, name] };
  world.calm = false; // it gets its items again, its own with them
  story.lines.push(`${label} holds ${name} from now on`);
}

/** A device that appends takes messages of another size from now on. */
function resize({ devices, story }: World, dice: Random): void {
  const device = dice.pick(devices);
  const maxMsgSize = dice.pick([3_000, 4_000, 9_000, 100_000]);
  if (device.options.appends !== true) return;
  device.options = { ...device.options, maxMsgSize };
  story.lines.push(`${device.options.device} takes messages of ${maxMsgSize} from now on`);
}

/** Two devices sync at the same time, and sometimes the CRM saves something meanwhile. */
async function together(world: World, dice: Random): Promise<void> {
  const first = dice.pick(world.devices);
  const others = world.devices.filter((device) => device !== first);
  world.story.lines.push('together:');
  const code = () => dice.pick([200, 200, 200, 201]);
  const jobs = [syncDevice(world, first, code()), syncDevice(world, dice.pick(others), code())];
  if (dice.chance(0.3)) jobs.push(editCrm(world));
  await Promise.all(jobs);
}

function write(world: World, name: string, author: string, device?: Device): string {
  const value = world.rich === undefined ? plainCard(world, name) : richCard(world, world.rich, name, device);
  const values = world.written.get(name) ?? new Set();
  world.written.set(name, values.add(value));
  world.authors.set(name, (world.authors.get(name) ?? new Set()).add(author));
  world.latest.set(name, value);
  if (world.refreshing.size > 0) world.deleted.add(name);
  return value;
}

function plainCard({ random, renames, parts }: World, name: string): string {
  // One field that two cannot both be right about.
  const number = random.below(1_000_000);
  const isLong = parts?.chance(0.3) === true;
  // No long text begins as another, or ends as a part of another: that may be all that a device has room for.
  const long = (words: number) => `${number} ${longText(words)} ${number}`;
  const lines = [`TITLE:${isLong ? long(600 + parts.below(1_500)) : number}`];
  if (random.chance(0.05)) lines.push(`NOTE:${long(1_000 + random.below(2_000))}`);
  const card = vcard(name, ...lines);
  if (!renames) return card;
  // The full name, by which the story knows the item, has a word of its own: it does not follow N.
  const own = card.replace(`FN:${name}`, `FN:${name} itself`);
  return random.chance(0.3) ? own.replace(`N:${name};`, `N:Alias-${random.below(50)};`) : own;
}

/** In the stored form. The CRM says all of a record, whatever others made of it. */
function richCard(world: World, rich: Rich, name: string, device: Device | undefined): string {
  const next = (): number => {
    rich.next += 1;
    return rich.next;
  };
  if (device === undefined) {
    for (const value of world.written.get(name) ?? [])
      for (const one of valuesOf(value)) rich.removed.add(one);
    return firstBody({ datastore: world.datastore }, name, next());
  }
  const own = device.contents.find((text) => nameOn(device, text) === name);
  const { keeps } = device.options;
  const fitting = (body: string): string =>
    keeps === undefined ? body : readFrom(device.options, keeps(writtenFor(device.options, body)));
  if (own === undefined) return fitting(seenBy(device.options, firstBody(device.options, name, next())));
  const before = readFrom(device.options, own);
  const after = fitting(seenBy(device.options, edited(before, device.options, next, rich.random)));
  const kept = new Set(valuesOf(after));
  for (const value of valuesOf(before))
    if (!kept.has(value)) for (const one of meantBy(world, name, value)) rich.removed.add(one);
  noteDeleted(world, device, name, { before: valuesOf(before), after: valuesOf(after) });
  return after;
}

/** The value, and all that a device with little room may show as this value. */
const meantBy = ({ written }: World, name: string, shown: string): string[] => [
  shown,
  ...[...(written.get(name) ?? [])].flatMap(valuesOf).filter((value) => isShownAs(value, shown)),
];

const newName = (world: World): string => {
  world.names += 1;
  return `Name-${world.names}`;
};

/** As the device has it. */
const shown = ({ rich }: World, device: Device, value: string): string =>
  rich === undefined ? value : writtenFor(device.options, value);

function editDevice(world: World, device: Device): void {
  const { random, story, rich } = world;
  const label = device.options.device;
  const luids = [...device.items.keys()].filter(
    (luid) => world.copies === undefined || isFreeToEdit(world.copies, label ?? '', luid),
  );
  // Where room is little, few items get many values.
  const kind = luids.length === 0 ? 0 : rich?.small ? random.pick([0, 5, 5, 5, 5, 5, 8]) : random.below(10);
  if (kind < 5) {
    const name = newName(world);
    const luid = device.add(shown(world, device, write(world, name, label ?? '', device)));
    story.lines.push(`${label} adds ${name} as ${luid}`);
    return;
  }
  const luid = random.pick(luids);
  const name = nameOn(device, device.items.get(luid) ?? '');
  if (world.copies !== undefined)
    noteEdited(world.copies, { label: label ?? '', name, deleted: world.deleted });
  if (kind < 8) {
    device.replace(luid, shown(world, device, write(world, name, label ?? '', device)));
    story.lines.push(`${label} edits ${name} (${luid})`);
  } else {
    device.delete(luid);
    world.deleted.add(name);
    story.lines.push(`${label} deletes ${name} (${luid})`);
  }
}

async function editCrm(world: World): Promise<void> {
  const { random, crmRecords, story } = world;
  const isNew = crmRecords.length === 0 || random.chance(0.5);
  const name = isNew ? newName(world) : random.pick(crmRecords);
  if (isNew) crmRecords.push(name);
  const remove = !isNew && random.chance(0.3);
  const at = {
    user: USER,
    datastore: world.datastore,
    record: name,
    eventId: `e-${world.names}-${random.below(1e9)}`,
  };
  const change = remove
    ? ({ ...at, op: 'delete' } as const)
    : ({ ...at, op: 'upsert', type: storedType(world), body: write(world, name, 'crm') } as const);
  if (remove) world.deleted.add(name);
  story.lines.push(`crm ${remove ? 'deletes' : 'saves'} ${name}`);
  // The stream delivers until it succeeds, and sometimes once more.
  for (let attempt = 0; attempt < 30; attempt += 1) {
    try {
      await world.server.crm(change);
      if (!random.chance(0.1)) return;
    } catch {
      story.lines.push('  crm: delivered again');
    }
  }
}

async function syncDevice(world: World, device: Device, code: number): Promise<void> {
  const { story, random } = world;
  const label = device.options.device ?? '';
  const held = new Set(device.contents.map((text) => nameOn(device, text)));
  if (code !== 200) world.rich?.deleted.clear(); // a complete sync unites what either side has
  noteRefresh(world, label, held, code);
  world.refreshing.delete(label);
  try {
    if (world.faults.rate > 0 && random.chance(0.05)) device.suspendAt = 1 + random.below(4);
    const asked = code === 225 || device.hasAnchor || code === 203 ? code : 201;
    if (world.copies !== undefined) noteCompared(world.copies, label, asked);
    const report = await device.sync(asked);
    if (world.copies !== undefined) {
      noteCompared(world.copies, label, report.code);
      // What got lost after the part of a comparison that broke is not told by the rest of it.
      noteSynced(world.copies, label, asked === 225 ? 200 : report.code);
    }
    // Anchors that do not match turn a one-way sync into the refresh of its direction (Y18).
    noteRefresh(world, label, held, report.code);
    const { Add, Replace, Delete } = report.received;
    story.lines.push(`${label} syncs ${asked}->${report.code}: got +${Add} ~${Replace} -${Delete}`);
  } catch (error) {
    const how =
      error instanceof Vanished
        ? 'vanishes'
        : error instanceof Suspended
          ? 'suspends'
          : (error as Refused).message;
    if (!(error instanceof Vanished || error instanceof Suspended || error instanceof Refused)) throw error;
    // It may have been turned into a refresh before it broke, and others may have written meanwhile.
    if (code === 202 || code === 203) world.refreshing.add(label);
    noteRefresh(world, label, held, code === 202 || code === 204 ? code + 1 : code);
    story.lines.push(`${label} syncs ${code}: ${how}`);
  }
  device.suspendAt = undefined;
  // Invariant 6; where answers get lost, or others write too, a change may have to be told again.
  const isOwn = (name: string) => [...(world.authors.get(name) ?? [])].join() === label;
  const isEcho = (name: string) => isOwn(name) && !world.deleted.has(name); // deleted, and brought back: news
  if (world.calm && device.echoes.map((text) => nameOn(device, text)).some(isEcho))
    throw new Error(`${label} was sent its own change`);
}

/** A refresh throws away: what the device has not (203), or what only the device has (205). The user asked for it. */
function noteRefresh(world: World, label: string, held: ReadonlySet<string>, code: number): void {
  if (code === 203) world.calm = false;
  if (code === 203) for (const name of world.written.keys()) if (!held.has(name)) world.deleted.add(name);
  if (code === 205) for (const name of held) world.deleted.add(name);
  if (code > 202) for (const name of held) world.rich?.refreshed.add(name);
  // And the last edit of a name: of others here, of its own there.
  for (const authors of world.authors.values())
    if (code === 203 ? !authors.has(label) : code === 205 && authors.has(label)) authors.add('refresh');
}

/**
 * Nobody changes anything any more: what is open may be resumed, then two syncs per device must be enough (invariant 3). One
 * that lost an item, and is sent a change of it in the second, says only then that it misses the item: it gets a third. One
 * whose copy may stand for another item compares.
 */
async function quietTime(world: World): Promise<void> {
  world.faults.rate = 0;
  if (world.index !== undefined) world.index.rate = 0;
  world.story.lines.push('quiet');
  for (const device of world.devices)
    if (device.canResume && world.random.chance(0.6)) await syncDevice(world, device, 225);
  for (let round = 0; round < 2; round += 1)
    for (const device of world.devices) await syncDevice(world, device, 200);
  for (const device of world.devices) {
    if (device.misses) await syncDevice(world, device, 200);
    if (world.copies !== undefined && hidesLoss(world.copies, device, (text) => nameOn(device, text)))
      await syncDevice(world, device, 201);
  }
}

/** No part of it is like another: a resumed chunk is told from the one before it by its bytes. */
const longText = (words: number): string => Array.from({ length: words }, (_, n) => `w${n}`).join(' ');
