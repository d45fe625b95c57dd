/** Devices synchronise in a life, and what that means for what people typed on them. */
import { Cut } from '../../kit/cut.ts';
import { Suspended } from '../../kit/device.ts';
import type { Report } from '../../kit/device-options.ts';
import { Refused } from '../../kit/session.ts';
import { Vanished } from '../faults.ts';
import type { LifeKind } from './facts.ts';
import type { Book, Life, Owned } from './life.ts';
import { nameOf } from './names.ts';

/** Ways in which a session ends before its end. */
const BREAKS = [Vanished, Cut, Suspended, Refused];

/** One session of the device, about its datastores of these kinds. */
export async function sync(
  life: Life,
  { name, handset, books }: Owned,
  { code, kinds }: { readonly code: number; readonly kinds: readonly LifeKind[] },
): Promise<void> {
  const { dice, faults, lines } = life;
  const asked = books
    .filter(({ phone }) => kinds.includes(phone.kind))
    .map((book) => ({ book, sent: codeFor(book, code) }));
  if (asked.length === 0) return;
  for (const { book, sent } of asked) noteAsked(life, book, sent);
  const { moment } = life.typed;
  try {
    if (faults.rate > 0 && dice.chance(0.05)) handset.suspendAt = 1 + dice.below(4);
    const { synced, refused } = await handset.sync(
      Object.fromEntries(asked.map(({ book, sent }) => [book.phone.kind, sent])),
    );
    for (const { book, sent } of asked) {
      const report = synced[book.phone.kind];
      if (report === undefined) lines.push(`${book.at} is refused with ${refused[book.phone.kind]}`);
      else noteSynced(life, book, sent, report);
      // In a sync from the client, the device hears nothing.
      if (report?.code === 200 || report?.code === 201) life.typed.heard(book.at, moment);
    }
  } catch (error) {
    const isOfFaults = faults.rate > 0 || !(error instanceof Refused);
    if (!BREAKS.some((kind) => error instanceof kind) || !(error instanceof Error) || !isOfFaults)
      throw error;
    for (const { book, sent } of asked) noteBroken(life, book, sent);
    lines.push(
      `${name} syncs ${asked.map(({ book, sent }) => `${book.phone.kind} ${sent}`).join(', ')}: ${error.message || error.constructor.name}`,
    );
  }
  handset.suspendAt = undefined;
}

/** A resume where there is nothing to resume is a two-way sync, and that is a slow one without an anchor. */
function codeFor({ database }: Book, code: number): number {
  const asked = code === 225 && !database.canResume ? 200 : code;
  return database.hasAnchor || asked === 225 || asked === 203 ? asked : 201;
}

function noteSynced(life: Life, book: Book, sent: number, { code, received }: Report): void {
  if (code !== sent) noteAsked(life, book, code);
  life.typed.told(book.at, code < 204);
  if (code < 204) book.room.told();
  const { Add, Replace, Delete } = received;
  life.lines.push(`${book.at} syncs ${sent}->${code}: got +${Add} ~${Replace} -${Delete}`);
}

function noteBroken(life: Life, book: Book, sent: number): void {
  life.typed.told(book.at, false);
  // It may have been turned into a refresh before it broke.
  if (sent === 202 || sent === 204) noteAsked(life, book, sent + 1);
  if (sent === 200 || sent === 225) noteAsked(life, book, 201);
}

function noteAsked({ typed }: Life, { at, phone, database, room }: Book, code: number): void {
  if (code === 201)
    for (const text of database.contents) {
      const item = typed.item(phone.kind, nameOf(phone, text));
      if (item !== undefined) typed.broughtBack(item, phone.read(text));
    }
  // What a device is sent of an item takes the place of what was typed there, where that is not told before.
  if (code === 201 || code === 203 || code === 204) typed.compared(at);
  if (code === 204) typed.hearsFirst(at);
  if (code === 203) typed.overwritten(phone.kind);
  if (code === 205) {
    typed.thrownAway(at);
    room.thrownAway();
  }
}
