/** Plays the plan of a life, and checks at its end what must hold. */
import type { Store } from '../../../lib/store/port/port.ts';
import { Device, Suspended } from '../../kit/device.ts';
import { memoryStore } from '../../kit/memory-store.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import { Refused } from '../../kit/session.ts';
import { deadlyStore, type Faults, faultyNetwork, faultyStore, harshNetwork, Vanished } from '../faults.ts';
import { createRandom, type Reseedable } from '../random.ts';
import { checkLife } from './checks.ts';
import { created, edited } from './edits.ts';
import type { Facts, LifeKind } from './facts.ts';
import { fullPhone, PHONES } from './phones/all-phones.ts';
import { kept, type Phone } from './phones/phone.ts';
import type { Plan, PlannedDevice, PlanStep } from './plan.ts';
import { Room } from './room.ts';
import { Typed } from './typed.ts';

/** A datastore of a device. */
export interface Book {
  readonly phone: Phone;
  readonly device: Device;
  /** As `Typed` calls it. */
  readonly at: string;
  readonly room: Room;
  /** Names of items from which something was taken away that may have had no room: a complete sync leaves that to the device. */
  readonly unsure: Set<string>;
}

export interface Life {
  readonly plan: Plan;
  readonly server: TestServer;
  readonly typed: Typed;
  readonly books: readonly Book[];
  readonly dice: Reseedable;
  readonly faults: Faults;
  /** The records of the CRM, by kind and name. */
  readonly records: Map<string, Facts>;
  /** What happened, for people to read. */
  readonly lines: string[];
}

/** `watch` is called after each step. */
interface Playing {
  /** A store in memory when there is none. */
  readonly store?: Store;
  readonly watch?: (life: Life) => Promise<void>;
}

/** Tells the life; throws with its lines where something does not hold. */
export async function playLife(
  plan: Plan,
  { store = memoryStore(), watch = async () => {} }: Playing = {},
): Promise<Life> {
  const life = await bornLife(plan, store);
  try {
    for (const step of plan.steps) {
      life.dice.seed(step.dice);
      await take(life, step);
      await watch(life);
    }
    await quietTime(life, watch);
    await checkLife(life);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`life ${plan.seed}: ${reason}\n${life.lines.join('\n')}`);
  } finally {
    await life.server.store.close();
  }
  return life;
}

async function bornLife(plan: Plan, store: Store): Promise<Life> {
  const { seed, policy, kinds, harsh } = plan;
  const dice = createRandom(seed);
  const faults: Faults = { rate: 0 };
  const faulty = faultyStore(store, dice, faults);
  const policies = Object.fromEntries(kinds.map((kind) => [kind, policy]));
  const server = await startServer({ store: harsh ? deadlyStore(faulty, dice, faults) : faulty, policies });
  faults.rate = plan.faults;
  const network = faultyNetwork(harsh ? harshNetwork(server, dice, faults) : server, dice, faults);
  const books = plan.devices.flatMap((device) => kinds.map((kind) => bookOf(network, device, kind)));
  const head = [`${kinds.join(' and ')}, ${policy}, faults ${plan.faults}${harsh ? ', harsh' : ''}`];
  return {
    plan,
    server,
    typed: new Typed(),
    books,
    dice,
    faults,
    records: new Map(),
    lines: [...head, ...books.map(described)],
  };
}

const described = ({ at, phone, device }: Book): string => {
  const { device: _, datastore: __, keeps: ___, ...rest } = device.options;
  return `${at}: ${phone.name} ${JSON.stringify(rest)}`;
};

function bookOf(network: TestServer, { name, programs, abilities }: PlannedDevice, kind: LifeKind): Book {
  const phone = PHONES[kind].find((one) => one.name === programs[kind]);
  if (phone === undefined) throw new Error(`${name} has no program for ${kind}`);
  const at = `${name}-${kind}`;
  const options = { ...abilities, ...phone.options, device: at, datastore: kind };
  return {
    phone,
    at,
    room: new Room(),
    unsure: new Set(),
    device: new Device(network, { ...options, keeps: (text) => kept(phone, text) }),
  };
}

async function take(life: Life, step: PlanStep): Promise<void> {
  if (step.does === 'waits') {
    life.server.time += step.hours * 3_600_000;
    life.lines.push(`${step.hours} hours pass`);
  } else if (step.does === 'saves in the CRM') await saveInCrm(life, step.kind, step.number);
  else {
    const own = life.books.filter(({ at }) => at.startsWith(`${step.device}-`));
    if (step.does === 'types')
      for (const book of own) if (book.phone.kind === step.kind) type(life, book, step.number);
    if (step.does === 'syncs')
      for (const book of own) if (step.kinds.includes(book.phone.kind)) await syncBook(life, book, step.code);
  }
}

const nameIn = (facts: Facts): string => facts.get('family') ?? facts.get('summary') ?? '';
/** The name of the item that the text is about. */
export const nameOf = (phone: Phone, text: string): string => nameIn(phone.read(text));

