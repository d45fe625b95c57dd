/** What the store is asked for: sequential calls per message, capacity units per item and of a sync without changes. */
import { type BookItem, books } from '../pim/match/books.ts';
import { LARGE_BYTES, USUAL_BYTES } from './contacts.ts';
import { sum } from './counting-store.ts';
import type { Change, ScriptedDevice } from './scripted-device.ts';
import { limited, type Row } from './table.ts';
import { additions, createWorld, deletions, editions, type Spent, type World } from './world.ts';

/** A device that is new meets the index, and walks through all items. */
const GOAL = { calls: 4, newDeviceCalls: 6, added: 2.25, updated: 4.3, mapped: 3, noChange: 30 } as const;

/** The messages of a session that begins after nothing is measured any more. */
async function messagesOf(
  world: World,
  device: ScriptedDevice,
  code: number,
  changes: readonly Change[] = [],
): Promise<Spent[]> {
  world.spent();
  await device.sync(code, changes);
  return world.spent();
}

/** About as many Adds of a usual contact as the server then puts in a message stay below 100. */
const HUNDRED_ITEMS = 62_000;
const COUNT = 300;

/** Every kind of sync, messages of up to 100 commands each way. */
async function kindsOfSync(): Promise<{ kind: string; messages: Spent[] }[]> {
  const world = await createWorld(true);
  const found: { kind: string; messages: Spent[] }[] = [];
  const phone = world.device('phone', { maxMsgSize: HUNDRED_ITEMS });
  const tablet = world.device('tablet', { maxMsgSize: HUNDRED_ITEMS });
  const run = async (kind: string, device: ScriptedDevice, code: number, changes?: readonly Change[]) => {
    found.push({ kind, messages: await messagesOf(world, device, code, changes) });
  };
  const all = additions(COUNT, USUAL_BYTES);
  await run('first upload', phone, 201, all);
  await run('no change', phone, 200);
  await run('second device', tablet, 201);
  await run('slow sync again', phone, 201, all);
  await run('updates', phone, 200, editions(COUNT, USUAL_BYTES, 1));
  const theirs = [...tablet.items.keys()].map((luid, n): Change => {
    const data = editions(COUNT, USUAL_BYTES, 2)[n];
    return { op: 'Replace', luid, data: data !== undefined && 'data' in data ? data.data : '' };
  });
  await run('conflicts', tablet, 200, theirs);
  await run('refresh from server', phone, 205);
  await run('refresh from client', phone, 203, all.slice(0, COUNT / 2));
  await run('deletes', phone, 200, deletions(COUNT / 2));
  await world.close();
  found.push(await firstSync());
  return found;
}

const FIRST_SYNC = 'first sync of a full address book';

/** Two address books of people of whom half are in both, written differently. */
async function firstSync(): Promise<{ kind: string; messages: Spent[] }> {
  const world = await createWorld(true);
  const { ours, theirs } = books(4_040, COUNT, COUNT / 2);
  const added = (list: readonly BookItem[]): Change[] =>
    list.map(({ item: { body: data } }, n) => ({ op: 'Add', luid: String(n), data }));
  await world.device('phone', { maxMsgSize: HUNDRED_ITEMS }).sync(201, added(ours));
  const tablet = world.device('tablet', { maxMsgSize: HUNDRED_ITEMS });
  const messages = await messagesOf(world, tablet, 201, added(theirs));
  await world.close();
  return { kind: FIRST_SYNC, messages };
}

/**
 * Each transaction behind the first is allowed a call of its own, and large rows, which are written together before
 * it, are allowed one.
 */
const furtherChunks = ({ costs }: Spent): number => Math.max(0, costs.transactions - 1);
const forLargeRows = ({ costs }: Spent): number => (costs.singles > 0 && costs.transactions > 0 ? 1 : 0);

const NEW_DEVICE: readonly string[] = ['second device', FIRST_SYNC];

/** The worst message of each kind of sync. */
export async function callRows(): Promise<Row[]> {
  return (await kindsOfSync()).map(({ kind, messages }) => {
    const calls = Math.max(
      ...messages.map((message) => message.costs.rounds - furtherChunks(message) - forLargeRows(message)),
    );
    const [longest] = messages.toSorted((a, b) => b.costs.rounds - a.costs.rounds);
    const chunks = longest === undefined ? 0 : furtherChunks(longest);
    const large = longest === undefined ? 0 : forLargeRows(longest);
    const goal = NEW_DEVICE.includes(kind) ? GOAL.newDeviceCalls : GOAL.calls;
    return {
      what: `sequential store calls per message, ${kind}`,
      measured: `${calls} (at most ${longest?.costs.rounds}, ${chunks} of them for further chunks, ${large} for large rows)`,
      goal: `${goal} + 1 per further chunk, + 1 for large rows`,
      met: calls <= goal,
    };
  });
}

const ITEMS = 1_000;

/** Whole sessions, everything that they write besides the items included. */
export async function itemRows(): Promise<Row[]> {
  const world = await createWorld(true);
  const phone = world.device('phone');
  const tablet = world.device('tablet');
  const perItem = (messages: readonly Spent[]): number =>
    sum(messages.map(({ costs }) => costs)).writeUnits / ITEMS;
  const added = perItem(await messagesOf(world, phone, 201, additions(ITEMS, LARGE_BYTES)));
  const mapped = perItem(await messagesOf(world, tablet, 201));
  const updated = perItem(await messagesOf(world, phone, 200, editions(ITEMS, LARGE_BYTES, 1)));
  await world.close();
  const of = `of 1 KB, ${ITEMS.toLocaleString('en')} in a session`;
  return [
    limited(`write units per added item ${of}`, added, GOAL.added, 'WCU'),
    limited(`write units per updated item ${of}`, updated, GOAL.updated, 'WCU'),
    limited(`write units per sent and mapped item ${of}`, mapped, GOAL.mapped, 'WCU'),
  ];
}

const SIZES = [100, 10_000] as const;

export async function noChangeRows(progress: (text: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  const units: number[] = [];
  for (const size of SIZES) {
    progress(`two-way sync without changes at ${size} items`);
    const world = await createWorld(true);
    const phone = world.device('phone');
    await phone.sync(201, additions(size, USUAL_BYTES));
    // The first one after an upload settles what the upload left open.
    await phone.sync(200);
    const messages = await messagesOf(world, phone, 200);
    const { readUnits, writeUnits } = sum(messages.map(({ costs }) => costs));
    units.push(readUnits + writeUnits);
    const more = ` (${readUnits} read, ${writeUnits} write, ${messages.length} messages)`;
    const what = `capacity units of a two-way sync without changes at ${size.toLocaleString('en')} items`;
    rows.push(limited(what, readUnits + writeUnits, GOAL.noChange, '', more));
    await world.close();
  }
  const equal = units.every((value) => value === units[0]);
  return [
    ...rows,
    { what: 'the same at both sizes', measured: equal ? 'yes' : 'no', goal: 'yes', met: equal },
  ];
}
