/** A session that breaks inside of a large object, just before or after one of its chunks, and is resumed. */

import { shown } from './edits-calendar.ts';
import { longLine } from './edits-texts.ts';
import { type Facts, type LifeKind, sameFacts, withFact } from './facts.ts';
import type { Book, Life, Owned } from './life.ts';
import { mayHaveBeenTooLarge } from './limits.ts';
import { nameIn } from './names.ts';
import type { Phone } from './phones/phone.ts';
import { sync } from './syncing.ts';
import { put, type } from './typing.ts';

/** Messages until the first chunk: a session breaks in one of so many from there on. */
const MOST_MESSAGES = 9;
/** It is resumed so often at most before it may go on. */
const MOST_BREAKS = 3;
/** What is typed between two breaks has numbers from here on, which no step has. */
const MORE_NUMBERS = 50_000;

interface Breaking {
  readonly kind: LifeKind;
  /** No other step has it. */
  readonly number: number;
  /** The device that has the long item to tell; the one that breaks where it is to get one. */
  readonly author: Owned;
}

/** A long item is typed, and the device breaks off while it tells it, or gets it. */
export async function breakInside(
  life: Life,
  device: Owned,
  { kind, number, author }: Breaking,
): Promise<void> {
  const { dice, lines } = life;
  const book = author.books.find(({ phone }) => phone.kind === kind);
  const ofDevice = device.books.find(({ phone }) => phone.kind === kind);
  if (book === undefined) return;
  makeLong(life, book, number);
  if (author !== device) await sync(life, author, { code: 200, kinds: [kind] });
  for (let n = dice.below(MOST_BREAKS); n >= 0; n -= 1) {
    const [at, what] = [1 + dice.below(MOST_MESSAGES), dice.pick(['message', 'answer'] as const)];
    lines.push(`${device.name} loses ${what} ${at}:`);
    device.cut(at, what);
    await sync(life, device, { code: 225, kinds: [kind] });
    // Before it goes on, its owner or the author's may type: what is sent then is not what was begun.
    const typing = dice.pick([book, ofDevice, undefined, undefined]);
    if (typing !== undefined) type(life, typing, MORE_NUMBERS + 100 * n + number);
  }
  device.cut(Number.POSITIVE_INFINITY, 'message');
  await sync(life, device, { code: 225, kinds: [kind] });
}

/** The owner of the device adds a long line to an item, where the program can hold that. */
function makeLong(life: Life, book: Book, number: number): void {
  const { phone, database } = book;
  if (database.items.size === 0) type(life, book, number);
  const [luid] = [...database.items.keys()].slice(-1);
  if (luid === undefined) return;
  const before = phone.read(database.items.get(luid) ?? '');
  const after = withFact(before, `note ${longLine(number, life.dice)}`, 'yes');
  const item = life.typed.item(phone.kind, nameIn(before));
  if (item === undefined || mayHaveBeenTooLarge(book, item) || !isHeld(phone, after)) return;
  put(life, book, { luid, before, after });
}

const isHeld = (phone: Phone, facts: Facts): boolean => sameFacts(shown(phone.holds(facts)), shown(facts));
