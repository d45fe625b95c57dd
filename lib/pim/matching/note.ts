/** A note as it is compared: by its lines. */
import { fold } from './fold.ts';
import { DIFFERENT, type Verdict } from './verdict.ts';

export interface PreparedNote {
  readonly kind: 'note';
  readonly lines: readonly string[];
}

export function prepareNote(text: string): PreparedNote | undefined {
  const lines = text
    .split('\n')
    .map((line) => fold(line).replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
  return lines.length === 0 ? undefined : { kind: 'note', lines };
}

export const noteMarks = ({ lines }: PreparedNote): string[] => [`x ${lines.join('\n')}`, `l ${lines[0]}`];

/** The same words; one of the two goes on where the other ends; or they only begin alike. */
export function compareNotes({ lines: a }: PreparedNote, { lines: b }: PreparedNote): Verdict {
  if (a[0] !== b[0]) return DIFFERENT;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.every((line, n) => line === long[n])) {
    const whole = short.length === long.length || short.length > 2;
    return { verdict: whole ? 'same' : 'likely', score: 4 + short.length, reasons: ['same-text'] };
  }
  return { verdict: 'likely', score: 2, reasons: ['same-first-line'] };
}
