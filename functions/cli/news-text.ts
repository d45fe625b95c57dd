/** What is new in a datastore, for a terminal, and the place in its log as a word: `12:aFh3_k-9xQ`. */
import type { News } from '../../lib/app/feed.ts';
import { changeTable } from './change-table.ts';
import { UsageError } from './options.ts';

export const newsText = ({ changes, place, anew }: News): string =>
  [
    ...(anew ? ['all items; others are gone'] : []),
    changeTable(changes),
    `next place: ${place.sequence}${place.id === undefined ? '' : `:${place.id}`}`,
  ].join('\n');

/** Throws a UsageError for what is no place. */
export function placeOf(word: string): News['place'] {
  const [, sequence, id] = /^(\d+)(?::([\w-]+))?$/.exec(word) ?? [];
  if (sequence === undefined) throw new UsageError(`"${word}" is no place. The first one is start.`);
  return { sequence: Number(sequence), ...(id !== undefined && { id }) };
}
