/** Where rows lie: what older stores hold is found by these keys, and no two names meet in one. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CRM, guid, peerOfDevice } from '../../lib/engine/model/ids.ts';
import type { Key } from '../../lib/store/port/port.ts';
import * as keys from '../../lib/store/rows/keys.ts';
import { bodiesOf } from '../engine/steps.ts';
import { Device } from '../kit/device.ts';
import { vcard } from '../kit/drafts.ts';
import { startServer } from '../kit/server.ts';

const at = { user: 'anna', datastore: 'contacts' };
const phone = peerOfDevice('phone');
const G = guid('a-guid-of-an-item-0001');
const session = { user: 'anna', peer: phone, sessionId: '7' };

const PINNED: readonly (readonly [name: string, key: Key, text: string])[] = [
  ['item', keys.itemKey(at, G), 'items anna#contacts#1 I#a-guid-of-an-item-0001'],
  ['version', keys.versionKey(at, G, 12), 'items anna#contacts#1 V#a-guid-of-an-item-0001#00000012'],
  [
    'version that was no rev',
    keys.versionKey(at, G, 12, 'hash'),
    'items anna#contacts#1 V#a-guid-of-an-item-0001#00000012#hash',
  ],
  ['part', keys.partKey(at, G, 'hash', 3), 'items anna#contacts#1 B#a-guid-of-an-item-0001#hash#003'],
  ['commit', keys.commitKey(at, 345), 'items anna#contacts#log C#000000000345'],
  ['head', keys.headKey(at), 'items anna#contacts#log H'],
  ['review', keys.reviewKey(at, G, guid('other')), 'items anna#contacts#review a-guid-of-an-item-0001#other'],
  ['device', keys.deviceKey('anna', phone), 'anchors anna#d:phone D'],
  ['anchor', keys.anchorKey(at, CRM), 'anchors anna#crm A#contacts'],
  ['mapping', keys.mappingKey(at, phone, 2, 'a#7'), 'anchors anna#d:phone L#contacts#2#a%237'],
  ['session', keys.sessionKey(session), 'sessions anna#d:phone#7 S'],
  ['reply', keys.replyKey(session), 'sessions anna#d:phone#7 R'],
  ['chunk', keys.chunkKey(session, 4), 'sessions anna#d:phone#7 K#000004'],
  ['chunk of a kept message', keys.chunkKey(session, 4, 'tag'), 'sessions anna#d:phone#7 K#tag#000004'],
  ['index', keys.indexKey(at, 'epoch', 2), 'items anna#contacts#index X#epoch#000002'],
  ['account', keys.accountKey('anna#1'), 'accounts anna%231 account'],
  ['change of the CRM', keys.crmChangeKey('anna', 'e%1'), 'crm-changes anna e%251'],
];

describe('keys', () => {
  it.each(PINNED)('of a row of kind %s are as older stores have them', (_, { table, pk, sk }, text) => {
    expect(`${table} ${pk} ${sk}`).toBe(text);
  });

  it('spread the items of a user over eight partitions', () => {
    const guids = Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => guid(`item-${letter}`));
    const partitions = new Set(guids.map((one) => keys.itemKey(at, one).pk));
    expect([...partitions].sort()).toEqual(
      keys
        .inventoryRanges(at)
        .map(({ pk }) => pk)
        .sort(),
    );
    expect(partitions.size).toBe(8);
  });
});

describe('names that look alike once they are escaped', () => {
  const long = 'x'.repeat(501);
  const hash = createHash('sha256').update(long).digest('base64url');
  const names = ['a', 'a#b', 'a%23b', 'a%b', 'a%25b', 'a%2523b', 'a#d:b', 'a%', 'a#', long, `%h${hash}`];
  const textOf = ({ table, pk, sk }: Key) => JSON.stringify([table, pk, sk]);

  it.each([
    ['users', (name: string) => keys.deviceKey(name, phone)],
    ['devices', (name: string) => keys.deviceKey('anna', peerOfDevice(name))],
    ['logins', (name: string) => keys.accountKey(name)],
    ['sessions', (name: string) => keys.sessionKey({ ...session, sessionId: name })],
    ['LUIDs', (name: string) => keys.mappingKey(at, phone, 1, name)],
    ['events of the CRM', (name: string) => keys.crmChangeKey('anna', name)],
  ])('%s have rows of their own', (_, keyOf) => {
    expect(new Set(names.map((name) => textOf(keyOf(name)))).size).toBe(names.length);
  });

  it('the end of one name is not the beginning of the next', () => {
    const one = keys.deviceKey('anna', peerOfDevice('b#d:phone'));
    const other = keys.deviceKey('anna#d:b', peerOfDevice('phone'));
    expect(one.pk).not.toBe(other.pk);
  });

  it('users `a#b` and `a%23b` see nothing of each other', async () => {
    const users = ['a#b', 'a%23b'];
    const server = await startServer({ users });
    const [one, other] = users.map((user) => new Device(server, { device: 'phone', user })) as [
      Device,
      Device,
    ];
    one.add(vcard('Ada'));
    await one.sync();
    expect((await other.sync()).received.Add).toBe(0);
    expect(await bodiesOf(server, 'contacts', 'a#b')).toEqual([vcard('Ada')]);
    expect(await bodiesOf(server, 'contacts', 'a%23b')).toEqual([]);
  });
});

describe('a name that is too long for a key', () => {
  it('has its hash in it, by bytes and not by letters', () => {
    const pkOf = (login: string) => keys.accountKey(login).pk;
    expect(pkOf('x'.repeat(500))).toBe('x'.repeat(500));
    expect(pkOf('x'.repeat(501))).toMatch(/^%h[\w-]{43}$/);
    expect(pkOf('ü'.repeat(250))).toBe('ü'.repeat(250));
    expect(pkOf('ü'.repeat(251))).toMatch(/^%h[\w-]{43}$/);
    expect(pkOf('#'.repeat(167))).toMatch(/^%h/);
  });
});
