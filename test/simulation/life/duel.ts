/**
 * Two who see the same item change the same of it, when nothing gets lost: who wins is known then. One of them syncs first:
 * for the server the second is the client that comes with a change of what has changed.
 */
import { type Facts, withFact } from './facts.ts';
import type { Book, Life } from './life.ts';
import { nameIn } from './names.ts';
import { sync } from './syncing.ts';
import type { TypedItem } from './typed-item.ts';

/** A fact that an item has once, by kind. Lines of notes are merged, so that nobody wins. */
const DISPUTED: { readonly [kind: string]: string } = {
  contacts: 'title',
  calendar: 'location',
  tasks: 'priority',
};
/** Values that every program tells apart. */
const VALUES: { readonly [kind: string]: readonly [string, string] } = {
  contacts: ['first duellist', 'second duellist'],
  calendar: ['first duellist', 'second duellist'],
  tasks: ['1', '9'],
};

/** One of the two, with the item as it is there. */
interface Side {
  readonly device: Life['devices'][number];
  readonly book: Book;
  readonly luid: string;
  readonly before: Facts;
}
interface Duel {
  readonly item: TypedItem;
  readonly first: Side;
  readonly second: Side;
}

/** How many of the lives have one. */
const PART = 0.5;

/** In quiet time, when everybody has the same. Nothing happens where no two devices have an item that they can dispute. */
export async function fightDuel(life: Life): Promise<void> {
  const duel = life.dice.chance(PART) ? duelIn(life) : undefined;
  if (duel === undefined) return;
  const { first, second } = duel;
  const isOfDeletion = life.dice.chance(0.3);
  if (isOfDeletion) {
    const [one, other] = life.dice.chance(0.5) ? [first, second] : [second, first];
    edit(life, one, duel.item, 0);
    remove(life, other, duel.item);
    // Who changed it has not seen that it is deleted: it stays. What the CRM deletes is another matter.
    duel.item.gone = 'no';
  } else for (const [n, side] of [first, second].entries()) edit(life, side, duel.item, n);
  const { kinds, policy } = life.plan;
  const others = life.devices.filter((device) => device !== first.device && device !== second.device);
  const order = [first.device, second.device, first.device, second.device, ...others];
  for (const device of order) await sync(life, device, { code: 200, kinds });
  const [ofFirst, ofSecond] = VALUES[duel.item.kind] ?? [];
  if (isOfDeletion) settle(duel, ofFirst);
  else if (policy === 'client-wins') settle(duel, ofSecond);
  else if (policy === 'server-wins') settle(duel, ofFirst);
  else if (policy === 'keep-both') checkBoth(life, duel);
}

/** From now on this value alone is right. */
function settle({ item }: Duel, value: string | undefined): void {
  const fact = DISPUTED[item.kind];
  if (fact !== undefined && value !== undefined) item.heads.set(fact, new Set([value]));
}

/** Each of the two has both copies, unless it is full. */
function checkBoth({ plan }: Life, { item, first, second }: Duel): void {
  const full = plan.devices.filter(({ abilities }) => abilities.capacity !== undefined);
  for (const { book, device } of [first, second]) {
    if (full.some(({ name }) => name === device.name)) continue;
    const shown = [...book.database.items.values()]
      .map((text) => book.phone.read(text))
      .filter((facts) => nameIn(facts) === item.name)
      .map((facts) => facts.get(DISPUTED[item.kind] ?? ''));
    if (VALUES[item.kind]?.every((value) => shown.includes(value))) continue;
    throw new Error(`${item.kind} ${item.name} is kept as ${shown.join(' and ')}, not with both values`);
  }
}

function edit({ typed, lines }: Life, side: Side, item: TypedItem, n: number): void {
  const { book, luid, before } = side;
  const { phone, database, at, room } = book;
  const after = disputed(side.book, before, n);
  database.replace(luid, phone.write(after));
  const held = (fact: string) => room.held(before, fact);
  typed.edited(at, item, { before, after, shows: phone.holds, held, narrows: phone.narrows ?? [] });
  room.typed(luid, after);
  lines.push(`${at} disputes ${item.name} (${luid}): ${after.get(DISPUTED[item.kind] ?? '')}`);
}

function remove({ typed, lines }: Life, { book: { database, at, room }, luid }: Side, item: TypedItem): void {
  database.delete(luid);
  room.typed(luid, undefined);
  typed.deleted(at, item);
  lines.push(`${at} deletes ${item.name} (${luid}) at the same time`);
}

const disputed = ({ phone }: Book, facts: Facts, n: number): Facts =>
  withFact(facts, DISPUTED[phone.kind] ?? '', VALUES[phone.kind]?.[n]);

/** An item that two devices have once, and whose disputed fact both of them can change. */
function duelIn(life: Life): Duel | undefined {
  const { devices, dice, typed, plan } = life;
  const kinds = plan.kinds.filter((kind) => kind in DISPUTED);
  const [first, second] = dice.chance(0.5) ? devices : [...devices].reverse();
  if (kinds.length === 0 || first === undefined || second === undefined) return undefined;
  const kind = dice.pick(kinds);
  const [ofFirst, ofSecond] = [sidesOf(first, kind), sidesOf(second, kind)];
  const duels = [...ofFirst].flatMap(([name, one]): Duel[] => {
    const [item, other] = [typed.item(kind, name), ofSecond.get(name)];
    const isSure = item !== undefined && item.gone === 'no' && !item.parted;
    return isSure && one !== undefined && other !== undefined ? [{ item, first: one, second: other }] : [];
  });
  return duels.length === 0 ? undefined : dice.pick(duels);
}

/** By name, the items that the device has once and can dispute. */
function sidesOf(device: Side['device'], kind: string): Map<string, Side | undefined> {
  const sides = new Map<string, Side | undefined>();
  for (const book of device.books) {
    if (book.phone.kind !== kind) continue;
    for (const [luid, text] of book.database.items) {
      const before = book.phone.read(text);
      const name = nameIn(before);
      const canDispute = [0, 1].every((n) => isNewAndHeld(book, before, disputed(book, before, n)));
      sides.set(name, canDispute && !sides.has(name) ? { device, book, luid, before } : undefined);
    }
  }
  return sides;
}

function isNewAndHeld({ phone }: Book, before: Facts, after: Facts): boolean {
  const fact = DISPUTED[phone.kind] ?? '';
  return before.get(fact) !== after.get(fact) && phone.holds(after).get(fact) === after.get(fact);
}
