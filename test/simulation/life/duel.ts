/**
 * Two who see the same item change the same of it, when nothing gets lost: who wins is known then. One of them syncs first:
 * for the server the second is the client that comes with a change of what has changed.
 */
import { type Facts, withFact } from './facts.ts';
import type { Book, Life } from './life.ts';
import { nameIn } from './names.ts';
import type { Phone } from './phones/phone.ts';
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

/**
 * After quiet time, when everybody has the same. Nothing happens where no two devices have an item that they can dispute. Throws
 * where a device does not show what must win.
 */
export async function fightDuel(life: Life): Promise<void> {
  const { dice, plan, devices } = life;
  dice.seed(plan.seed);
  const duel = dice.chance(PART) ? duelIn(life) : undefined;
  if (duel === undefined) return;
  const { first, second } = duel;
  const isOfDeletion = dice.chance(0.3);
  if (isOfDeletion) {
    const [one, other] = dice.chance(0.5) ? [first, second] : [second, first];
    edit(life, one, 0);
    remove(life, other);
  } else for (const [n, side] of [first, second].entries()) edit(life, side, n);
  const others = devices.filter((device) => device !== first.device && device !== second.device);
  for (const device of [first.device, second.device, first.device, second.device, ...others])
    await sync(life, device, { code: 200, kinds: plan.kinds });
  // Who changed it has not seen that it is deleted: it stays. What the CRM deletes is another matter.
  const right = isOfDeletion ? VALUES[duel.item.kind]?.slice(0, 1) : winners(life, duel);
  checkDuel(life, duel, right ?? []);
}

/** The values that stand. No program says when it changed an item, so the newest change is the one that comes last. */
function winners({ plan: { policy } }: Life, { item }: Duel): readonly string[] {
  const values = VALUES[item.kind] ?? [];
  if (policy === 'keep-both') return values;
  return policy === 'server-wins' ? values.slice(0, 1) : values.slice(1);
}

/** Each device whose program holds the fact shows a copy with each of the values and no other, unless it is full. */
function checkDuel({ plan, devices }: Life, { item }: Duel, right: readonly string[]): void {
  const fact = DISPUTED[item.kind] ?? '';
  for (const { name, books } of devices)
    for (const { phone, database } of books) {
      const { capacity, maxObjSize } = plan.devices.find((device) => device.name === name)?.abilities ?? {};
      if (phone.kind !== item.kind || capacity !== undefined || maxObjSize !== undefined) continue;
      const copies = [...database.items.values()].map(phone.read).filter((one) => nameIn(one) === item.name);
      if (!copies.every((one) => right.every((value) => shows(phone, withFact(one, fact, value), fact))))
        continue;
      const shown = copies.map((one) => one.get(fact) ?? 'nothing').sort();
      if (shown.join() !== [...right].sort().join())
        throw new Error(
          `${name} shows ${item.kind} ${item.name} as ${shown.join(' and ')}, not ${right.join(' and ')}`,
        );
    }
}

const shows = (phone: Phone, facts: Facts, fact: string): boolean =>
  phone.holds(facts).get(fact) === facts.get(fact);

function edit({ lines }: Life, { book, luid, before }: Side, n: number): void {
  const after = disputed(book, before, n);
  book.database.replace(luid, book.phone.write(after));
  lines.push(`${book.at} disputes ${nameIn(after)} (${luid}): ${after.get(DISPUTED[book.phone.kind] ?? '')}`);
}

function remove({ lines }: Life, { book, luid, before }: Side): void {
  book.database.delete(luid);
  lines.push(`${book.at} deletes ${nameIn(before)} (${luid}) at the same time`);
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
  return before.get(fact) !== after.get(fact) && shows(phone, after, fact);
}
