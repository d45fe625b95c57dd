/** The table of kinds of sync: each trait of each kind, and what holds for all of them. */
import { describe, expect, it } from 'vitest';
import { SYNC_KINDS, type SyncKind } from '../../../lib/engine/model/datastore-state.ts';
import { isOneWayFromClient, kindOfAlert, traitsOf } from '../../../lib/engine/state/sync-kind.ts';
import { Alert } from '../../../lib/message/codes.ts';

/** Typed a second time on purpose: the test is the other opinion. */
const ROWS: readonly (readonly [
  ...[kind: SyncKind, codes: readonly number[], client: boolean, server: boolean],
  ...[complete: boolean, compared: boolean, wins: string, form: SyncKind],
])[] = [
  ['two-way', [200, 206], true, true, false, false, 'policy', 'slow'],
  ['slow', [201], true, true, true, true, 'neither', 'slow'],
  ['one-way-from-client', [202, 207], true, false, false, false, 'policy', 'refresh-from-client'],
  ['refresh-from-client', [203, 208], true, false, true, true, 'client', 'refresh-from-client'],
  ['one-way-from-server', [204, 209], false, true, false, false, 'server', 'refresh-from-server'],
  ['refresh-from-server', [205, 210], false, true, true, false, 'server', 'refresh-from-server'],
];

describe('kinds of sync', () => {
  it('are these', () => {
    expect(ROWS.map(([kind]) => kind)).toEqual([...SYNC_KINDS]);
  });

  it.each(ROWS)('%s by %j', (kind, codes, client, server, complete, compared, wins, form) => {
    const traits = traitsOf({ kind });
    expect([traits.alert, ...(traits.byServer === undefined ? [] : [traits.byServer])]).toEqual(codes);
    expect(codes.map(kindOfAlert)).toEqual(codes.map(() => kind));
    expect([traits.clientSends, traits.serverSends]).toEqual([client, server]);
    expect([traits.isComplete, traits.isCompared, traits.wins]).toEqual([complete, compared, wins]);
    expect(traits.complete).toBe(form);
    expect(isOneWayFromClient({ kind })).toBe(!server);
  });

  it.each(SYNC_KINDS)('%s: its complete form is complete and goes the same way', (kind) => {
    const [traits, form] = [traitsOf({ kind }), traitsOf({ kind: traitsOf({ kind }).complete })];
    expect(form.isComplete).toBe(true);
    expect([form.clientSends, form.serverSends]).toEqual([traits.clientSends, traits.serverSends]);
    expect(form.complete).toBe(traits.complete);
    expect(traits.isCompared).toBe(traits.isComplete && traits.clientSends);
  });

  it('are begun by no other Alert', () => {
    const codes = ROWS.flatMap(([, all]) => all);
    for (let code = 0; code < 300; code += 1)
      if (!codes.includes(code)) expect(kindOfAlert(code), String(code)).toBeUndefined();
    expect(kindOfAlert(Alert.resume)).toBeUndefined();
  });
});
