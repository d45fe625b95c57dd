/** Bugs in what is written, and on which condition. */
import { peerOfDevice } from '../../../../lib/engine/model/ids.ts';
import type { SessionState } from '../../../../lib/engine/model/session-state.ts';
import type { Key, Row, Store, Write } from '../../../../lib/store/port/port.ts';
import { anchorKey } from '../../../../lib/store/rows/keys.ts';
import { unpackJson } from '../../../../lib/store/rows/pack.ts';
import type * as Sqlite from '../../../../lib/store/sqlite/store.ts';
import type * as MemoryStore from '../../../kit/memory-store.ts';
import { type Bug, plant } from '../bug.ts';
import { smallPortions } from '../small-portions.ts';
import { isAt, rowPut, type SpoilWrite, spoiledWrites, withAttributes } from '../spoiled-writes.ts';
import { PLAIN, sqliteStory, story } from '../tells.ts';

const layer = 'store';
const tell = story(PLAIN);

/** Written on any condition, where the sort key is such. */
const uncondition =
  (sk: RegExp): SpoilWrite =>
  (write) =>
    rowPut(write, sk) === undefined ? write : ({ ...write, condition: 'any' } as Write);

interface Moved {
  readonly key: Key;
  readonly attributes: Row['attributes'];
}

/** The log position that will be valid when the session ends, for every datastore that is being told of changes. */
function early(all: readonly Write[]): Moved[] {
  return all.flatMap((write) => {
    const row = rowPut(write, /^S$/);
    if (row === undefined) return [];
    const { user, device, datastores } = unpackJson(row.blob) as SessionState;
    return datastores.flatMap(({ name, outgoing: { snapshot }, progress }) => {
      if (snapshot === undefined || progress === 'finished') return [];
      const key = anchorKey({ user, datastore: name }, peerOfDevice(device));
      return [{ key, attributes: { sequence: snapshot } }];
    });
  });
}

const anchorEarly: SpoilWrite = (write, all) => {
  const moved = early(all).find(({ key }) => isAt(key, write));
  const row = rowPut(write, /^A#/);
  return moved === undefined || row === undefined ? write : withAttributes(write, row, moved.attributes);
};
const anchorsMovedToo = (all: readonly Write[]): Write[] =>
  early(all)
    .filter(({ key }) => !all.some((write) => isAt(key, write)))
    .map(({ key, attributes }) => ({ op: 'set', key, attributes, condition: 'exists' }));

/** Later than any story, in seconds. */
const NEVER = Date.UTC(2100, 0, 1) / 1_000;

async function oneByOne(store: Store, writes: readonly Write[]): Promise<'committed' | 'conflict'> {
  for (const write of writes) if ((await store.transact([write])) === 'conflict') return 'conflict';
  return 'committed';
}

export const STORE_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell, seeds: [23] },
    name: 'a reply is not stored',
    plants: [spoiledWrites((write) => (rowPut(write, /^R$/) === undefined ? write : undefined))],
  },
  {
    ...{ layer, tell, seeds: [9] },
    name: 'a commit is written without condition',
    plants: [spoiledWrites(uncondition(/^(C#|H$)/))],
  },
  {
    ...{ layer, tell, seeds: [31, 9] },
    name: 'an item is written without condition',
    // The head's version guards the items, too.
    plants: [spoiledWrites(uncondition(/^(I#|H$)/))],
  },
  {
    ...{ layer, tell, seeds: [70] },
    name: 'an anchor moves before the client has answered',
    plants: [spoiledWrites(anchorEarly, anchorsMovedToo)],
  },
  {
    ...{ layer, tell, seeds: [0] },
    name: 'what a commit replaced is not kept as a version',
    plants: [spoiledWrites((write) => (rowPut(write, /^V#/) === undefined ? write : undefined))],
  },
  {
    ...{ layer, tell: story({ ...PLAIN, parts: true, rich: false }), seeds: [5] },
    name: 'of a long text the last part is not written',
    plants: [
      spoiledWrites((write) => {
        const row = rowPut(write, /^B#/);
        return row !== undefined && !row.sk.endsWith('#0') ? undefined : write;
      }),
    ],
  },
  {
    ...{ layer, tell: story({ ...PLAIN, parts: true, rich: false }), seeds: [0] },
    name: 'the text of an item expires with the version that had it before',
    plants: [
      spoiledWrites((write) => {
        const row = rowPut(write, /^B#/);
        return row === undefined ? write : ({ ...write, row: { ...row, expires: NEVER } } as Write);
      }),
    ],
  },
  {
    ...{ layer, tell: sqliteStory, seeds: [0] },
    name: 'SQLite: what was written before a condition failed stays',
    plants: [
      plant<typeof Sqlite>('lib/store/sqlite/store.ts', ({ sqliteStore }) => ({
        sqliteStore: (options) => {
          const store = sqliteStore(options);
          return { ...store, transact: (writes) => oneByOne(store, writes) };
        },
      })),
    ],
  },
  {
    ...{ layer, tell: story({ ...PLAIN, broken: true }), seeds: [2] },
    name: 'a page of rows begins one row too late',
    plants: [
      smallPortions,
      plant<typeof MemoryStore>('test/kit/memory-store.ts', (own) => ({
        memoryStore: (options) => {
          const store = own.memoryStore(options);
          const query: Store['query'] = async (range) => {
            const page = await store.query(range);
            return range.after === undefined ? page : { ...page, rows: page.rows.slice(1) };
          };
          return { ...store, query };
        },
      })),
    ],
  },
];
