/** Merges texts line by line. */
import { diff3Merge } from 'node-diff3';
import { spacedText } from '../properties/text.ts';
import { spend } from '../work/budget.ts';
import { weightOf } from '../work/weight.ts';

/** Longer texts are not merged, because the comparison can take quadratic time. */
const MAX_LINES = 1_000;
/** What a line costs that is looked for in another text (lib/pim/work/budget.ts). */
const LINE = 12;
/** What a text costs, by its weight, whose words are looked for in another. */
const WORDS = 12;

/**
 * Merges the changes of both sides. What both sides added in one place stays of both, the item's first. Undefined where both
 * sides changed the same lines.
 */
export function mergedLines(base: string, item: string, device: string): string | undefined {
  const texts = [item, base, device].map((text) => text.split('\n'));
  const [now = [], was = [], sent = []] = texts;
  if (texts.some((lines) => lines.length > MAX_LINES)) return undefined;
  for (const lines of [now, sent]) spend(equalPairs(was, lines));
  const regions = diff3Merge(now, was, sent, { excludeFalseConflicts: true });
  const merged: string[] = [];
  for (const { ok, conflict } of regions) {
    const lines = ok ?? (conflict && bothAdded(conflict));
    if (lines === undefined) return undefined;
    for (const line of lines) merged.push(line);
  }
  return merged.join('\n');
}

/** Lines that both sides made of the same lines `o`: `a` is the item's, `b` is the device's. */
interface Conflict {
  readonly a: readonly string[];
  readonly o: readonly string[];
  readonly b: readonly string[];
}

/** The lines with what both sides added before or behind them, or one of them. Undefined where both did more than that. */
function bothAdded({ a, o, b }: Conflict): readonly string[] | undefined {
  if (o.every((line) => line.trim() === '')) return bothLines(a, b);
  const was = o.join('\n');
  const [item, device] = [a, b].map((lines) => addedTo(was, lines.join('\n')));
  if (item === undefined || device === undefined) return eachWithout({ a, o, b });
  const [before, behind] = [joined(item.before, device.before), joined(item.behind, device.behind)];
  return `${before}${was}${behind}`.split('\n');
}

/**
 * The lines of each side without those that the other one deleted. Undefined where both put others in the place of one line,
 * and where a line stands twice.
 */
function eachWithout({ a, o, b }: Conflict): readonly string[] | undefined {
  const [item, base, device] = [new Set(a), new Set(o), new Set(b)];
  if (item.size < a.length || base.size < o.length || device.size < b.length) return undefined;
  const bothDeleted = o.some((line) => !item.has(line) && !device.has(line));
  const [itemAdded, deviceAdded] = [a, b].map((lines) => lines.filter((line) => !base.has(line))) as [
    string[],
    string[],
  ];
  if (bothDeleted && itemAdded.length > 0 && deviceAdded.length > 0) return undefined;
  const merged: string[] = [];
  for (const [n, line] of [...o, undefined].entries()) {
    for (const [added, lines] of [[itemAdded, a] as const, [deviceAdded, b] as const])
      merged.push(...added.filter((one) => !merged.includes(one) && nextIn(o, lines, one) === n));
    if (line !== undefined && item.has(line) && device.has(line)) merged.push(line);
  }
  return merged;
}

/** The place in `o` of the first of its lines that stands behind this one in `lines`; the end where none does. */
function nextIn(o: readonly string[], lines: readonly string[], line: string): number {
  const behind = lines.slice(lines.indexOf(line) + 1).map((one) => o.indexOf(one));
  return behind.find((at) => at >= 0) ?? o.length;
}

/**
 * The item's lines, then those that only the device has. A line brings the blank lines and the lines of signs (`--`) that
 * stand before it: they part what is between them, so that equal ones are not one.
 */
function bothLines(item: readonly string[], device: readonly string[]): readonly string[] {
  const known = new Set(item);
  const made = [...item];
  let [next, isAdded] = [0, false];
  for (const [n, line] of device.entries()) {
    if (!/[\p{L}\p{N}]/u.test(line)) continue;
    isAdded = !known.has(line);
    if (isAdded) made.push(...device.slice(next, n + 1));
    next = n + 1;
  }
  const last = device.slice(next);
  return [...made, ...(isAdded ? last : last.filter((line) => !known.has(line)))];
}

