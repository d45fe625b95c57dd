/** Who is who in two address books, found by our scores and by the rule of our peers. */
import { books } from '../pim/match/books.ts';
import { byNameThenMail, byScore, type Judged, judged, precision, recall } from '../pim/match/judge.ts';
import { figure, type Row } from './table.ts';

interface Run {
  /** Entries of each of the two books. */
  readonly size: number;
  /** How many of them are the same people. */
  readonly pairs: number;
  /** Pairs of books. */
  readonly count: number;
  readonly precision: number;
}

export const SMALL: Run = { size: 1_000, pairs: 600, count: 10, precision: 0.999 };
/** Nearly every name has a namesake. */
export const LARGE: Run = { size: 20_000, pairs: 12_000, count: 3, precision: 0.9995 };
const RECALL = 0.95;
/** Not those that the scores were made with. */
const FIRST_SEED = 1_001;

export function matchingRows({ size, pairs, count, ...goal }: Run, progress: (text: string) => void): Row[] {
  const ours: Judged[] = [];
  const peers: Judged[] = [];
  let milliseconds = 0;
  for (let n = 0; n < count; n += 1) {
    const pair = books(FIRST_SEED + n, size, pairs);
    const started = performance.now();
    const linked = byScore(pair);
    milliseconds += performance.now() - started;
    ours.push(judged(pair, linked));
    peers.push(judged(pair, byNameThenMail(pair)));
    progress(`address books of ${figure(size)}: ${ours.length} of ${count}`);
  }
  const [own, other] = [total(ours), total(peers)];
  const beside = (value: number) => ` (peers' rule: ${share(value)})`;
  return [
    atLeast(
      `precision of ${figure(own.right + own.wrong)} links`,
      precision(own),
      goal.precision,
      beside(precision(other)),
    ),
    atLeast(`recall of ${figure(own.pairs)} pairs`, recall(own), RECALL, beside(recall(other))),
    { what: `entries for a review, of ${figure(size * count)}`, measured: figure(own.review) },
    { what: 'comparisons an entry', measured: figure(own.compared / (size * count)) },
    {
      what: `blocking keys and decisions of ${figure(size)} against ${figure(size)}`,
      measured: `${figure(milliseconds / count)} ms`,
    },
  ];
}

export const share = (value: number): string => value.toFixed(4);

export const atLeast = (what: string, value: number, goal: number, more = ''): Row => ({
  what,
  measured: `${share(value)}${more}`,
  goal: `at least ${goal}`,
  met: value >= goal,
});

export const total = (list: readonly Judged[]) => {
  const sum = (member: 'right' | 'wrong' | 'pairs' | 'review' | 'rightReview' | 'compared') =>
    list.reduce((n, one) => n + one[member], 0);
  return {
    right: sum('right'),
    wrong: sum('wrong'),
    pairs: sum('pairs'),
    review: sum('review'),
    rightReview: sum('rightReview'),
    compared: sum('compared'),
  };
};
