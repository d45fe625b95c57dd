/**
 * Expected lines against what came. Order counts, except inside a Sync. `$name` stands for any word the first time,
 * and for the same word from then on.
 */
import type { Told } from './reply-lines.ts';
import { type Line, splitWords } from './transcript.ts';

/** Words that need not be expected: `max` is the MaxObjSize of our Alert. */
const QUIET = new Set(['max']);

/** Called for each difference, with the id that the line names. */
export type Complain = (id: string | undefined, text: string) => void;

export function compare(
  expected: readonly Line[],
  actual: readonly Told[],
  variables: Map<string, string>,
  complain: Complain,
): void {
  let from = 0;
  let missing: Line[] = [];
  for (const line of expected) {
    const at = actual.findIndex((told, index) => index >= from && matches(line, told, variables));
    const found = actual[at];
    if (found === undefined) {
      missing.push(line);
      continue;
    }
    tell(missing, actual.slice(from, at), line.at, complain);
    missing = [];
    from = at + 1;
    compareInside(line, found, variables, complain);
  }
  tell(missing, actual.slice(from), expected.at(-1)?.at ?? 0, complain);
}

function compareInside(line: Line, found: Told, variables: Map<string, string>, complain: Complain): void {
  const rest = [...found.children];
  const missing = line.children.filter((child) => {
    const at = rest.findIndex((told) => matches(child, told, variables));
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  tell(missing, rest, line.at, complain);
}

/** What came in place of a missing line concerns the id of that line; what came besides concerns all of the group. */
function tell(missing: readonly Line[], others: readonly Told[], at: number, complain: Complain): void {
  for (const line of missing) complain(line.id, `${line.at}: missing: ${line.words.join(' ')}`);
  for (const [index, told] of others.entries())
    complain(missing[index]?.id, `${missing[index]?.at ?? at}: unexpected: ${say(told)}`);
}

const say = ({ words }: Told): string => {
  const text = words.join(' ');
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
};

/** Binds variables only when the whole line matches. */
function matches(line: Line, told: Told, variables: Map<string, string>): boolean {
  const [want, have] = [splitWords(line.words), splitWords(told.words)];
  const bound = new Map(variables);
  if (want.plain.length !== have.plain.length) return false;
  if (!want.plain.every((word, index) => sameWord(word, have.plain[index], bound))) return false;
  if (![...want.keys].every(([name, word]) => sameWord(word, have.keys.get(name), bound))) return false;
  if (![...have.keys.keys()].every((name) => want.keys.has(name) || QUIET.has(name))) return false;
  for (const [name, value] of bound) variables.set(name, value);
  return true;
}

function sameWord(want: string, have: string | undefined, bound: Map<string, string>): boolean {
  if (have === undefined || !want.startsWith('$')) return want === have;
  const value = bound.get(want);
  if (value === undefined) bound.set(want, have);
  return value === undefined || value === have;
}
