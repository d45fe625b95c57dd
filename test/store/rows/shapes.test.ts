/**
 * The tripwire on what is persisted: rows outlive a deployment, so a shape changes only with its version, and the
 * reader goes on taking the older one. A session of an older shape is dropped: its client begins again.
 */
import { describe, expect, it } from 'vitest';
import { putCrmChange } from '../../../lib/app/ingest.ts';
import { guid, luid, peerOfDevice } from '../../../lib/engine/model/ids.ts';
import type {
  Account,
  Anchor,
  Commit,
  Head,
  IndexState,
  Item,
  ItemVersion,
  Review,
} from '../../../lib/engine/model/records.ts';
import { Content, type StoredContent } from '../../../lib/pim/content.ts';
import type { Fields } from '../../../lib/store/rows/fields.ts';
import * as shapes from '../../../lib/store/rows/shapes.ts';
import { watchedServer } from '../../engine/steps.ts';
import { devInf } from '../../kit/drafts.ts';

const [G, P] = [guid('a-guid'), peerOfDevice('phone')];
const row: StoredContent = { type: 'text/vcard', hash: 'h', size: 4, key: 'k', about: 'n' };
const content = Content.ofRow(row, () => 'body');
const item: Item = {
  ...{ guid: G, content, rev: 3, sequence: 9, origin: P, differs: true, sent: { 'd:laptop': 'h2' }, at: 1 },
  ...{ luids: { [P]: { 1: [luid('7')], 2: [luid('8'), luid('9')] } }, version: 5 },
};
const version: ItemVersion = {
  ...{
    guid: G,
    rev: 2,
    content,
    origin: P,
    sequence: 8,
    differs: true,
    at: 1,
    reason: 'replaced',
    by: P,
    byAt: 2,
  },
};
const [G1, G2] = [guid('ABCDEFGHIJKLMNOPQRST01'), guid('ABCDEFGHIJKLMNOPQRST02')];
const commit: Commit = {
  ...{ sequence: 9, id: 'id', prev: 'before', origin: P, session: '1', at: 1 },
  changes: [
    {
      guid: G1,
      op: 'replace',
      rev: 3,
      prevRev: 2,
      differs: true,
      keys: { content: 'abcd4', blocking: 'AAAABBBB' },
    },
    { guid: G2, op: 'delete', rev: 4, prevRev: 3 },
  ],
};
const index: IndexState = {
  ...{ epoch: 'e', rows: 2, newest: 'r', entries: 5, sequence: 7, id: 'id7', tail: 90, tailSince: 1 },
  ...{ walk: { shard: 3, after: 'a' }, old: { epoch: 'o', rows: 4 } },
};
const stamps = [{ peer: 'hash', generation: 2, id: 's' }];
const head: Head = { sequence: 9, id: 'id', live: 3, index, stamps, version: 9 };
const anchor: Anchor = {
  ...{ last: 'l', next: 'n', sequence: 9, generation: 1, used: 2, version: 4 },
  ...{ standing: { sequence: 9, id: 'id', stamp: 's' }, open: true },
  resend: [
    { guid: G, why: 'map' },
    { guid: G, why: 'error', since: 8 },
    { guid: guid('b-guid'), why: 'error' },
  ],
  previous: { last: 'p', sequence: 8 },
  beginning: { message: '7 tag', sequence: 4 },
  packing: { from: 1, generation: 2, rows: [1, 0] },
  session: '7',
  database: './card',
  listedProperties: ['N', 'TEL'],
  sentProperties: ['FN', 'N'],
  gotExceptions: true,
  datesUntil: '20271130',
  formHash: 'c',
};
const account: Account = {
  login: 'anna',
  user: 'u1',
  verifier: 'v',
  san: 's',
  policies: { notes: 'keep-both' },
};