/** Two additions in one place. Where one contains all words of the other, that one. */
function joined(item: string, device: string): string {
  spend(WORDS * (weightOf(item) + weightOf(device)));
  const [own, sent] = [item, device].map((text): string[] => text.match(WORD) ?? []) as [string[], string[]];
  return hasRun(own, sent) ? item : hasRun(sent, own) ? device : item + device;
}

/** Words, numbers (`12.50` and `555 1234` are one), line ends, and any other sign. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:(?<=\d)[ .,:/-](?=\d)[\p{L}\p{M}\p{N}]+)*|\n|[^\s\p{L}\p{M}\p{N}]/gu;

/** Do the words have the others among them, one after the other? The work is linear (Knuth, Morris and Pratt). */
function hasRun(words: readonly string[], run: readonly string[]): boolean {
  const shorter: number[] = [0];
  /** How many words of the run are met with `word`, after so many before it. */
  const metWith = (word: string, before: number): number => {
    let met = before;
    while (met > 0 && word !== run[met]) met = shorter[met - 1] ?? 0;
    return word === run[met] ? met + 1 : met;
  };
  for (const word of run.slice(1)) shorter.push(metWith(word, shorter.at(-1) ?? 0));
  let met = 0;
  for (const word of words) {
    if (met === run.length) return true;
    met = metWith(word, met);
  }
  return met === run.length;
}

/** What was written before and behind the text. Undefined for a change inside it, or of one of its words. */
function addedTo(was: string, made: string): { before: string; behind: string } | undefined {
  if (was.trim() === '') return undefined;
  if (made.startsWith(was) && !/^[\p{L}\p{N}]/u.test(made.slice(was.length)))
    return { before: '', behind: made.slice(was.length) };
  const before = made.slice(0, Math.max(made.length - was.length, 0));
  return made.endsWith(was) && !/[\p{L}\p{N}]$/u.test(before) ? { before, behind: '' } : undefined;
}

/** How many lines of one text are equal to how many of the other: the comparison tries each of these pairs. */
function equalPairs(some: readonly string[], others: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of some) counts.set(line, (counts.get(line) ?? 0) + 1);
  return others.reduce((sum, line) => sum + (counts.get(line) ?? 0), some.length);
}

/** Unites two texts without a known common state: all of the first, then the lines that only the second has. */
export function unitedLines(first: string, second: string): string {
  spend(LINE * (weightOf(first) + weightOf(second)));
  const known = new Set(first.split('\n').map(spacedText));
  const missing = second
    .split('\n')
    .filter((line) => spacedText(line) !== '' && !known.has(spacedText(line)));
  return missing.length === 0 ? first : [first, ...missing].join('\n');
}

/**
 * The device was shown only the beginning (`seen`) of a text, and changed that to `made`. The hidden end is put back: the
 * rest of the line that was cut follows the device's version of that line, then come the other hidden lines. If the device
 * deleted the cut line, the rest of that line is dropped.
 */
export function uncut(full: string, seen: string, made: string): string {
  const [rest = '', ...further] = full.slice(seen.length).split('\n');
  const lines = made.split('\n');
  const cut = seen.slice(seen.lastIndexOf('\n') + 1);
  const same = lines.lastIndexOf(cut);
  const at = same >= 0 ? same : lines.findLastIndex((line) => isEdited(cut, line));
  return [...lines.map((line, n) => (n === at ? withRest(line, cut, rest) : line)), ...further].join('\n');
}

/** Is `edited` a changed form of `line`? At least half of the line has to be unchanged at the two ends. */
function isEdited(line: string, edited: string): boolean {
  const [a, b] = [line.toLowerCase(), edited.toLowerCase()];
  const most = Math.min(a.length, b.length);
  let [begin, end] = [0, 0];
  while (begin < most && a[begin] === b[begin]) begin += 1;
  while (end < most - begin && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return (begin + end) * 2 >= a.length;
}

/**
 * Appends the hidden rest of a line. If the device changed the word that was cut, the hidden end of that word is
 * dropped.
 */
function withRest(line: string, cut: string, rest: string): string {
  const lastWord = (text: string) => /\S*$/.exec(text)?.[0].toLowerCase();
  return line + (lastWord(line) === lastWord(cut) ? rest : rest.replace(/^\S+/, ''));
}
