/**
 * A device is wiped and gets its book of an earlier moment back: from a file, under new LUIDs or under LUIDs that meant other
 * items, or as an image of its memory, with the anchors of then. What was typed on it since and not told is lost.
 */
import type { Random } from '../random.ts';
import type { Facts } from './facts.ts';
import type { Book, Life, Owned } from './life.ts';
import { nameOf } from './names.ts';

export const WAYS = ['new LUIDs', 'LUIDs of others', 'an image'] as const;

export interface Backup {
  readonly book: Book;
  readonly items: ReadonlyMap<string, string>;
  /** LUIDs of items that were changed and not told when it was made. */
  readonly untold: ReadonlySet<string>;
  readonly state: ReturnType<Book['database']['state']>;
}

export function keepBackup({ backups, lines }: Life, { name, books }: Owned): void {
  backups.set(
    name,
    books.map((book) => ({
      book,
      items: new Map(book.database.items),
      untold: new Set([...book.database.items.keys()].filter((luid) => book.database.isEdited(luid))),
      state: book.database.state(),
    })),
  );
  lines.push(`${name} keeps a backup`);
}

/** Where the device has no backup, it is a new one. */
export function restoreBackup(life: Life, { name, books }: Owned): void {
  const { backups, dice, lines } = life;
  const way = dice.pick(WAYS);
  const kept = backups.get(name);
  lines.push(`${name} gets ${kept === undefined ? 'nothing' : `its backup`} back: ${way}`);
  for (const book of books) {
    const { database, at, room } = book;
    const own = kept?.find((one) => one.book === book);
    const before = new Map(
      database.contents.map((text) => [nameOf(book.phone, text), book.phone.read(text)]),
    );
    life.typed.wiped(at);
    room.thrownAway();
    if (own === undefined) database.wipe();
    else if (way === 'an image') database.wipe(own.state);
    else database.wipe();
    const texts = [...(own?.items ?? [])];
    const luids = way === 'new LUIDs' ? [] : texts.map(([luid]) => luid);
    if (way === 'LUIDs of others') shuffle(luids, dice);
    for (const [n, [, text]] of texts.entries()) database.add(text, luids[n]);
    noteBroughtBack(life, book, own);
    noteLacking(book, before);
  }
}

function shuffle(luids: string[], dice: Random): void {
  for (let at = luids.length - 1; at > 0; at -= 1) {
    const other = dice.below(at + 1);
    [luids[at], luids[other]] = [luids[other] ?? '', luids[at] ?? ''];
  }
}

/** What was told when the backup was made is old: it changes nothing. What was not told is news. */
function noteBroughtBack({ typed }: Life, { phone, at }: Book, backup: Backup | undefined): void {
  for (const [luid, text] of backup?.items ?? []) {
    const item = typed.item(phone.kind, nameOf(phone, text));
    if (item !== undefined)
      typed.restored(at, item, { facts: phone.read(text), isNews: backup?.untold.has(luid) === true });
  }
}

/**
 * What an item had got since, and the device has not shown that it holds, is lacking as if there were no room: a complete sync
 * leaves that to the device.
 */
function noteLacking({ phone, database, room, unsure }: Book, before: ReadonlyMap<string, Facts>): void {
  for (const text of database.contents) {
    const [name, own] = [nameOf(phone, text), phone.read(text)];
    const had = before.get(name) ?? own;
    if ([...had.keys()].some((fact) => !own.has(fact) && !room.held(had, fact))) unsure.add(name);
  }
}
