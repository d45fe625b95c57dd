/** Bugs in the match index. In these stories it breaks, and is made anew. */

import { entriesIn, type MatchEntry, packEntries } from '../../../../lib/engine/model/match-entries.ts';
import type { Head } from '../../../../lib/engine/model/records.ts';
import type { Row, Write } from '../../../../lib/store/port/port.ts';
import type { Bug } from '../bug.ts';
import { rowPut, type SpoilWrite, spoiledWrites, withAttributes } from '../spoiled-writes.ts';
import { PLAIN, story } from '../tells.ts';

const layer = 'match index';
const tell = story({ ...PLAIN, broken: true });

type Edit = (entries: readonly MatchEntry[]) => readonly MatchEntry[];

function withEntries(write: Write, edit: Edit): Write {
  if (write.op !== 'put' || write.row.blob === undefined) return write;
  return { ...write, row: { ...write.row, blob: packEntries(edit(entriesIn(write.row.blob))) } };
}

/** Keys that no item has. */
const keyless: Edit = (entries) =>
  entries.map(({ guid, keys }) => ({ guid, ...(keys && { keys: { content: '', blocking: '' } }) }));
const withoutLast: Edit = (entries) => entries.slice(0, -1);

const rowOfIndex = (all: readonly Write[]): Row | undefined =>
  all.flatMap((write) => rowPut(write, /^X#/) ?? [])[0];
const hasCommit = (all: readonly Write[]): boolean => all.some((other) => rowPut(other, /^C#/) !== undefined);

/** The walk ends at the newest commit, not at the one where it began. */
const walkedToo: SpoilWrite = (write) => {
  const row = rowPut(write, /^H$/);
  const { sequence, id, index } = (row?.attributes ?? {}) as Partial<Head>;
  if (row === undefined || index?.walk === undefined || sequence === undefined) return write;
  return withAttributes(write, row, { index: { ...index, sequence, ...(id && { id }) } as never });
};

export const MATCH_INDEX_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell, seeds: [3] },
    name: 'the tail is not read: commits have no keys of their items',
    plants: [
      spoiledWrites((write, all) =>
        rowPut(write, /^C#/) && rowOfIndex(all) === undefined ? withEntries(write, keyless) : write,
      ),
    ],
  },
  {
    ...{ layer, tell, seeds: [12] },
    name: 'a row of the index lacks the last item of the newest commit',
    plants: [
      spoiledWrites((write, all) =>
        rowPut(write, /^X#/) && hasCommit(all) ? withEntries(write, withoutLast) : write,
      ),
    ],
  },
  {
    ...{ layer, tell, seeds: [2] },
    name: 'a walk skips the item at the border of a page',
    plants: [
      spoiledWrites((write, all) =>
        rowPut(write, /^X#/) && !hasCommit(all) ? withEntries(write, withoutLast) : write,
      ),
    ],
  },
  {
    ...{ layer, tell, seeds: [479, 825] },
    name: 'a commit that is made during a walk is not behind it',
    plants: [spoiledWrites(walkedToo)],
  },
];
