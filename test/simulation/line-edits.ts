/** Edits of the lines of an item in its stored form. */
import type { Random } from './random.ts';

export const isAt =
  (name: string) =>
  (line: string): boolean =>
    line.startsWith(name) && /[:;]/.test(line.charAt(name.length));

/** Puts the line before the end of the object, or of the first component in it. */
export function insert(lines: readonly string[], line: string): string[] {
  const at = lines.findIndex((one) => /^END:(VCARD|VEVENT|VTODO)$/.test(one));
  return [...lines.slice(0, at), line, ...lines.slice(at)];
}

/** Puts the line in the place of all others of this name. */
export const set = (lines: readonly string[], name: string, line: string): string[] =>
  insert(
    lines.filter((one) => !isAt(name)(one)),
    line,
  );

export const withCategory = (lines: readonly string[], number: number): string[] =>
  set(lines, 'CATEGORIES', `${lines.find(isAt('CATEGORIES')) ?? 'CATEGORIES:c'},c${number}`);

/** Writes a line of its own into a text of several lines. */
export function withLine(name: string, lines: readonly string[], number: number, random: Random): string[] {
  const own = (lines.find(isAt(name)) ?? `${name}:first`).split('\\n');
  const at = Math.max(random.below(own.length + 1), 1);
  return set(lines, name, [...own.slice(0, at), `n${number}`, ...own.slice(at)].join('\\n'));
}