/** Attributes of one sample of each shape, and whether a blob lies beside them. */
const review: Review = {
  guid: G,
  other: guid('G2'),
  score: 3,
  reasons: ['same-name'],
  by: P,
  at: 1,
};
const SAMPLES: { readonly [name: string]: Fields } = {
  item: shapes.itemFields(item, 0),
  'item in parts': shapes.itemFields(
    { ...item, content: Content.ofRow({ ...row, blockingKeys: 'm' }, () => 'body') },
    2,
  ),
  version: shapes.versionFields(version, 0),
  commit: shapes.commitFields(commit),
  head: shapes.headFields(head),
  anchor: shapes.anchorFields(anchor),
  device: shapes.deviceFields({ devInf: devInf(), nonce: 'n', challenge: 'c', version: 1 }),
  mapping: shapes.mappingFields(G),
  review: shapes.reviewFields(review),
  account: shapes.accountFields(account),
};
const PEER = 'd:phone';
const PINNED: { readonly [name: string]: { readonly [attribute: string]: unknown } } = {
  item: {
    ...{
      f: 3,
      rev: 3,
      seq: 9,
      by: PEER,
      differs: true,
      at: 1,
      luids: { [PEER]: { 1: '7', 2: ['8', '9'] } },
      sent: { 'd:laptop': 'h2' },
    },
    ...{ type: 'text/vcard', hash: 'h', size: 4, key: 'k', about: 'n', text: 'body' },
  },
  'item in parts': {
    ...{
      f: 3,
      rev: 3,
      seq: 9,
      by: PEER,
      differs: true,
      at: 1,
      luids: { [PEER]: { 1: '7', 2: ['8', '9'] } },
      sent: { 'd:laptop': 'h2' },
    },
    ...{ type: 'text/vcard', hash: 'h', size: 4, key: 'k', about: 'n', marks: 'm', parts: 2 },
  },
  version: {
    ...{ f: 2, guid: 'a-guid', rev: 2, origin: PEER, seq: 8, differs: true, at: 1 },
    ...{ reason: 'replaced', by: PEER, byAt: 2 },
    ...{ type: 'text/vcard', hash: 'h', size: 4, key: 'k', about: 'n', text: 'body' },
  },
  review: { f: 1, guid: 'a-guid', other: 'G2', score: 3, reasons: ['same-name'], by: PEER, at: 1 },
  commit: { f: 4, id: 'id', prev: 'before', origin: PEER, session: '1', at: 1, changes: ['r* 3', 'd 4'] },
  head: { f: 3, sequence: 9, id: 'id', live: 3, index, stamps: ['hash 2 s'] },
  anchor: {
    ...{
      f: 7,
      ...{ standing: { sequence: 9, id: 'id', stamp: 's' }, open: true },
      beginning: { message: '7 tag', sequence: 4 },
      packing: { from: 1, generation: 2, rows: [1, 0] },
    },
    ...{ last: 'l', next: 'n', sequence: 9, generation: 1, used: 2, session: '7' },
    ...{
      database: './card',
      listed: ['N', 'TEL'],
      words: ['FN', 'N'],
      whole: true,
      caps: 'c',
      dates: '20271130',
    },
    ...{ resend: ['map a-guid', 'error a-guid 8', 'error b-guid'], previous: { last: 'p', sequence: 8 } },
  },
  device: { f: 1, nonce: 'n', challenge: 'c' },
  mapping: { f: 1, guid: 'a-guid' },
  account: { f: 1, login: 'anna', user: 'u1', verifier: 'v', san: 's', policies: { notes: 'keep-both' } },
};

describe('rows', () => {
  it.each(Object.keys(PINNED))('%s has the pinned attributes', (name) => {
    const [wanted, found] = [PINNED[name], SAMPLES[name]?.attributes];
    const raised = wanted?.f !== found?.f;
    const sentence = raised
      ? `The shape "${name}" has a new version: pin its attributes here, and test that the reader takes the old one.`
      : `The shape "${name}" changed without its version: raise SHAPE in lib/store/rows/shapes.ts.`;
    expect(found, sentence).toEqual(wanted);
  });

  it('come back as what they were written from', () => {
    const row = (fields: Fields) => ({
      ...({ table: 'items', pk: 'p', sk: 's', version: 5 } as const),
      ...fields,
    });
    expect(shapes.itemFromRow(G, row(shapes.itemFields(item, 0)))).toEqual(item);
    expect(shapes.versionFromRow(row(shapes.versionFields(version, 0)))).toEqual(version);
    expect(shapes.commitFromRow(9, row(shapes.commitFields(commit)))).toEqual(commit);
    expect(shapes.headFromRow(row(shapes.headFields(head)))).toEqual({ ...head, version: 5 });
    expect(shapes.anchorFromRow(row(shapes.anchorFields(anchor)))).toEqual({ ...anchor, version: 5 });
    expect(shapes.accountFromRow(row(shapes.accountFields(account)))).toEqual(account);
    const device = { devInf: devInf(), nonce: 'n', challenge: 'c', version: 5 };
    expect(shapes.deviceFromRow(row(shapes.deviceFields(device)))).toEqual(device);
    expect(shapes.reviewFromRow(row(shapes.reviewFields(review)))).toEqual(review);
    expect(shapes.mappingFromRow(row(shapes.mappingFields(G)))).toBe(G);
  });

  it('an item to send again comes back from an anchor of before: nobody knows what the device has of it', () => {
    const { resend: _, ...attributes } = shapes.anchorFields(anchor).attributes;
    const row = {
      table: 'anchors',
      pk: 'p',
      sk: 's',
      version: 5,
      attributes: { ...attributes, f: 6, resend: ['error a-guid'] },
    } as const;
    expect(shapes.anchorFromRow(row).resend).toEqual([{ guid: G, why: 'error' }]);
  });

  it('a version of the first shape is no base: nobody knows when it was told', () => {
    const { seq: _, ...attributes } = shapes.versionFields(version, 0).attributes;
    const row = { table: 'items', pk: 'p', sk: 's', version: 5, attributes } as const;
    expect(shapes.versionFromRow(row)?.sequence).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('change has the pinned attributes', async () => {
    const { server, writes } = await watchedServer();
    const at = { user: 'anna', datastore: 'contacts', record: 'r', eventId: 'e', at: 1 };
    await putCrmChange(server.store, { ...at, op: 'upsert', type: 'text/vcard', body: 'b' });
    const [write] = writes;
    const attributes = write?.op === 'put' ? write.row.attributes : undefined;
    expect(attributes, 'The shape "change" changed: raise SHAPE.change and pin it here.').toEqual({
      ...{ f: 1, user: 'anna', event: 'e', datastore: 'contacts', record: 'r', op: 'upsert', at: 1 },
      ...{ type: 'text/vcard', text: 'b' },
    });
  });
});
