/** How the head of a log moves with each commit, and when the match index is brought forward beside it. */
import { describe, expect, it } from 'vitest';
import { broughtForward, emptyHead, headAfter, isTail } from '../../../lib/engine/changes/log-heads.ts';
import { Facts, readKey } from '../../../lib/engine/io/facts.ts';
import { type Guid, guid, peerOfDevice, SHARDS, shardOf } from '../../../lib/engine/model/ids.ts';
import { INDEX_TAIL_BYTES, INDEX_TAIL_SECONDS } from '../../../lib/engine/model/limits.ts';
import { entryBytes } from '../../../lib/engine/model/match-entries.ts';
import type { Change, Commit, Head } from '../../../lib/engine/model/records.ts';

const KEYS = { content: 'aaaaA', blocking: 'key1key2' };
const BYTES = entryBytes({ guid: guid('x'), keys: KEYS });
const [ADA, BERTA] = [guid('ada'), guid('berta')];

const change = (op: Change['op'], id: Guid, keys = op === 'delete' ? undefined : KEYS): Change => ({
  ...{ guid: id, op, rev: 1, prevRev: 0 },
  ...(keys && { keys }),
});
const commit = (sequence: number, changes: readonly Change[], at = 0): Commit => ({
  ...{ sequence, id: `c${sequence}`, origin: peerOfDevice('phone'), session: '1', at, changes },
});
const adds = (sequence: number, count = 1, at = 0) =>
  commit(
    sequence,
    Array.from({ length: count }, (_, n) => change('add', guid(`i${sequence}-${n}`))),
    at,
  );
/** As many as make a row due. */
const MANY = Math.floor(INDEX_TAIL_BYTES / BYTES) + 1;

const EMPTY = emptyHead('seed');
const indexOf = (head: Head) => head.index as NonNullable<Head['index']>;
const moveHead = (head: Head, ...commits: readonly Commit[]): Head =>
  commits.reduce((moved, next) => headAfter(moved, next), head);

/** The commits of a step that begins at `before`; `stored`: what the store has of the log. */
function forward(before: Head, commits: readonly Commit[], stored?: readonly Commit[]) {
  const at = { user: 'u', datastore: 'contacts' };
  const from = indexOf(before).sequence + 1;
  const key = readKey({ read: 'commits', ...at, from, to: before.sequence });
  const facts = new Facts(new Map(stored === undefined ? [] : [[key, stored]]));
  const moved = broughtForward({ facts, ...at, before, commits, after: moveHead(before, ...commits) });
  return { moved, facts };
}

describe('the head after a commit', () => {
  it('names the commit, and counts the bytes in the tail and the items', () => {
    const head = moveHead(
      EMPTY,
      adds(1, 2, 7),
      commit(2, [change('delete', ADA), change('replace', BERTA)], 9),
    );
    expect(head).toMatchObject({ sequence: 2, id: 'c2', live: 1 });
    const bytes = 3 * BYTES + entryBytes({ guid: ADA });
    expect(indexOf(head)).toMatchObject({ rows: 0, sequence: 0, tail: bytes, tailSince: 7 });
  });

  it('has no index and counts nothing in a log of before', () => {
    const { live: _, index: __, ...before } = EMPTY;
    expect(moveHead(before, adds(1, 2))).toEqual({ sequence: 1, id: 'c1', version: 0 });
  });

  it('counts during a walk only what stands before the place of the walk', () => {
    const walk = { shard: 3, after: '' };
    const behind = guid('behind-3');
    const ids = Array.from({ length: 100 }, (_, n) => guid(`item-${String.fromCharCode(48 + n)}`));
    const head = (place: typeof walk): Head => ({ ...EMPTY, index: { ...indexOf(EMPTY), walk: place } });
    const counted = (place: typeof walk, id: Guid) =>
      (headAfter(head(place), commit(1, [change('add', id)])).live ?? 0) > 0;
    for (const id of ids) expect(counted(walk, id)).toBe(shardOf(id) < 3);
    expect(SHARDS).toBeGreaterThan(3);
    const shard = shardOf(behind);
    expect(counted({ shard, after: 'behind-2' }, behind)).toBe(false);
    expect(counted({ shard, after: 'behind-3' }, behind)).toBe(true);
    expect(counted({ shard, after: 'behind-4' }, behind)).toBe(true);
  });
});

