/**
 * Texts for which a device has too little room. Such a device cuts a text without saying so, makes one line of several, or
 * writes question marks for letters that it does not have. What it made of the text that way is undone here, so that only
 * what its user changed is left.
 */
import type { Capacity } from '../device/capacity.ts';

/** A text as a device without line ends writes it. `at` tells for each position where it is in the original. */
interface Flat {
  readonly text: string;
  readonly at: (position: number) => number;
}

/**
 * The device was shown `seen` and sent `made`. Returns `made` with the line ends that the device does not know, and with
 * the end of the text that it cut. The same as `seen` where the user changed nothing.
 */
export function withRoomless(seen: string, made: string, capacity: Capacity): string {
  if (seen === made || seen === '' || made === '') return made;
  if (isBlotted(seen, made)) return seen;
  const isOneLine = !capacity.lines && /[\r\n]/.test(seen);
  const flat = isOneLine ? flatOf : unchanged;
  const [full, own] = [flat(seen), flat(made.replace(BROKEN_END, ''))];
  const end = endIn(full.text, own.text, capacity);
  const shown = full.text.slice(0, end);
  const rest = seen.slice(full.at(end));
  if (own.text === shown || (isOneLine && own.text.trimEnd() === shown.trimEnd())) return seen;
  if (!isOneLine) return rest === '' ? made : own.text + rest;
  const common = commonBegin(shown, own.text);
  const rightmost = commonBegin(reversed(shown.slice(common)), reversed(own.text.slice(common)));
  const back = common + rightmost === own.text.length ? backToLine(seen, full, [common, end - rightmost]) : 0;
  const [begin, left] = [common - back, rightmost + back];
  const changed = made.slice(own.at(begin), own.at(own.text.length - left));
  return seen.slice(0, full.at(begin)) + changed + seen.slice(full.at(end - left), full.at(end)) + rest;
}

/**
 * The user deleted a piece of the text. Where it begins as the text behind it does, it may as well have stood further to the
 * front: by how much, so that it is whole lines; 0 if it never is.
 */
function backToLine(seen: string, { text, at }: Flat, [from, to]: readonly [number, number]): number {
  const isBehindLineEnd = (place: number) => place === 0 || seen[at(place - 1)] === '\n';
  for (let back = 0; back <= from; back += 1) {
    if (back > 0 && text[from - back] !== text[to - back]) return 0;
    if (isBehindLineEnd(from - back) && isBehindLineEnd(to - back)) return back;
  }
  return 0;
}

/** Half a character. */
const BROKEN_END = /(?:\uFFFD|[\uD800-\uDBFF])+$/;

const unchanged = (text: string): Flat => ({ text, at: (position) => position });

/** As one line. */
function flatOf(text: string): Flat {
  const places: number[] = [];
  let flat = '';
  for (const { 0: piece, index } of text.matchAll(/\s+|\S/g)) {
    places.push(index);
    flat += /\s/.test(piece) ? ' ' : piece;
  }
  return { text: flat, at: (position) => places[position] ?? text.length };
}

/** So many characters at the end of a text tell where in another text it ends. */
const TAIL = 12;

/** Where the copy that the device holds ends in the text that it was shown. */
function endIn(full: string, sent: string, capacity: Capacity): number {
  const isPossible = (end: number) => mayEndAt(full, end, capacity);
  if (full.startsWith(sent)) return isPossible(sent.length) ? sent.length : full.length;
  const tail = sent.slice(-TAIL);
  if (sent.length < TAIL || full.endsWith(tail)) return full.length;
  const ends: number[] = [];
  for (let at = full.indexOf(tail); at >= 0; at = full.indexOf(tail, at + 1)) ends.push(at + TAIL);
  const distance = (end: number) => Math.abs(end - capacity.characters);
  const possible = ends.filter(isPossible).sort((a, b) => distance(a) - distance(b));
  return possible[0] ?? full.length;
}

/** Has the device never sent a text that is longer? Blanks at the cut may have been dropped. */
function mayEndAt(full: string, end: number, { characters, bytes }: Capacity): boolean {
  const more = /^\s*\S?/u.exec(full.slice(end))?.[0] ?? '';
  return end + more.length > characters || Buffer.byteLength(full.slice(0, end) + more) > bytes;
}

function commonBegin(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one[length] === other[length]) length += 1;
  return length;
}

/**
 * Are the two the same but for question marks where the first one has letters outside ASCII? Other characters may be
 * question marks, too, but not those alone: a user may well change `…` to `?`.
 */
function isBlotted(seen: string, made: string): boolean {
  if (!/[?\uFFFD]/.test(made)) return false;
  const kept = new Set(made);
  if ((seen.match(FOREIGN) ?? []).every((letter) => kept.has(letter))) return false;
  const isMade = (from: readonly string[], to: readonly string[]) =>
    from.length === to.length &&
    from.every((one, n) => one === to[n] || (one > '\x7F' && /[?\uFFFD]/.test(to[n] ?? '')));
  return isMade([...seen], [...made]) || isMade(seen.split(''), made.split(''));
}

/** Letters outside ASCII, and pictures. */
const FOREIGN = /(?![\0-\x7F])[\p{L}\p{So}]/gu;

const reversed = (text: string): string => text.split('').reverse().join('');
