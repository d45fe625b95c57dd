/** Texts that both sides changed, merged by their lines. */
import { diff3Merge } from 'node-diff3';
import { spacedText } from '../properties/text.ts';

/** A text of more lines is not merged: the comparison may take quadratic time. */
const MAX_LINES = 1_000;

/** Undefined where both sides changed the same lines. */
export function mergedLines(base: string, item: string, device: string): string | undefined {
  const texts = [item, base, device].map((text) => text.split('\n'));
  const [now = [], was = [], sent = []] = texts;
  if (texts.some((lines) => lines.length > MAX_LINES)) return undefined;
  const regions = diff3Merge(now, was, sent, { excludeFalseConflicts: true });
  if (regions.some(({ conflict }) => conflict !== undefined)) return undefined;
  return regions.flatMap(({ ok = [] }) => ok).join('\n');
}

/** The lines of two texts of which neither is known to come from the other: the first, and what it lacks of the second. */
export function unitedLines(first: string, second: string): string {
  const known = new Set(first.split('\n').map(spacedText));
  const missing = second
    .split('\n')
    .filter((line) => spacedText(line) !== '' && !known.has(spacedText(line)));
  return missing.length === 0 ? first : [first, ...missing].join('\n');
}

/**
 * A text of which the device saw the beginning (`seen`), and made another beginning of it: `made`, with the end again. The
 * rest of the line that was cut goes behind what became of that line. Where the line is gone, so is its rest.
 */
export function uncut(full: string, seen: string, made: string): string {
  const [rest = '', ...further] = full.slice(seen.length).split('\n');
  const lines = made.split('\n');
  const cut = seen.slice(seen.lastIndexOf('\n') + 1);
  const same = lines.lastIndexOf(cut);
  const at = same >= 0 ? same : lines.findLastIndex((line) => isEdited(cut, line));
  return [...lines.map((line, n) => (n === at ? withRest(line, cut, rest) : line)), ...further].join('\n');
}

/** Is at least half of the line still there, before and behind what changed? */
function isEdited(line: string, edited: string): boolean {
  const [a, b] = [line.toLowerCase(), edited.toLowerCase()];
  const most = Math.min(a.length, b.length);
  let [begin, end] = [0, 0];
  while (begin < most && a[begin] === b[begin]) begin += 1;
  while (end < most - begin && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return (begin + end) * 2 >= a.length;
}

/** A word that was cut, and is another one now, does not get the end of the old one. */
function withRest(line: string, cut: string, rest: string): string {
  const lastWord = (text: string) => /\S*$/.exec(text)?.[0].toLowerCase();
  return line + (lastWord(line) === lastWord(cut) ? rest : rest.replace(/^\S+/, ''));
}
