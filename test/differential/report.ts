/** The end of a run, made for reading. */
import type { Judged } from './judging.ts';

export interface Outcome {
  readonly scene: string;
  readonly seconds: number;
  readonly found: readonly Judged[];
  /** Why it could not be played. */
  readonly failure?: string;
}

/** Names, counts, what is not judged, and what is judged but does not show. */
export function reportText(outcomes: readonly Outcome[], gone: readonly Judged[]): string {
  const all = outcomes.flatMap(({ found }) => found);
  const open = all.filter(({ judgement }) => judgement === undefined);
  const wrong = all.filter(({ judgement }) => judgement?.right === 'theirs');
  const parts = [tableText(outcomes)];
  if (wrong.length > 0) parts.push('Faults of this server that are known:', ...wrong.map(judgedText));
  if (gone.length > 0)
    parts.push('Judged, but they do not show any more. Strike them off:', ...gone.map(foundText));
  if (open.length > 0) parts.push('Not judged:', ...open.map(foundText));
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  for (const { scene, failure } of failed) parts.push(`${scene} could not be played: ${failure}`);
  return [...parts, totalText(all, open.length, failed.length)].join('\n');
}

const foundText = ({ scene, text }: Judged): string => `  ${scene}: ${text}`;
const judgedText = (judged: Judged): string => `${foundText(judged)}\n      ${judged.judgement?.why ?? ''}`;

const HEAD = [
  'scene',
  'seconds',
  'differences',
  'ours right',
  'theirs right',
  'either',
  'not judged',
] as const;

function tableText(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ scene, seconds, found, failure }) => {
    const rightCount = (...sides: string[]): number =>
      found.filter(({ judgement }) => judgement && sides.includes(judgement.right)).length;
    const open = found.filter(({ judgement }) => judgement === undefined).length;
    const counts = [
      found.length,
      rightCount('ours'),
      rightCount('theirs'),
      rightCount('both', 'neither'),
      open,
    ];
    const shown = failure === undefined ? counts.map((count) => (count === 0 ? '' : `${count}`)) : ['failed'];
    return [scene, seconds.toFixed(1), ...shown];
  });
  const width = (column: number): number =>
    Math.max(...[HEAD, ...rows].map((row) => (row[column] ?? '').length));
  const widths = HEAD.map((_, column) => width(column));
  return [HEAD, ...rows]
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const totalText = (all: readonly Judged[], open: number, failed: number): string =>
  `${all.length} differences, ${open} of them not judged${failed > 0 ? `, ${failed} stories not played` : ''}`;
