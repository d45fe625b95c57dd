/** How well a rule finds who is who in two address books. */

import { Candidates } from '../../../lib/pim/match/candidates.ts';
import { decideMatch } from '../../../lib/pim/match/decide.ts';
import type { Prepared } from '../../../lib/pim/match/prepare.ts';
import { textParts } from '../../../lib/pim/vobject/text.ts';
import { listBlockingKeys, prepare } from '../../kit/items.ts';
import type { BookItem, Books } from './books.ts';

export interface Judged {
  readonly right: number;
  readonly wrong: number;
  readonly pairs: number;
  /** Entries that wait for somebody to look at them. */
  readonly review: number;
  readonly compared: number;
  readonly mistakes: readonly (readonly [ours: BookItem, theirs: BookItem])[];
  readonly missed: readonly (readonly [ours: BookItem, theirs: BookItem])[];
}

export interface Linked {
  readonly links: readonly (readonly [ours: number, theirs: number])[];
  readonly review: number;
  readonly compared: number;
}

export function judged({ ours, theirs, pairs }: Books, { links, review, compared }: Linked): Judged {
  const linked = links.map(([a, b]) => [ours[a], theirs[b]] as [BookItem, BookItem]);
  const wrong = linked.filter(([a, b]) => a.id !== b.id);
  const found = new Set(linked.map(([, b]) => b));
  const missed = theirs.flatMap((b) => {
    const a = found.has(b) ? undefined : ours.find(({ id }) => id === b.id);
    return a === undefined ? [] : [[a, b] as const];
  });
  return {
    right: linked.length - wrong.length,
    wrong: wrong.length,
    pairs,
    review,
    compared,
    mistakes: wrong,
    missed,
  };
}

/** As a first sync does it: the items of one side are there, those of the other come one after the other. */
export function byScore({ ours, theirs }: Books): Linked {
  const prepared = ours.map(({ item }) => prepare(item));
  const candidates = new Candidates(ours.map(({ item }) => listBlockingKeys(item)));
  const taken = new Set<number>();
  const links: [number, number][] = [];
  let [review, compared] = [0, 0];
  theirs.forEach(({ item }, n) => {
    const sent = prepare(item);
    if (sent === undefined) return;
    const found = candidates
      .of(listBlockingKeys(item), (at) => !taken.has(at))
      .map((at) => ({ at, prepared: prepared[at] as Prepared }));
    compared += found.length;
    const { link, review: likely } = decideMatch(sent, found);
    if (likely.length > 0) review += 1;
    if (link === undefined) return;
    taken.add(link.at);
    links.push([link.at, n]);
  });
  return { links, review, compared };
}

/** What servers of this kind do: first and last name, then the e-mail address. */
export function byNameThenMail({ ours, theirs }: Books): Linked {
  const taken = new Set<number>();
  const links: [number, number][] = [];
  for (const keys of [nameKeys, mailKeys]) {
    const index = new Map<string, number[]>();
    ours.forEach((one, n) => {
      for (const key of keys(one)) index.set(key, [...(index.get(key) ?? []), n]);
    });
    theirs.forEach((one, n) => {
      if (links.some(([, b]) => b === n)) return;
      const at = keys(one)
        .flatMap((key) => index.get(key) ?? [])
        .find((a) => !taken.has(a));
      if (at === undefined) return;
      taken.add(at);
      links.push([at, n]);
    });
  }
  return { links, review: 0, compared: 0 };
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
