/** Bugs in what is written, and on which condition. */
import { peerOfDevice } from '../../../../lib/engine/model/ids.ts';
import type { SessionState } from '../../../../lib/engine/model/session-state.ts';
import type { Key, Row, Write } from '../../../../lib/store/port/port.ts';
import { anchorKey } from '../../../../lib/store/rows/keys.ts';
import { unpackJson } from '../../../../lib/store/rows/pack.ts';
import type { Bug } from '../bug.ts';
import { isAt, rowPut, type SpoilWrite, spoiledWrites, withAttributes } from '../spoiled-writes.ts';
import { PLAIN, story } from '../tells.ts';

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

export const STORE_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell, seeds: [23] },
    name: 'a reply is not stored',
    plants: [spoiledWrites((write) => (rowPut(write, /^R$/) === undefined ? write : undefined))],
  },
  {
    ...{ layer, tell, seeds: [5] },
    name: 'a commit is written without condition',
    plants: [spoiledWrites(uncondition(/^(C#|H$)/))],
  },
  {
    ...{ layer, tell, seeds: [9] },
    name: 'an item is written without condition',
    // The head's version guards the items, too.
    plants: [spoiledWrites(uncondition(/^(I#|H$)/))],
  },
  {
    ...{ layer, tell, seeds: [70] },
    name: 'an anchor moves before the client has answered',
    plants: [spoiledWrites(anchorEarly, anchorsMovedToo)],
  },
];
