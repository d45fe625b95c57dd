/** Prepares and compares notes. They are compared line by line. */
import { spacedText } from '../../properties/text.ts';
import { spend } from '../../work/budget.ts';
import { fold } from '../names/fold.ts';
import { DIFFERENT, type MatchResult } from '../result.ts';

export interface PreparedNote {
  readonly kind: 'note';
  /** The lines that are not empty, with blanks normalised. */
  readonly lines: readonly string[];
  readonly folded: readonly string[];
}

export function prepareNote(text: string): PreparedNote | undefined {
  const lines = text
    .normalize('NFC')
    .split('\n')
    .map(spacedText)
    .filter((line) => line !== '');
  return lines.length === 0 ? undefined : { kind: 'note', lines, folded: lines.map(fold) };
}

export const noteBlockingKeys = ({ folded }: PreparedNote): string[] => [
  `x ${folded.join('\n')}`,
  `l ${folded[0]}`,
];

/**
 * Notes are the same if all lines are equal, or if one note continues the other after more than two lines. They are
 * possible matches if only the first line is equal, or if lines differ in case or accents: such a line may be a
 * password.
 */
export function compareNotes(a: PreparedNote, b: PreparedNote): MatchResult {
  if (a.folded[0] !== b.folded[0]) return DIFFERENT;
  const length = Math.min(a.lines.length, b.lines.length);
  spend(length / 10);
  const begins = (of: 'lines' | 'folded') => a[of].slice(0, length).every((line, n) => line === b[of][n]);
  if (!begins('folded')) return { matchClass: 'possible', score: 2, reasons: ['same-first-line'] };
  const whole = a.lines.length === b.lines.length || length > 2;
  if (begins('lines'))
    return { matchClass: whole ? 'same' : 'possible', score: 4 + length, reasons: ['same-text'] };
  return { matchClass: 'possible', score: 3 + length, reasons: ['text-alike'] };
}
