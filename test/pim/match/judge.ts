/** How well a rule finds who is who in two address books. */

import { decideMatch, type HoldersOf } from '../../../lib/pim/match/decide.ts';
import { type Prepared, prepare } from '../../../lib/pim/match/prepare.ts';
import { textParts } from '../../../lib/pim/vobject/text.ts';
import type { BookItem, Books } from './books.ts';
import { finderIn } from './finder.ts';

export interface Judged {
  readonly right: number;
  readonly wrong: number;
  readonly pairs: number;
  /** Entries that wait for somebody to look at them, and how many of them have the right one in their list. */
  readonly review: number;
  readonly rightReview: number;
  readonly compared: number;
  readonly mistakes: readonly (readonly [ours: BookItem, theirs: BookItem])[];
  readonly missed: readonly (readonly [ours: BookItem, theirs: BookItem])[];
}

export interface Linked {
  readonly links: readonly (readonly [ours: number, theirs: number])[];
  readonly reviews: readonly (readonly [ours: readonly number[], theirs: number])[];
  readonly compared: number;
}

export function judged({ ours, theirs, pairs }: Books, { links, reviews, compared }: Linked): Judged {
  const linked = links.map(([a, b]) => [ours[a], theirs[b]] as [BookItem, BookItem]);
  const wrong = linked.filter(([a, b]) => a.id !== b.id);
  const found = new Set(linked.map(([, b]) => b));
  const byId = new Map(ours.map((one) => [one.id, one]));
  const missed = theirs.flatMap((b) => {
    const a = found.has(b) ? undefined : byId.get(b.id);
    return a === undefined ? [] : [[a, b] as const];
  });
  return {
    right: linked.length - wrong.length,
    wrong: wrong.length,
    pairs,
    review: reviews.length,
    rightReview: reviews.filter(([list, b]) => list.some((a) => ours[a]?.id === theirs[b]?.id)).length,
    compared,
    mistakes: wrong,
    missed,
  };
}

/** How many of these items have a blocking key. */
export function counted(keysOfItems: readonly (readonly string[])[]): HoldersOf {
  const holders = new Map<string, number>();
  for (const key of keysOfItems.flat()) holders.set(key, (holders.get(key) ?? 0) + 1);
  return (key) => holders.get(key) ?? 0;
}

/**
 * As a first sync does it: the items of one side are there, those of the other come one after the other. `count` says
 * how common names are in the book that is there; without it the match index does.
 */
export function byScore({ ours, theirs }: Books, count?: HoldersOf): Linked {
  const prepared = ours.map(({ content }) => prepare(content));
  const finder = finderIn(ours.map(({ content }) => content));
  const holdersOf = count ?? finder.holdersOf;
  const links: [number, number][] = [];
  const reviews: [number[], number][] = [];
  let compared = 0;
  theirs.forEach(({ content }, n) => {
    const sent = prepare(content);
    if (sent === undefined) return;
    const found = finder.candidatesOf(content).map((at) => ({ at, prepared: prepared[at] as Prepared }));
    compared += found.length;
    const { link, review: likely } = decideMatch(sent, found, holdersOf);
    if (likely.length > 0) reviews.push([likely.map(({ at }) => at), n]);
    if (link === undefined) return;
    finder.take(link.at);
    links.push([link.at, n]);
  });
  return { links, reviews, compared };
}

/** What servers of this kind do: first and last name, then the e-mail address. */
export function byNameThenMail({ ours, theirs }: Books): Linked {
  const [taken, done] = [new Set<number>(), new Set<number>()];
  const links: [number, number][] = [];
  for (const keys of [nameKeys, mailKeys]) {
    const index = new Map<string, number[]>();
    ours.forEach((one, n) => {
      for (const key of keys(one)) index.set(key, [...(index.get(key) ?? []), n]);
    });
    theirs.forEach((one, n) => {
      if (done.has(n)) return;
      const at = keys(one)
        .flatMap((key) => index.get(key) ?? [])
        .find((a) => !taken.has(a));
      if (at === undefined) return;
      taken.add(at);
      done.add(n);
      links.push([at, n]);
    });
  }
  return { links, reviews: [], compared: 0 };
}

function nameKeys({ item }: BookItem): string[] {
  const [family = '', given = ''] = textParts(/^N[^:]*:(.*)$/m.exec(item.body)?.[1]?.trim() ?? '');
  return family === '' && given === '' ? [] : [`${given} ${family}`.toLowerCase()];
}
const mailKeys = ({ item }: BookItem): string[] =>
  [...item.body.matchAll(/^EMAIL[^:]*:(.*)$/gm)].map(([, value = '']) => value.trim().toLowerCase());

export const precision = ({ right, wrong }: Pick<Judged, 'right' | 'wrong'>): number =>
  right / Math.max(1, right + wrong);
export const recall = ({ right, pairs }: Pick<Judged, 'right' | 'pairs'>): number => right / pairs;

type Asked = Pick<Judged, 'right' | 'pairs' | 'review' | 'rightReview'>;
/** The share of pairs that are linked, or that somebody is asked about. */
export const linkedOrAsked = ({ right, rightReview, pairs }: Asked): number => (right + rightReview) / pairs;
/** The share of questions with the right answer among those offered. */
export const rightQuestions = ({ review, rightReview }: Asked): number => rightReview / Math.max(1, review);
