/**
 * The lines of an object, taken one by one, and the values that go on over several of them. Each is read in one pass: a
 * value of a megabyte is a picture, or somebody who wants to see how long it takes.
 */

export class Lines {
  private readonly lines: readonly string[];
  private at = 0;

  /** With one character for each byte, where they are bytes. */
  constructor(text: string) {
    this.lines = text.replace(/^(\uFEFF|\u00EF\u00BB\u00BF)/, '').split(/\r\n|\n|\r/);
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

  /** Those that follow, which stay. */
  *ahead(most: number): Generator<string> {
    const end = Math.min(this.lines.length, this.at + most);
    for (let at = this.at; at < end; at += 1) yield this.lines[at] ?? '';
  }

  /** Does the next one belong to the line before it? */
  isFold(firstGeneration: boolean): boolean {
    const { next = '' } = this;
    return (next.startsWith(' ') || next.startsWith('\t')) && (!firstGeneration || next.trim() !== '');
  }
}

const SOFT_BREAK = /=[ \t]*$/;
const QUOTED_HEAD = /^[^:]*;[ \t]*(?:ENCODING[ \t]*=[ \t]*)?QUOTED-PRINTABLE[ \t]*[;:]/i;

/** The next line, with its folds where they are undone in the same way for every property. */
export function logicalLine(lines: Lines, firstGeneration: boolean): string {
  const start = lines.take();
  if (!lines.isFold(firstGeneration)) return start;
  const pieces = [start];
  // A soft line break before a fold is none of the text.
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

/** Folds of the first generation lie before a blank, which stays. */
export function plainValue(lines: Lines, start: string, firstGeneration: boolean): string {
  if (!firstGeneration) return start;
  const pieces = [start];
  while (lines.isFold(firstGeneration)) pieces.push(lines.take());
  return pieces.join('');
}

/** A line that ends with `=` goes on, but not into the end of the object; so does one before a fold. */
export function quotedValue(lines: Lines, start: string, firstGeneration: boolean): string {
  const pieces: string[] = [];
  for (let line = start; ; line = lines.take()) {
    const isSoft = SOFT_BREAK.test(line);
    pieces.push(isSoft ? line.replace(SOFT_BREAK, '') : line);
    const { next } = lines;
    const isEnd = next === undefined || next.trim() === '' || /^(END|BEGIN):/i.test(next);
    if (isSoft ? isEnd : !firstGeneration || !lines.isFold(firstGeneration)) return pieces.join('');
  }
}

/** Ends before the next property; blank lines do not matter. */
export function base64Value(lines: Lines, start: string): string {
  const pieces = [start];
  while (lines.next !== undefined && isBase64(lines.next)) pieces.push(lines.take());
  return pieces.join('').replace(/\s/g, '');
}

/** A slip in a folded line is no reason to lose the lines behind it. */
const isBase64 = (line: string): boolean =>
  /^[A-Za-z0-9+/=]*$/.test(line.trim()) || (/^[ \t]/.test(line) && !line.includes(':'));

/** What a line that is no property adds to base64: nothing, unless it is some. */
export const strayBase64 = (line: string): string => (isBase64(line) ? line.replace(/\s/g, '') : '');
