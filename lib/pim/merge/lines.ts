/** Texts that were changed on two sides, merged by lines. */
import { diff3Merge } from 'node-diff3';

/** A text of more lines is not merged: the comparison may take quadratic time. */
const MAX_LINES = 1_000;

/** Undefined where both sides changed the same lines. */
export function mergedLines(base: string, ours: string, theirs: string): string | undefined {
  const texts = [ours, base, theirs].map((text) => text.split('\n'));
  const [a = [], o = [], b = []] = texts;
  if (texts.some((lines) => lines.length > MAX_LINES)) return undefined;
  const regions = diff3Merge(a, o, b, { excludeFalseConflicts: true });
  if (regions.some(({ conflict }) => conflict !== undefined)) return undefined;
  return regions.flatMap(({ ok = [] }) => ok).join('\n');
}

/** The lines of both, where neither is known to come from the other: the first text, and what it lacks of the second. */
export function unitedLines(first: string, second: string): string {
  const known = new Set(first.split('\n').map(plain));
  const missing = second.split('\n').filter((line) => plain(line) !== '' && !known.has(plain(line)));
  return missing.length === 0 ? first : [first, ...missing].join('\n');
}

const plain = (line: string): string => line.trim().replace(/\s+/g, ' ').toLowerCase();