function type({ dice, typed, lines }: Life, { phone, device, at, room, unsure }: Book, number: number): void {
  const { kind } = phone;
  const luids = [...device.items.keys()];
  const choice = dice.next();
  if (luids.length === 0 || choice < 0.35) {
    const name = `Name-${number}`;
    const facts = created(phone, name, number, dice);
    typed.added(at, kind, name, facts);
    const luid = device.add(phone.write(facts));
    room.typed(luid, facts);
    lines.push(`${at} adds ${name} as ${luid}: ${JSON.stringify([...facts])}`);
    return;
  }
  const luid = dice.pick(luids);
  const before = phone.read(device.items.get(luid) ?? '');
  const item = typed.item(kind, nameIn(before));
  if (item === undefined) throw new Error(`${at} holds ${nameIn(before)}, which nobody wrote`);
  if (choice > 0.88) {
    device.delete(luid);
    room.typed(luid, undefined);
    typed.deleted(at, item);
    lines.push(`${at} deletes ${item.name} (${luid})`);
    return;
  }
  const after = edited(phone, before, number, dice);
  if (after === before) return;
  device.replace(luid, phone.write(after));
  typed.edited(at, item, {
    before,
    after,
    shows: phone.holds,
    held: (fact) => room.held(before, fact),
    narrows: phone.narrows ?? [],
  });
  if ([...before.keys()].some((fact) => !after.has(fact) && !room.held(before, fact))) unsure.add(item.name);
  room.typed(luid, after);
  lines.push(`${at} edits ${item.name} (${luid}): ${difference(before, after)}`);
}

/** The facts that changed, short ones whole. */
const difference = (before: Facts, after: Facts): string =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((fact) => before.get(fact) !== after.get(fact))
    .map((fact) => `${fact} ${before.get(fact) ?? '-'} > ${after.get(fact) ?? '-'}`.slice(0, 120))
    .join('; ');

const CRM = 'crm';
const all = (facts: Facts): Facts => facts;

async function saveInCrm(life: Life, kind: LifeKind, number: number): Promise<void> {
  const { dice, records, typed, lines } = life;
  const own = [...records.keys()].filter((record) => record.startsWith(`${kind} `));
  const isNew = own.length === 0 || dice.chance(0.5);
  const name = isNew ? `Name-${number}` : dice.pick(own).slice(kind.length + 1);
  const before = records.get(`${kind} ${name}`) ?? new Map();
  const item = typed.item(kind, name);
  const phone = fullPhone(kind);
  const at = { user: USER, datastore: kind, record: name, eventId: `event-${number}` };
  if (item !== undefined && dice.chance(0.25)) {
    records.delete(`${kind} ${name}`);
    typed.deleted(CRM, item);
    lines.push(`crm deletes ${name}`);
    await deliver(life, { ...at, op: 'delete' });
  } else {
    const after = isNew ? created(phone, name, number, dice) : edited(phone, before, number, dice);
    records.set(`${kind} ${name}`, after);
    if (item === undefined) typed.added(CRM, kind, name, after);
    else typed.edited(CRM, item, { before, after, shows: all, held: () => true });
    lines.push(`crm saves ${name}: ${difference(before, after)}`);
    await deliver(life, { ...at, op: 'upsert', type: phone.options.type ?? '', body: phone.write(after) });
  }
  typed.told(CRM, true);
}

/** The stream delivers until it succeeds, and sometimes once more. */
async function deliver(
  { server, dice, lines }: Life,
  change: Parameters<TestServer['crm']>[0],
): Promise<void> {
  for (let attempt = 0; attempt < 30; attempt += 1)
    try {
      await server.crm(change);
      if (!dice.chance(0.1)) return;
    } catch {
      lines.push('  crm: delivered again');
    }
}

async function syncBook(life: Life, book: Book, code: number): Promise<void> {
  const { dice, faults, lines } = life;
  const { device, at } = book;
  const asked = code === 225 ? (device.canResume ? 225 : 200) : code;
  const sent = device.hasAnchor || asked === 225 || asked === 203 ? asked : 201;
  noteAsked(life, book, sent);
  try {
    if (faults.rate > 0 && dice.chance(0.05)) device.suspendAt = 1 + dice.below(4);
    const { code: done, received } = await device.sync(sent);
    if (done !== sent) noteAsked(life, book, done);
    life.typed.told(at, done < 204);
    if (done < 204) book.room.told();
    lines.push(`${at} syncs ${sent}->${done}: got +${received.Add} ~${received.Replace} -${received.Delete}`);
  } catch (error) {
    if (!(error instanceof Vanished || error instanceof Suspended || error instanceof Refused)) throw error;
    life.typed.told(at, false);
    // It may have been turned into a refresh before it broke.
    if (sent === 202 || sent === 204) noteAsked(life, book, sent + 1);
    if (sent === 200 || sent === 225) noteAsked(life, book, 201);
    lines.push(`${at} syncs ${sent}: ${error.message || error.constructor.name}`);
  }
  device.suspendAt = undefined;
}

function noteAsked({ typed }: Life, { at, phone, device, room }: Book, code: number): void {
  if (code === 201)
    for (const text of device.contents) {
      const item = typed.item(phone.kind, nameOf(phone, text));
      if (item !== undefined) typed.broughtBack(item);
    }
  // What a device is sent of an item takes the place of what was typed there, where that is not told before.
  if (code === 201 || code === 204) typed.compared(at);
  if (code === 203) typed.overwritten(phone.kind);
  if (code === 205) {
    typed.thrownAway(at);
    room.thrownAway();
  }
}

/** Nobody types any more: two syncs of each must be enough, after what is open has been resumed. */
async function quietTime(life: Life, watch: (life: Life) => Promise<void>): Promise<void> {
  life.faults.rate = 0;
  life.lines.push('quiet');
  for (const book of life.books)
    if (book.device.canResume && life.dice.chance(0.6)) await syncBook(life, book, 225);
  for (let round = 0; round < 2; round += 1)
    for (const book of life.books) {
      await syncBook(life, book, 200);
      await watch(life);
    }
}
