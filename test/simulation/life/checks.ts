/** What must hold at the end of a life, by what people see on their devices. */
import type { SyncedDatabase } from '../../kit/synced-database.ts';
import { type Facts, type LifeKind, withFact, wordOf } from './facts.ts';
import { type Book, type Life, ownedBy } from './life.ts';
import { mayBeTooLarge } from './limits.ts';
import { nameOf } from './names.ts';
import { fullPhone } from './phones/all-phones.ts';
import { isDay, minutesBetween } from './phones/calendar-clock.ts';
import type { Phone } from './phones/phone.ts';
import { isOfTimes, meaningsOf, withOneState } from './times.ts';
import type { Typed } from './typed.ts';
import { ABSENT, type TypedItem } from './typed-item.ts';

/** Throws with the first thing that does not hold. */
export async function checkLife(life: Life): Promise<void> {
  const { plan, typed, devices } = life;
  const books = await newcomer(life);
  for (const { phone, database } of books) {
    const full = byName(phone, database);
    for (const item of typed.items.values()) if (item.kind === phone.kind) checkItem(life, item, full);
    for (const name of full.keys())
      if (typed.item(phone.kind, name) === undefined) throw new Error(`nobody wrote ${phone.kind} ${name}`);
    for (const book of devices.flatMap((device) => device.books))
      if (book.phone.kind === phone.kind) checkBook(book, full, typed);
  }
  for (const { name, handset } of devices) {
    const { synced } = await handset.sync();
    if (plan.kinds.some((kind) => synced[kind]?.code !== 200)) throw new Error(`${name} has to compare all`);
    const received = plan.kinds.map((kind) => synced[kind]?.received ?? { Add: 1, Replace: 0, Delete: 0 });
    if (received.some(({ Add, Replace, Delete }) => Add + Replace + Delete > 0))
      throw new Error(`a quiet sync sends ${name} changes`);
  }
}

/** The datastores of a new device with programs that hold all, after its first sync. */
async function newcomer({ server, plan }: Life): Promise<readonly Book[]> {
  const programs = Object.fromEntries(plan.kinds.map((kind) => [kind, fullPhone(kind).name]));
  const { handset, books } = ownedBy(server, { name: 'newcomer', programs, abilities: {} }, plan.kinds);
  await handset.sync();
  return books;
}

function byName(phone: Phone, { items }: SyncedDatabase): Map<string, Facts[]> {
  const found = new Map<string, Facts[]>();
  for (const text of items.values()) {
    const name = nameOf(phone, text);
    found.set(name, [...(found.get(name) ?? []), phone.read(text)]);
  }
  return found;
}

function checkItem(
  { plan, devices }: Life,
  item: TypedItem,
  full: ReadonlyMap<string, readonly Facts[]>,
): void {
  const { kind, name, gone, contested } = item;
  const own = full.get(name) ?? [];
  const hasClocks = devices.some(({ books }) => books.some(({ phone }) => phone.tellsNoZone === true));
  if (own.length === 0 && gone === 'no') throw new Error(`lost: ${kind} ${name}`);
  if (own.length > 0 && gone === 'told') throw new Error(`deleted, and there again: ${kind} ${name}`);
  const isTwiceByRight = item.parted || (contested && plan.policy === 'keep-both');
  if (own.length > 1 && !isTwiceByRight) throw new Error(`${own.length} of ${kind} ${name}`);
  if (item.parted && item.first !== undefined && gone === 'no') checkNothingLost(item, own);
  const right = isTwiceByRight || gone === 'perhaps' ? item.ever : item.heads;
  for (const facts of own.map((said) => withOneState(kind, said))) {
    if (right === item.heads && item.times !== undefined && kind === 'calendar')
      checkTimes(item, { times: item.times, shown: facts, hasClocks });
    for (const fact of new Set([...facts.keys(), ...item.ever.keys()])) {
      if (fact === 'uid' || isOfTimes(kind, fact) || item.loose.has(wordOf(fact))) continue;
      const allowed = right.get(fact) ?? new Set([ABSENT]);
      const shown = facts.get(fact) ?? ABSENT;
      if (allowed.has(shown) || (right === item.ever && shown === ABSENT)) continue;
      // Two put lines in the place of one: the policy decides.
      if (contested && shown === ABSENT && fact.startsWith('note ')) continue;
      // A program without kinds of addresses leaves the kind of the one in whose place it puts another. A copy that becomes
      // an item of its own is as the program tells it.
      if (fact.startsWith('email ') && shown !== ABSENT && (allowed.has('yes') || isTwiceByRight)) continue;
      if (fact === 'alarm' && contested && isAsLongBefore(item, facts, allowed)) continue;
      throw new Error(
        `${kind} ${name}: ${short(fact)} is ${short(shown) || 'absent'}, not ${[...allowed].map((one) => short(one) || 'absent').join(' or ')}`,
      );
    }
  }
}

/** One item or two: what was typed, and that nobody typed over, stands in one of them. */
function checkNothingLost({ kind, name, heads, contested, loose }: TypedItem, own: readonly Facts[]): void {
  const said = own.map((facts) => withOneState(kind, facts));
  for (const [fact, values] of heads) {
    if (values.has(ABSENT) || loose.has(wordOf(fact)) || (contested && fact.startsWith('note '))) continue;
    if (!said.some((facts) => values.has(facts.get(fact) ?? ABSENT)))
      throw new Error(`${kind} ${name}: ${short(fact)} is in none of ${own.length}`);
  }
}

