/**
 * Two who see the same item change the same of it, when nothing gets lost: who wins is known then. One of them syncs first:
 * for the server the second is the client that comes with a change of what has changed.
 */
import { type Facts, type LifeKind, withFact } from './facts.ts';
import type { Book, Life } from './life.ts';
import { nameIn } from './names.ts';
import type { Phone } from './phones/phone.ts';
import type { Plan } from './plan.ts';
import { sync } from './syncing.ts';
import type { TypedItem } from './typed-item.ts';

interface Dispute {
  /** A fact that an item has once. */
  readonly fact: string;
  /** What the two make of it, which every program tells apart. */
  readonly values: readonly [first: string, second: string];
}
const WORDS = ['first duellist', 'second duellist'] as const;
/** By kind. Lines of notes are merged, so that nobody wins. */
const DISPUTES: { readonly [kind in LifeKind]?: Dispute } = {
  contacts: { fact: 'title', values: WORDS },
  calendar: { fact: 'location', values: WORDS },
  tasks: { fact: 'priority', values: ['1', '9'] },
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
  readonly dispute: Dispute;
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
  const { first, second, dispute } = duel;
  const isOfDeletion = dice.chance(0.3);
  const told = isOfDeletion ? undefined : timesTold(duel, dice);
  if (isOfDeletion) {
    const [one, other] = dice.chance(0.5) ? [first, second] : [second, first];
    edit(life, one, { ...dispute, value: dispute.values[0] });
    remove(life, other);
  } else
    for (const [n, side] of [first, second].entries())
      edit(life, side, { ...dispute, value: dispute.values[n] }, told?.[n]);
  const others = devices.filter((device) => device !== first.device && device !== second.device);
  for (const device of [first.device, second.device, first.device, second.device, ...others])
    await sync(life, device, { code: 200, kinds: plan.kinds });
  // Who changed it has not seen that it is deleted: it stays. What the CRM deletes is another matter.
  checkDuel(life, duel, isOfDeletion ? dispute.values.slice(0, 1) : winners(plan, dispute, told));
}

/**
 * The values that stand. The newest change is the one that says so; where one of the programs does not say when it changed the
 * item, it is the one that comes last.
 */
function winners({ policy }: Plan, { values }: Dispute, told: TimesTold | undefined): readonly string[] {
  if (policy === 'keep-both') return values;
  const isFirstNewer = told !== undefined && told[0] > told[1];
  const isFirst = policy === 'server-wins' || (policy === 'newest-wins' && isFirstNewer);
  return isFirst ? values.slice(0, 1) : values.slice(1);
}

/** When the two changed the item, by their own clocks. */
type TimesTold = readonly [first: string, second: string];

/** Undefined where not both of them say it. */
function timesTold({ first, second }: Duel, dice: Life['dice']): TimesTold | undefined {
  const canTell = [first, second].every(({ book }) => saysWhen(book.phone) !== undefined);
  if (!dice.chance(0.9) || !canTell) return undefined;
  const times = ['20300301T101500Z', '20300301T101501Z', '20310301T000000Z'];
  return [dice.pick(times), dice.pick(times)];
}

/** The property in which the program may say when an item was changed; undefined: it has no words for it. */
function saysWhen({ kind, options: { type, properties } }: Phone): string | undefined {
  const name = kind === 'contacts' ? 'REV' : 'LAST-MODIFIED';
  const canSay = /vcard|calendar/.test(type ?? '') && kind !== 'notes';
  return canSay && properties?.includes(name) !== false ? name : undefined;
}

/** The text of an item that says when it was changed. */
function saying(phone: Phone, text: string, at: string): string {
  const end = { contacts: 'END:VCARD', calendar: 'END:VEVENT', tasks: 'END:VTODO', notes: '' }[phone.kind];
  return text.replace(end, `${saysWhen(phone)}:${at}\r\n${end}`);
}

/** Each device whose program holds the fact shows a copy with each of the values and no other, unless it is full. */
function checkDuel(
  { plan, devices }: Life,
  { item, dispute: { fact } }: Duel,
  right: readonly string[],
): void {
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

interface Saying extends Pick<Dispute, 'fact'> {
  readonly value: string | undefined;
}

/** `told`: when, as the program says. */
function edit(life: Life, { book, luid, before }: Side, { fact, value }: Saying, told?: string): void {
  const after = withFact(before, fact, value);
  const text = book.phone.write(after);
  book.database.replace(luid, told === undefined ? text : saying(book.phone, text, told));
  life.lines.push(`${book.at} disputes ${nameIn(after)} (${luid}): ${value}${told ? ` at ${told}` : ''}`);
}

function remove({ lines }: Life, { book, luid, before }: Side): void {
  book.database.delete(luid);
  lines.push(`${book.at} deletes ${nameIn(before)} (${luid}) at the same time`);
}

/** An item that two devices have once, and whose disputed fact both of them can change. */
function duelIn(life: Life): Duel | undefined {
  const { devices, dice, typed, plan } = life;
  const kinds = plan.kinds.filter((kind) => kind in DISPUTES);
  const [first, second] = dice.chance(0.5) ? devices : [...devices].reverse();
  if (kinds.length === 0 || first === undefined || second === undefined) return undefined;
  const kind = dice.pick(kinds);
  const dispute = DISPUTES[kind];
  if (dispute === undefined) return undefined;
  const [ofFirst, ofSecond] = [sidesOf(first, kind, dispute), sidesOf(second, kind, dispute)];
  const duels = [...ofFirst].flatMap(([name, one]): Duel[] => {
    const [item, other] = [typed.item(kind, name), ofSecond.get(name)];
    const isSure = item !== undefined && item.gone === 'no' && !item.parted;
    const areTwo = one !== undefined && other !== undefined;
    return isSure && areTwo ? [{ item, dispute, first: one, second: other }] : [];
  });
  return duels.length === 0 ? undefined : dice.pick(duels);
}

/** By name, the items that the device has once and can dispute. */
function sidesOf(
  device: Side['device'],
  kind: LifeKind,
  { fact, values }: Dispute,
): Map<string, Side | undefined> {
  const sides = new Map<string, Side | undefined>();
  for (const book of device.books) {
    if (book.phone.kind !== kind) continue;
    for (const [luid, text] of book.database.items) {
      const before = book.phone.read(text);
      const name = nameIn(before);
      const canDispute = values.every(
        (value) => before.get(fact) !== value && shows(book.phone, withFact(before, fact, value), fact),
      );
      sides.set(name, canDispute && !sides.has(name) ? { device, book, luid, before } : undefined);
    }
  }
  return sides;
}
