/** The change set by itself: what it says of an item, what is tied, and that a rollback forgets nothing. */
import { describe, expect, it } from 'vitest';
import { ChangeSet } from '../../../lib/engine/changes/change-set.ts';
import { planTransactions } from '../../../lib/engine/changes/transactions.ts';
import { Facts } from '../../../lib/engine/io/facts.ts';
import { guid, luid, peerOfDevice } from '../../../lib/engine/model/ids.ts';
import { UNPACKED } from '../../../lib/engine/model/mapping-pairs.ts';
import { Content } from '../../../lib/pim/content.ts';
import { vcard } from '../../kit/drafts.ts';

const DATASTORE = 'contacts';
const [ADA, BERTA, CARL, DORA] = [guid('ada'), guid('berta'), guid('carl'), guid('dora')];
const MAPPING = { packing: UNPACKED, datastore: DATASTORE, generation: 2 };
const REPLACED = { reason: 'replaced' } as const;
const card = (name: string) => Content.ofText('text/vcard', vcard(name));
const review = { other: BERTA, score: 3, reasons: ['same-name'] };

const changeSet = () =>
  new ChangeSet(new Facts(new Map()), {
    user: 'u',
    peer: peerOfDevice('phone'),
    session: '1',
    now: 7,
    seed: 's',
  });

const EDITS: [string, (changes: ChangeSet) => void][] = [
  ['a new content', (changes) => changes.putContent(DATASTORE, ADA, card('Ada 2'), REPLACED)],
  ['a deletion', (changes) => changes.putContent(DATASTORE, ADA, undefined, { reason: 'deleted' })],
  ['what a peer sent', (changes) => changes.keepSent(DATASTORE, ADA, card('Ida'), 'refused')],
  ['a review', (changes) => changes.putReviews(DATASTORE, ADA, [review])],
  ['LUIDs', (changes) => changes.putLuids(DATASTORE, ADA, { 'd:phone': { 2: luid('8') } })],
  ['a mapping', (changes) => changes.putMapping(MAPPING, luid('9'), ADA)],
  ['a mapping that was another item’s', (changes) => changes.putMapping(MAPPING, luid('1'), BERTA)],
  ['a sequence', (changes) => changes.putSequence(DATASTORE, ADA, 5)],
  ['a tie', (changes) => changes.tie(DATASTORE, ADA, BERTA)],
  ['an item that was not touched before', (changes) => changes.putReviews(DATASTORE, CARL, [review])],
];

describe('a savepoint of the change set', () => {
  it.each(EDITS)('sees and takes back %s', (_, edit) => {
    const changes = changeSet();
    changes.putContent(DATASTORE, ADA, card('Ada'), REPLACED);
    changes.putMapping(MAPPING, luid('1'), ADA);
    const before = structuredClone(changes.all);
    const saved = changes.savepoint();
    expect(saved.touched()).toEqual([]);
    edit(changes);
    expect(saved.touched().length).toBeGreaterThan(0);
    expect(changes.all).not.toEqual(before);
    saved.rollback();
    expect(changes.all).toEqual(before);
    expect(saved.touched()).toEqual([]);
    expect([changes.mappedTo(MAPPING, luid('1')), changes.mappedTo(MAPPING, luid('9'))]).toEqual([[ADA], []]);
  });

  it('can be taken back twice', () => {
    const changes = changeSet();
    const saved = changes.savepoint();
    for (let n = 0; n < 2; n += 1) {
      changes.putContent(DATASTORE, ADA, card('Ada'), REPLACED);
      saved.rollback();
    }
    expect(changes.all).toEqual([]);
  });
});

describe('tied items', () => {
  const tied = (changes: ChangeSet) => changes.tiedTo(DATASTORE, ADA).map(({ item }) => item.guid);

  it('of two groups become one group when one of each is tied', () => {
    const changes = changeSet();
    for (const one of [ADA, BERTA, CARL, DORA]) changes.putContent(DATASTORE, one, card(one), REPLACED);
    changes.tie(DATASTORE, ADA, BERTA);
    changes.tie(DATASTORE, CARL, DORA);
    expect(tied(changes)).toEqual([ADA, BERTA]);
    changes.tie(DATASTORE, DORA, BERTA);
    expect(tied(changes)).toEqual([ADA, BERTA, CARL, DORA]);
  });

  it('are those of their datastore', () => {
    const changes = changeSet();
    changes.putContent('notes', BERTA, card('Berta'), REPLACED);
    changes.putContent(DATASTORE, ADA, card('Ada'), REPLACED);
    changes.tie(DATASTORE, ADA, CARL);
    changes.tie('notes', BERTA);
    expect(tied(changes)).toEqual([ADA, CARL]);
  });
});

describe('planned transactions', () => {
  it('tell the items the sequence of their commit', () => {
    const changes = changeSet();
    changes.putContent(DATASTORE, ADA, card('Ada'), REPLACED);
    changes.putReviews(DATASTORE, ADA, [review]);
    const { transactions, heads } = planTransactions(changes);
    expect(transactions.map((puts) => puts.map(({ put }) => put))).toEqual([
      ['commit', 'head', 'item', 'review'],
    ]);
    expect(heads.get(DATASTORE)).toMatchObject({ sequence: 1, live: 1, version: 1 });
    expect(changes.itemAt(DATASTORE, ADA)?.sequence).toBe(1);
  });
});