/**
 * The alarm of a task is measured from what is due. If one sets the alarm while another, who does not see it, moves what is
 * due, it goes off as long before that as it was set.
 */
function isAsLongBefore({ kind, ever }: TypedItem, facts: Facts, alarms: ReadonlySet<string>): boolean {
  const [alarm = '', due] = [facts.get('alarm'), facts.get('due')];
  if (kind !== 'tasks' || alarm === '' || due === undefined) return false;
  const before = (from: string, to: string) => minutesBetween(timed(from), timed(to));
  const dues = [...(ever.get('due') ?? [])].filter((one) => one !== ABSENT);
  return [...alarms].some(
    (one) => one !== ABSENT && dues.some((other) => before(one, other) === before(alarm, due)),
  );
}

const timed = (time: string): string => (isDay(time) ? `${time}T00:00` : time);

interface Times {
  readonly times: Facts;
  readonly shown: Facts;
  /** Does a program of the life tell no zone, so that a series may go by a steady clock? */
  readonly hasClocks: boolean;
}

/** It takes place when people said, over the years that are compared. */
function checkTimes({ kind, name }: TypedItem, { times, shown, hasClocks }: Times): void {
  if (shown.has('clock') && hasClocks) return;
  const [right, own] = meaningsOf(times, shown);
  if (right === own) return;
  const [expected, found] = [right, own].map((text) => text.split(' '));
  const missing = expected?.filter((one) => !found?.includes(one)).slice(0, 3);
  const extra = found?.filter((one) => !expected?.includes(one)).slice(0, 3);
  throw new Error(`${kind} ${name} takes place at ${extra?.join(', ')}, not at ${missing?.join(', ')}`);
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}… (${text.length})` : text);

/** A device shows what the whole item says, as far as its program holds that. */
function checkBook(book: Book, full: ReadonlyMap<string, readonly Facts[]>, typed: Typed): void {
  const { phone, database, at, unsure } = book;
  const own = byName(phone, database);
  for (const name of new Set([...own.keys(), ...full.keys()])) {
    const [held, whole] = [own.get(name) ?? [], full.get(name) ?? []];
    if (whole.some((facts) => mayBeTooLarge(book, facts))) continue;
    // What had no room when it came may come as soon as there is some.
    if (database.isFull && held.length < whole.length) continue;
    // What came from others before the device told the same is a copy of it: the user has both, and they are one item.
    const isCopied = typed.item(phone.kind, name)?.copiedAt.has(at) === true && whole.length === 1;
    if (held.length !== whole.length && !(isCopied && held.length === 2))
      throw new Error(`${at} has ${held.length} of ${name}, not ${whole.length}`);
    // Of alarms that several set a device may have room for one.
    const isContested = typed.item(phone.kind, name)?.contested === true;
    const looked = (facts: Facts) => (isContested ? withFact(facts, 'alarm', undefined) : facts);
    const wrong = held.map(looked).flatMap((facts) => {
      const faults = whole
        .map(looked)
        .map((one) => differences(phone, facts, unsure.has(name) ? common(phone.kind, one, facts) : one));
      return faults.some((one) => one.length === 0) ? [] : (faults[0] ?? []);
    });
    if (wrong.length > 0) throw new Error(`${at} shows ${name} otherwise: ${wrong.join('; ')}`);
  }
}

/** When it takes place may be said in other words. */
const common = (kind: LifeKind, facts: Facts, others: Facts): Facts =>
  new Map([...facts].filter(([fact]) => others.has(fact) || isOfTimes(kind, fact)));

function differences(phone: Phone, held: Facts, whole: Facts): string[] {
  const { roomy = [] } = phone;
  const right = phone.holds(whole);
  const faults: string[] = [];
  const [own, other] = phone.kind === 'calendar' ? meaningsOf(held, right) : ['', ''];
  if (own !== other) faults.push(`it takes place at ${own.slice(0, 100)}, not at ${other.slice(0, 100)}`);
  for (const fact of new Set([...held.keys(), ...right.keys()]))
    if (
      fact !== 'uid' &&
      !isOfTimes(phone.kind, fact) &&
      held.get(fact) !== right.get(fact) &&
      !roomy.includes(wordOf(fact))
    )
      faults.push(
        `${short(fact)} is ${short(held.get(fact) ?? ABSENT) || 'absent'}, not ${short(right.get(fact) ?? ABSENT) || 'absent'}`,
      );
  for (const word of roomy) {
    const [own, theirs] = [held, right].map((facts) =>
      [...facts.keys()].filter((fact) => fact.startsWith(`${word} `)),
    );
    for (const fact of own ?? []) if (!whole.has(fact)) faults.push(`${fact} is nowhere else`);
    // A slot of another kind may be lent to a value.
    if ((own?.length ?? 0) < (theirs?.length ?? 0))
      faults.push(`${own?.length} of ${word}, not ${theirs?.length}`);
  }
  return faults;
}
