/** Who is who in two address books, found by our scores and by the rule of our peers. */
import { books } from '../pim/match/books.ts';
import { byNameThenMail, byScore, type Judged, judged, precision, recall } from '../pim/match/judge.ts';
import { figure, type Row } from './table.ts';

/** Not those that the scores were made with. */
const SEEDS = Array.from({ length: 10 }, (_, n) => 1_001 + n);
const PRECISION = 0.999;
const RECALL = 0.95;

export function matchingRows(progress: (text: string) => void): Row[] {
  const ours: Judged[] = [];
  const peers: Judged[] = [];
  let milliseconds = 0;
  for (const seed of SEEDS) {
    const pair = books(seed);
    const started = performance.now();
    const linked = byScore(pair);
    milliseconds += performance.now() - started;
    ours.push(judged(pair, linked));
    peers.push(judged(pair, byNameThenMail(pair)));
    progress(`address books ${ours.length} of ${SEEDS.length}`);
  }
  const [own, other] = [total(ours), total(peers)];
  const beside = (value: number) => ` (peers' rule: ${share(value)})`;
  return [
    atLeast(
      `precision of ${figure(own.right + own.wrong)} links`,
      precision(own),
      PRECISION,
      beside(precision(other)),
    ),
    atLeast(`recall of ${figure(own.pairs)} pairs`, recall(own), RECALL, beside(recall(other))),
    { what: 'entries for a review, of 10,000', measured: figure(own.review) },
    { what: 'comparisons an entry', measured: figure(own.compared / (1_000 * SEEDS.length)) },
    {
      what: 'blocking keys and decisions of 1,000 against 1,000',
      measured: `${figure(milliseconds / SEEDS.length)} ms`,
    },
  ];
}

const share = (value: number): string => value.toFixed(4);

const atLeast = (what: string, value: number, goal: number, more: string): Row => ({
  what,
  measured: `${share(value)}${more}`,
  goal: `at least ${goal}`,
  met: value >= goal,
});

const total = (list: readonly Judged[]) => {
  const sum = (member: 'right' | 'wrong' | 'pairs' | 'review' | 'compared') =>
    list.reduce((n, one) => n + one[member], 0);
  return {
    right: sum('right'),
    wrong: sum('wrong'),
    pairs: sum('pairs'),
    review: sum('review'),
    compared: sum('compared'),
  };
};
