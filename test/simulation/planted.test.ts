/**
 * The simulation can fail: bugs planted by spoiling what is written, each of which it must find. Nothing in the
 * product knows of them.
 */
import { describe, expect, it } from 'vitest';
import { peerOfDevice } from '../../lib/engine/model/ids.ts';
import type { Luids } from '../../lib/engine/model/luids.ts';
import { entriesIn, type MatchEntry, packEntries } from '../../lib/engine/model/match-entries.ts';
import type { Head } from '../../lib/engine/model/records.ts';
import type { SessionState } from '../../lib/engine/model/session-state.ts';
import type { Key, Row, Store, Write } from '../../lib/store/port/port.ts';
import { anchorKey } from '../../lib/store/rows/keys.ts';
import { packJson, unpackJson } from '../../lib/store/rows/pack.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { seedThatFinds } from './planted-seeds.ts';
import { runStory } from './story.ts';
import type { WorldOptions } from './world.ts';

/** Seeds within which a bug must be found, as long as `npm run simulate` tells them. */
const SEEDS = 1_000;
const STEPS = 40;

type Spoil = (write: Write, all: readonly Write[]) => Write | undefined;

const puts = (write: Write, sk: RegExp): Row | undefined =>
  write.op === 'put' && sk.test(write.row.sk) ? write.row : undefined;
const changed = (write: Write, row: Row, attributes: Row['attributes']): Write =>
  ({ ...write, row: { ...row, attributes: { ...row.attributes, ...attributes } } }) as Write;
const isAt = (key: Key, write: Write): boolean => {
  const own = 'row' in write ? write.row : write.key;
  return own.table === key.table && own.pk === key.pk && own.sk === key.sk;
};

/** The log position that will be valid when the session ends, for every datastore that is being told of changes. */
function early(all: readonly Write[]): { key: Key; attributes: Row['attributes'] }[] {
  return all.flatMap((write) => {
    const row = puts(write, /^S$/);
    if (row === undefined) return [];
    const { user, device, datastores } = unpackJson(row.blob) as SessionState;
    return datastores.flatMap(({ name, outgoing: { snapshot }, progress }) => {
      if (snapshot === undefined || progress === 'finished') return [];
      const key = anchorKey({ user, datastore: name }, peerOfDevice(device));
      return [{ key, attributes: { sequence: snapshot } }];
    });
  });
}