describe('a row of the index', () => {
  it('is written with the commit that makes the tail too long, and holds all of it in the order of the log', () => {
    const first = adds(1, MANY - 1);
    expect(forward(EMPTY, [first]).moved).toBeUndefined();
    const second = commit(2, [change('replace', ADA), change('delete', BERTA)]);
    const { moved } = forward(moveHead(EMPTY, first), [second], [first]);
    const { guid: _, ...rest } = { guid: '', ...moved?.row };
    expect(rest).toMatchObject({ put: 'index', datastore: 'contacts', epoch: indexOf(EMPTY).epoch, row: 0 });
    expect(moved?.row?.entries).toEqual([...first.changes, ...second.changes]);
    expect(moved?.index).toEqual({
      ...{ epoch: indexOf(EMPTY).epoch, edition: indexOf(EMPTY).edition, rows: 1, entries: MANY + 1 },
      ...{ sequence: 2, id: 'c2', newest: 'c2', tail: 0 },
    });
    expect(moved?.row).toMatchObject({ id: 'c2' });
  });

  it('leaves the walk by which the index is made, and what is to be deleted', () => {
    const open = { walk: { shard: 2, after: 'a' }, old: { epoch: 'o', rows: 4 } };
    const before: Head = { ...EMPTY, index: { ...indexOf(EMPTY), ...open } };
    expect(forward(before, [adds(1, MANY)]).moved?.index).toMatchObject({ rows: 1, sequence: 1, ...open });
  });

  it('is due, however short the tail, when its oldest commit is old', () => {
    const old = adds(1, 1, 1_000);
    const end = 1_000 + INDEX_TAIL_SECONDS * 1_000;
    expect(forward(moveHead(EMPTY, old), [adds(2, 1, end)], [old]).moved).toBeUndefined();
    expect(forward(moveHead(EMPTY, old), [adds(2, 1, end + 1)], [old]).moved?.index.sequence).toBe(2);
  });

  it('begins a new tail, whose age counts from its own first commit', () => {
    const { moved } = forward(EMPTY, [adds(1, MANY, 5)]);
    const head = headAfter(
      { ...moveHead(EMPTY, adds(1, MANY, 5)), index: moved?.index as never },
      adds(2, 1, 80),
    );
    expect(indexOf(head)).toMatchObject({ rows: 1, sequence: 1, tail: BYTES, tailSince: 80 });
  });

  it('holds several commits of one step, those that are stored before them', () => {
    const [stored, ...own] = [adds(1), adds(2), adds(3, MANY)];
    const { moved } = forward(moveHead(EMPTY, stored as Commit), own, [stored as Commit]);
    expect(moved?.row?.entries).toHaveLength(2 + MANY);
    expect(moved?.index).toMatchObject({ sequence: 3, entries: 2 + MANY });
  });

  it('asks for the stored commits, and not where there are none', () => {
    const stored = adds(1);
    const { moved, facts } = forward(moveHead(EMPTY, stored), [adds(2, MANY)]);
    expect(moved).toBeUndefined();
    expect([...facts.missing.values()]).toMatchObject([{ read: 'commits', from: 1, to: 1 }]);
    expect(forward(EMPTY, [adds(1, MANY)]).facts.missing.size).toBe(0);
  });

  it.each([
    ['has expired', []],
    ['is of before the index', [commit(1, [{ ...change('add', ADA), keys: undefined } as never])]],
    ['is another one', [adds(3)]],
  ])('is not written where a stored commit %s', (_, stored) => {
    const { moved } = forward(moveHead(EMPTY, adds(1)), [adds(2, MANY)], stored as Commit[]);
    expect(moved?.row).toBeUndefined();
    // The index is one that has to be made, and no later commit reads the log for it again.
    expect(moved?.index).toMatchObject({ sequence: 2, rows: 0, tail: 0, walk: { shard: 0, after: '' } });
  });

  it('is not due in a log without an index', () => {
    const { index: _, ...before } = EMPTY;
    const head = moveHead(before, adds(1, MANY));
    const log = { facts: new Facts(new Map()), user: 'u', datastore: 'contacts' };
    expect(broughtForward({ ...log, before, after: head, commits: [adds(1, MANY)] })).toBeUndefined();
  });
});

describe('a tail', () => {
  const head = moveHead(EMPTY, adds(1), adds(2));
  const tail = (commits: readonly Commit[]) => isTail(commits, indexOf(head), head);
  it('is all commits behind the rows, with keys', () => {
    expect(tail([adds(1), adds(2)])).toBe(true);
    expect(tail([adds(1), commit(2, [change('delete', ADA)])])).toBe(true);
  });
  it.each([
    ['none', []],
    ['the newest only', [adds(2)]],
    ['a gap', [adds(1), adds(3)]],
    ['another order', [adds(2), adds(1)]],
    ['of another log: a commit names another one before it', [adds(1), { ...adds(2), prev: 'other' }]],
    ['of another log: the newest is not that of the head', [adds(1), { ...adds(2), id: 'other' }]],
    ['one without keys', [adds(1), commit(2, [{ ...change('add', ADA), keys: undefined } as never])]],
  ])('is not %s', (_, commits) => {
    expect(tail(commits as Commit[])).toBe(false);
  });
});
