/** Who is who among persons without a mailbox; and whether members of a household are kept apart. */
import { haveBirthdays, splitHouseholds } from '../pim/match/households.ts';
import {
  byNameThenMail,
  byScore,
  type Judged,
  judged,
  linkedOrAsked,
  precision,
  recall,
  rightQuestions,
} from '../pim/match/judge.ts';
import { personBooks } from '../pim/match/persons.ts';
import { atLeast, share, total } from './matching-rows.ts';
import { figure, type Row } from './table.ts';

const BOOKS = 10;
/** Not those that the rules were made with. */
const FIRST_SEED = 2_001;
/** 2,240 households. */
const OF_EACH = 320;

export function personRows(hasMobile: boolean, progress: (text: string) => void): Row[] {
  const ours: Judged[] = [];
  const peers: Judged[] = [];
  for (let n = 0; n < BOOKS; n += 1) {
    const pair = personBooks(FIRST_SEED + n, { hasMobile });
    ours.push(judged(pair, byScore(pair)));
    peers.push(judged(pair, byNameThenMail(pair)));
    progress(`books of persons: ${ours.length} of ${BOOKS}`);
  }
  const [own, other] = [total(ours), total(peers)];
  const beside = (value: number) => ` (peers' rule: ${share(value)})`;
  return [
    {
      ...{ what: `wrong links of ${figure(own.pairs)} pairs`, measured: figure(own.wrong) },
      ...{ goal: 'none', met: own.wrong === 0 },
    },
    atLeast('recall', recall(own), hasMobile ? 0.78 : 0.75, beside(recall(other))),
    { what: 'precision', measured: `${share(precision(own))}${beside(precision(other))}` },
    atLeast('pairs linked or asked', linkedOrAsked(own), 0.93),
    atLeast(`right ones of ${figure(own.review)} questions`, rightQuestions(own), 0.99),
    ...householdRows(hasMobile),
  ];
}

function householdRows(hasMobile: boolean): Row[] {
  const pair = splitHouseholds(FIRST_SEED, hasMobile, OF_EACH);
  const { mistakes, review } = judged(pair, byScore(pair));
  const areKnown = pair.theirs.filter((one) => haveBirthdays(one)).length;
  const known = mistakes.filter((both) => haveBirthdays(...both)).length;
  return [
    {
      ...{ what: `wrong links of ${figure(areKnown)} split households, both birthdays known` },
      ...{ measured: figure(known), goal: 'at most 1', met: known <= 1 },
    },
    {
      what: `wrong links of ${figure(pair.ours.length - areKnown)} with one birthday missing`,
      measured: figure(mistakes.length - known),
    },
    { what: 'members of households that are asked about', measured: figure(review) },
  ];
}
