/**
 * The lines of an object, and values that extend over several lines. Every value is read in one pass, because a value
 * may be a megabyte long: a picture, or an attack.
 */

import { spend } from '../work/budget.ts';

export class Lines {
  private readonly lines: readonly string[];
  private at = 0;

  /** `text` has one character for each byte if the input was bytes. */
  constructor(text: string) {
    this.lines = text.replace(/^(\uFEFF|\u00EF\u00BB\u00BF)/, '').split(/\r\n|\n|\r/);
    spend(this.lines.length / 4);
  }

  get isDone(): boolean {
    return this.at >= this.lines.length;
  }

  get next(): string | undefined {
    return this.lines[this.at];
  }

  take(): string {
    const line = this.lines[this.at] ?? '';
    this.at += 1;
    return line;
  }

  /** The following lines, which are not taken. */
  *ahead(most: number): Generator<string> {
    const end = Math.min(this.lines.length, this.at + most);
    for (let at = this.at; at < end; at += 1) yield this.lines[at] ?? '';
  }

  /** Does the next line continue the line before it? */
  isFold(firstGeneration: boolean): boolean {
    const { next = '' } = this;
    return (next.startsWith(' ') || next.startsWith('\t')) && (!firstGeneration || next.trim() !== '');
  }
}

const SOFT_BREAK = /=[ \t]*$/;
/** What some phones put behind a text (E22): a line end the wrong way round, and a break with nothing to follow. */
const STRAY_END = /=0A=0D=[ \t]*$/i;
const PROPERTY_HEAD = /^(?:[\w-]+\.)?[A-Z][A-Z\d-]*(?:;[^:]*)?:/;
const QUOTED_HEAD = /^[^:]*;[ \t]*(?:ENCODING[ \t]*=[ \t]*)?QUOTED-PRINTABLE[ \t]*[;:]/i;

/**
 * Takes the next line and unfolds it. In the first generation only the head is unfolded here, because values are folded
 * in different ways.
 */
export function logicalLine(lines: Lines, firstGeneration: boolean): string {
  const start = lines.take();
  if (!lines.isFold(firstGeneration)) return start;
  const pieces = [start];
  // A soft line break before a fold does not belong to the text.
  const isQuoted = !firstGeneration && QUOTED_HEAD.test(start);
  let isHead = !start.includes(':');
  while (lines.isFold(firstGeneration) && (!firstGeneration || isHead)) {
    if (isQuoted) pieces.push((pieces.pop() ?? '').replace(SOFT_BREAK, ''));
    const piece = lines.take().slice(1);
    pieces.push(piece);
    isHead &&= !piece.includes(':');
  }
  return pieces.join('');
}

/** Takes the folded lines of a plain value. In the first generation the blank after a fold belongs to the value. */
export function plainValue(lines: Lines, start: string, firstGeneration: boolean): string {
  if (!firstGeneration) return start;
  const pieces = [start];
  while (lines.isFold(firstGeneration)) pieces.push(lines.take());
  return pieces.join('');
}

/**
 * Takes the lines of a quoted-printable value. A line continues if it ends with `=` or a fold follows, but never beyond
 * the end of the object.
 */
export function quotedValue(lines: Lines, start: string, firstGeneration: boolean): string {
  const pieces: string[] = [];
  for (let line = start; ; line = lines.take()) {
    const { next } = lines;
    if (STRAY_END.test(line) && (next === undefined || PROPERTY_HEAD.test(next)))
      return [...pieces, line.replace(STRAY_END, '')].join('');
    const isSoft = SOFT_BREAK.test(line);
    pieces.push(isSoft ? line.replace(SOFT_BREAK, '') : line);
    const isEnd = next === undefined || next.trim() === '' || /^(END|BEGIN):/i.test(next);
    if (isSoft ? isEnd : !firstGeneration || !lines.isFold(firstGeneration)) return pieces.join('');
  }
}

/** Takes the lines of a base64 value up to the next property. Blank lines are skipped. */
export function base64Value(lines: Lines, start: string): string {
  const pieces = [start];
  while (lines.next !== undefined && isBase64(lines.next)) pieces.push(lines.take());
  return pieces.join('').replace(/\s/g, '');
}

/** Is it a line of base64? A folded line with a wrong character counts, too, so that the lines after it are not lost. */
const isBase64 = (line: string): boolean =>
  /^[A-Za-z0-9+/=]*$/.test(line.trim()) || (/^[ \t]/.test(line) && !line.includes(':'));

/** The base64 in a line that is not a property. Empty for any other line. */
export const strayBase64 = (line: string): string => (isBase64(line) ? line.replace(/\s/g, '') : '');
