/** Whether a place in a log, and a stamp, still fit what the store has. */
import { describe, expect, it } from 'vitest';
import { emptyHead } from '../../../lib/engine/changes/log-heads.ts';
import { isInLog, isStamped, standingAt } from '../../../lib/engine/changes/standing.ts';
import { Facts, type Read, readKey } from '../../../lib/engine/io/facts.ts';
import { peerOfDevice } from '../../../lib/engine/model/ids.ts';
import type { Commit, Head } from '../../../lib/engine/model/records.ts';
import { MAX_STAMPS, stampedPeer, stampOf, withStamp } from '../../../lib/engine/model/standing.ts';

const AT = { user: 'u', datastore: 'contacts' };
const PHONE = peerOfDevice('phone');

/** The head, and the commit behind the place, as they were read. */
function factsOf(head: Partial<Head> | undefined, next?: Partial<Commit>): Facts {
  const known: [Read, unknown][] = [[{ read: 'head', ...AT }, head]];
  const { sequence = 6 } = next ?? {};
  if (next !== undefined)
    known.push([
      { read: 'commits', ...AT, from: sequence, to: sequence },
      next.changes === undefined ? [next] : [],
    ]);
  return new Facts(new Map(known.map(([read, answer]) => [readKey(read), answer])));
}

describe('a place', () => {
  it.each([
    ['at the head', { sequence: 5, id: 'five' }, undefined, true],
    ['at a head of another id', { sequence: 5, id: 'other' }, undefined, false],
    ['at a head that has no id any more', { sequence: 5 }, undefined, false],
    ['beyond the head', { sequence: 4, id: 'four' }, undefined, false],
    ['where there is no log', undefined, undefined, false],
    ['that the next commit names', { sequence: 7, id: 'seven' }, { sequence: 6, prev: 'five' }, true],
    [
      'behind which the log is another one',
      { sequence: 7, id: 'seven' },
      { sequence: 6, prev: 'other' },
      false,
    ],
    ['behind which a commit of before stands', { sequence: 7, id: 'seven' }, { sequence: 6 }, true],
    ['behind which a commit expired', { sequence: 7, id: 'seven' }, { sequence: 6, changes: [] }, false],
  ])('%s', (_, head, next, is) => {
    const facts = factsOf(head, next as Partial<Commit>);
    expect(isInLog(facts, AT, { sequence: 5, id: 'five' })).toBe(is);
    expect(facts.missing.size).toBe(0);
  });

  it('at the beginning counts in any log, and asks for nothing', () => {
    const facts = new Facts(new Map());
    expect(isInLog(facts, AT, { sequence: 0 })).toBe(true);
    expect(facts.missing.size).toBe(0);
  });

  it('of before, without an id, counts if the log is long enough', () => {
    expect(isInLog(factsOf({ sequence: 5, id: 'x' }), AT, { sequence: 5 })).toBe(true);
    expect(isInLog(factsOf({ sequence: 4, id: 'x' }), AT, { sequence: 5 })).toBe(false);
  });

  it('counts while reads are missing', () => {
    const facts = factsOf({ sequence: 7, id: 'seven' });
    expect(isInLog(facts, AT, { sequence: 5, id: 'five' })).toBe(true);
    expect([...facts.missing.values()]).toMatchObject([{ read: 'commits', from: 6, to: 6 }]);
  });
});

describe('a stamp', () => {
  const stamp = { peer: stampedPeer(PHONE), generation: 2, id: 'mine' };
  const others = Array.from({ length: MAX_STAMPS }, (_, n) => ({ ...stamp, peer: `p${n}` }));

  it.each([
    ['the same', [stamp], 'mine', true],
    ['another one', [{ ...stamp, id: 'other' }], 'mine', false],
    ['one that is gone', [], 'mine', false],
    ['one that the device does not know', [stamp], undefined, false],
    ['none on either side', [], undefined, true],
    ['one that had to go, because there are so many devices', others, 'mine', true],
  ])('%s', (_, stamps, known, is) => {
    expect(isStamped(factsOf({ stamps }), AT, PHONE, known)).toBe(is);
  });

  it('is renewed at the end; the one that was renewed least recently goes', () => {
    const stamps = withStamp({ stamps: others }, stamp);
    expect(stamps).toHaveLength(MAX_STAMPS);
    expect(stamps.at(-1)).toEqual(stamp);
    expect(stamps.map(({ peer }) => peer)).not.toContain('p0');
    expect(withStamp({ stamps }, { ...stamp, id: 'new' }).filter(({ peer }) => peer === stamp.peer)).toEqual([
      { ...stamp, id: 'new' },
    ]);
  });

  it('stands with the newest commit', () => {
    const head: Head = { ...emptyHead('seed'), sequence: 5, id: 'five', stamps: [stamp] };
    expect(stampOf(head, PHONE)).toEqual(stamp);
    expect(standingAt(head, PHONE)).toEqual({ sequence: 5, id: 'five', stamp: 'mine' });
    expect(standingAt(undefined, PHONE)).toEqual({ sequence: 0 });
  });
});
