/** What people type in a life, on a device or in the CRM, and what is then noted of it. */
import { type TestServer, USER } from '../../kit/server.ts';
import { created, edited } from './edits.ts';
import type { Facts, LifeKind } from './facts.ts';
import type { Book, Life } from './life.ts';
import { mayHaveBeenTooLarge } from './limits.ts';
import { nameIn } from './names.ts';
import { fullPhone } from './phones/all-phones.ts';

/** The owner of the device adds, edits or deletes an item in this program. */
export function type(life: Life, book: Book, number: number): void {
  const { dice, typed, lines } = life;
  const { phone, database, at, room } = book;
  const { kind } = phone;
  const luids = [...database.items.keys()];
  const choice = dice.next();
  if (luids.length === 0 || choice < 0.35) {
    if (database.isFull) return;
    const name = `Name-${number}`;
    const facts = created(phone, name, number, dice);
    typed.added(at, kind, name, facts);
    const luid = database.add(phone.write(facts));
    room.typed(luid, facts);
    lines.push(`${at} adds ${name} as ${luid}: ${JSON.stringify([...facts])}`);
    return;
  }
  const luid = dice.pick(luids);
  const before = phone.read(database.items.get(luid) ?? '');
  const item = typed.item(kind, nameIn(before));
  if (item === undefined) throw new Error(`${at} holds ${nameIn(before)}, which nobody wrote`);
  if (choice > 0.88) {
    database.delete(luid);
    room.typed(luid, undefined);
    typed.deleted(at, item);
    // A newer state that is too large is never sent there: what its owner has not seen stays.
    if (mayHaveBeenTooLarge(book, item)) item.gone = 'perhaps';
    lines.push(`${at} deletes ${item.name} (${luid})`);
    return;
  }
  const after = edited(phone, before, number, dice);
  if (after === before || mayHaveBeenTooLarge(book, item)) return;
  put(life, book, { luid, before, after });
}

interface Change {
  readonly luid: string;
  /** What the program shows. */
  readonly before: Facts;
  readonly after: Facts;
}

/** The owner of the device edits an item. */
export function put({ typed, lines }: Life, book: Book, { luid, before, after }: Change): void {
  const { phone, database, at, room, unsure } = book;
  const item = typed.item(phone.kind, nameIn(before));
  if (item === undefined) throw new Error(`${at} holds ${nameIn(before)}, which nobody wrote`);
  database.replace(luid, phone.write(after));
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

/** A record of the CRM is saved or deleted, and comes to the server. */
export async function saveInCrm(life: Life, kind: LifeKind, number: number): Promise<void> {
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
  typed.heard(CRM, typed.moment);
}

/** More than faults in a row last. */
const ATTEMPTS = 30;

/** The stream delivers until it succeeds, and sometimes once more. */
async function deliver(
  { server, dice, lines }: Life,
  change: Parameters<TestServer['crm']>[0],
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1)
    try {
      await server.crm(change);
      if (!dice.chance(0.1)) return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      lines.push('  crm: delivered again');
    }
}