/** Each with seeds that found it. */
const BUGS: { readonly [name: string]: readonly [seeds: readonly number[], spoil: Spoil] } = {
  'a reply that is not stored': [[23], (write) => (puts(write, /^R$/) === undefined ? write : undefined)],
  'a commit without condition': [
    [5],
    (write) => (puts(write, /^(C#|H$)/) === undefined ? write : ({ ...write, condition: 'any' } as Write)),
  ],
  'a change that forgets where it came from': [
    [103],
    (write) => {
      const row = puts(write, /^(C#|I#)/);
      return row === undefined ? write : changed(write, row, { origin: 'nobody' });
    },
  ],
  'an item that is written without condition': [
    [9],
    // The head's version guards the items, too.
    (write) => (puts(write, /^(I#|H$)/) === undefined ? write : ({ ...write, condition: 'any' } as Write)),
  ],
  'a merge that its author is not told of': [
    [50],
    (write) => {
      const row = puts(write, /^(C#|I#)/);
      if (row === undefined) return write;
      const { differs: _, changes, ...attributes } = row.attributes;
      const told = Array.isArray(changes) && {
        changes: changes.map((one) => String(one).replace('*', '')),
      };
      return { ...write, row: { ...row, attributes: { ...attributes, ...told } } } as Write;
    },
  ],
  'a Map that is not kept': [
    [1],
    (write) => (write.op === 'set' && /^I#/.test(write.key.sk) ? undefined : write),
  ],
};

/** Each with seeds that found it. The stories are those in which the match index breaks. */
const INDEX_BUGS: { readonly [name: string]: readonly [seeds: readonly number[], spoil: Spoil] } = {
  'a tail that is not read: commits without the keys of their items': [
    [3],
    (write, all) =>
      puts(write, /^C#/) && rowOfIndex(all) === undefined ? withEntries(write, keyless) : write,
  ],
  'a row of the index that lacks the last item of the newest commit': [
    [12],
    (write, all) =>
      puts(write, /^X#/) && all.some((other) => puts(other, /^C#/))
        ? withEntries(write, (entries) => entries.slice(0, -1))
        : write,
  ],
  'a walk that skips the item at the border of a page': [
    [2],
    (write, all) =>
      puts(write, /^X#/) && !all.some((other) => puts(other, /^C#/))
        ? withEntries(write, (entries) => entries.slice(0, -1))
        : write,
  ],
  'a commit that is made during a walk, and is not behind it': [
    [479, 825],
    (write) => {
      const row = puts(write, /^H$/);
      const { sequence, id, index } = (row?.attributes ?? {}) as Partial<Head>;
      if (row === undefined || index?.walk === undefined || sequence === undefined) return write;
      return changed(write, row, { index: { ...index, sequence, ...(id && { id }) } as never });
    },
  ],
  'an early Map that counts as naming': [[49], mapNames],
};

/** Stories without what came to them later. */
const PLAIN = { restored: false, copies: false, small: false, parts: false };

/** Each with seeds that found it. The devices of the stories restore backups. */
const COPY_BUGS: { readonly [name: string]: readonly [seeds: readonly number[], spoil: Spoil] } = {
  'a mapping that keeps one LUID of an item': [[6], keepFirst],
};

/** Of several LUIDs under which a peer holds an item the first one is written. */
function keepFirst(write: Write): Write {
  const only = (luids: unknown): Luids =>
    JSON.parse(JSON.stringify(luids), (_, one) => (Array.isArray(one) ? one[0] : one));
  if (write.op === 'set' && /^I#/.test(write.key.sk))
    return { ...write, attributes: { ...write.attributes, luids: only(write.attributes.luids) } };
  const row = puts(write, /^I#/);
  return row === undefined ? write : changed(write, row, { luids: only(row.attributes.luids) });
}

/** Each with seeds that found it. The stories are those with large objects. */
const PART_BUGS: { readonly [name: string]: readonly [seeds: readonly number[], spoil: Spoil] } = {
  'a chunk that counts as confirmed when it is sent': [
    [35],
    (write) => {
      const row = puts(write, /^S$/);
      if (row === undefined) return write;
      const state = unpackJson(row.blob) as SessionState;
      for (const { outgoing } of state.datastores)
        if (outgoing.object !== undefined) outgoing.object.confirmed = outgoing.object.sent;
      return { ...write, row: { ...row, blob: packJson(state) } } as Write;
    },
  ],
};

const rowOfIndex = (all: readonly Write[]): Row | undefined =>
  all.flatMap((write) => puts(write, /^X#/) ?? [])[0];

type Edit = (entries: readonly MatchEntry[]) => readonly MatchEntry[];

function withEntries(write: Write, edit: Edit): Write {
  if (write.op !== 'put' || write.row.blob === undefined) return write;
  return { ...write, row: { ...write.row, blob: packEntries(edit(entriesIn(write.row.blob))) } };
}

/** Keys that no item has. */
const keyless: Edit = (entries) =>
  entries.map(({ guid, keys }) => ({ guid, ...(keys && { keys: { content: '', blocking: '' } }) }));

/** A LUID that is noted in the settled generation during a comparison counts in the new one, too. */
function mapNames(write: Write, all: readonly Write[]): Write | undefined {
  if (write.op !== 'set' || !/^I#/.test(write.key.sk)) return write;
  const session = all.flatMap((other) => puts(other, /^S$/) ?? [])[0];
  if (session === undefined) return write;
  const { device, datastores } = unpackJson(session.blob) as SessionState;
  const [compared] = datastores.filter(({ kind, progress }) => kind === 'slow' && progress === 'receiving');
  const { generation = 0, settled = 0 } = compared?.mapping ?? {};
  const luids = write.attributes.luids as Luids;
  const own = luids[peerOfDevice(device)] ?? {};
  const luid = own[settled];
  if (luid === undefined || own[generation] !== undefined) return write;
  const named = { ...luids, [peerOfDevice(device)]: { ...own, [generation]: luid } };
  return { ...write, attributes: { ...write.attributes, luids: named } };
}

/** `extra`: writes that the bug adds. */
function spoiledStore(spoil: Spoil, extra: (all: readonly Write[]) => Write[] = () => []): Store {
  const store = sqliteStore({ file: ':memory:' });
  const transact: Store['transact'] = (writes) => {
    const spoiled = writes.flatMap((write) => spoil(write, writes) ?? []);
    return store.transact([...spoiled, ...extra(writes)]);
  };
  return { ...store, transact };
}

/** An anchor that is valid before the client has answered. */
const anchorEarly: Spoil = (write, all) => {
  const moved = early(all).find(({ key }) => isAt(key, write));
  const row = puts(write, /^A#/);
  return moved === undefined || row === undefined ? write : changed(write, row, moved.attributes);
};
const moveAnchors = (all: readonly Write[]): Write[] =>
  early(all)
    .filter(({ key }) => !all.some((write) => isAt(key, write)))
    .map(({ key, attributes }) => ({ op: 'set', key, attributes, condition: 'exists' }));

/** The seed that finds a bug of the store. */
const seedOn = (
  open: () => Store,
  known: readonly number[],
  options: WorldOptions = { ...PLAIN, broken: false },
): Promise<number> =>
  seedThatFinds(known, SEEDS, (seed) => runStory(seed, { ...options, store: open(), steps: STEPS }));

describe('the simulation finds', () => {
  const found = (
    bugs: { readonly [name: string]: readonly [seeds: readonly number[], spoil: Spoil] },
    options?: WorldOptions,
  ): void =>
    it.each(Object.entries(bugs))(
      '%s',
      async (_, [known, spoil]) => {
        expect(await seedOn(() => spoiledStore(spoil), known, options)).toBeLessThanOrEqual(SEEDS);
      },
      300_000,
    );

  found(BUGS);
  found(INDEX_BUGS, { ...PLAIN, broken: true });
  found(COPY_BUGS, { ...PLAIN, broken: false, copies: true });
  found(PART_BUGS, { ...PLAIN, broken: false, parts: true });

  it('an anchor that moves before the client has answered', async () => {
    const open = () => spoiledStore(anchorEarly, moveAnchors);
    expect(await seedOn(open, [70])).toBeLessThanOrEqual(SEEDS);
  }, 300_000);
});
