import { describe, expect, it } from 'vitest';
import { readChanges, readVersions } from '../../../lib/app/changes.ts';
import type { Policy } from '../../../lib/engine/model/datastores.ts';
import { VERSION_SECONDS } from '../../../lib/engine/model/limits.ts';
import type { Message } from '../../../lib/message/model.ts';
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { replace, taking, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import { changesOf } from '../../kit/session.ts';
import {
  addedGuids,
  begin,
  bodiesOf,
  confirm,
  liveItems,
  statusesOf,
  syncsOf,
  upload,
  wholeSync,
} from '../steps.ts';

/** Any number of values: a device that tells this can delete each of them. */
const ROOMY = { properties: ['N', 'FN', 'TEL', 'EMAIL', 'TITLE', 'NOTE'], most: { TEL: 9, EMAIL: 9 } };

/** Two devices that hold the same contact, of which each then changes something. */
async function both(
  mine: string[],
  theirs: string[],
  base: string[] = [],
  { policy, ...told }: Pick<DeviceOptions, 'properties' | 'most'> & { policy?: Policy } = {},
) {
  const server = await startServer(policy ? { policies: { contacts: policy } } : {});
  const [phone, laptop] = ['phone', 'laptop'].map((device) => new Device(server, { device, ...told })) as [
    Device,
    Device,
  ];
  phone.add(vcard('Ada', ...base));
  await phone.sync();
  await laptop.sync();
  phone.replace(phone.find('Ada'), vcard('Ada', ...mine));
  laptop.replace(laptop.find('Ada'), vcard('Ada', ...theirs));
  await phone.sync();
  const report = await laptop.sync();
  return { server, phone, laptop, report, code: [...report.codes.values()][0] };
}

const versionsOf = async (server: TestServer) => {
  const [change] = await readChanges(server.store, USER);
  return readVersions(server.store, USER, 'contacts', change?.guid ?? '');
};

describe('changes on both sides (X02)', () => {
  it('of different fields both stay: 207, and both devices hold them after the next session', async () => {
    const { server, phone, laptop, report, code } = await both(['TEL:1'], ['TITLE:Dr.']);
    expect(code).toBe(207);
    expect(report.received).toEqual({ Add: 0, Replace: 1, Delete: 0 });
    expect((await phone.sync()).received.Replace).toBe(1);
    expect((await laptop.sync()).received.Replace).toBe(0);
    expect(phone.contents).toEqual([vcard('Ada', 'TEL:1', 'TITLE:Dr.')]);
    expect(laptop.contents).toEqual(phone.contents);
    // What the laptop sent never was the item's content; it is kept all the same.
    const kept = (await versionsOf(server)).find(({ reason }) => reason === 'sent');
    expect(kept?.content.storedText).toBe(vcard('Ada', 'TITLE:Dr.'));
  });

  it('the Status names the item by both URIs, the Replace follows in the same session', async () => {
    const server = await startServer();
    await wholeSync(server, { next: 'n1' }, [replace('1', vcard('Ada'))]);
    const laptop = new Device(server, { device: 'laptop' });
    await laptop.sync();
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TEL:1'));
    await laptop.sync();
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const reply = await upload(session, [replace('1', vcard('Ada', 'TITLE:Dr.'))]);
    const [item] = await liveItems(server);
    const status = statusesOf(reply).find(({ cmd }) => cmd === 'Replace');
    expect(status?.code).toBe(207);
    expect(status?.items).toEqual([{ source: { uri: '1' }, target: { uri: item?.guid } }]);
    const [sent] = syncsOf(reply).flatMap(({ commands }) => commands);
    expect(sent?.name).toBe('Replace');
    expect(JSON.stringify(sent)).toContain('TEL:1');
  });

  it('values of a field of many are a set: what one added stays, what one took away goes', async () => {
    const base = ['TEL;TYPE=CELL:1', 'TEL;TYPE=HOME:2', 'EMAIL:a@example.com'];
    const mine = ['TEL;TYPE=CELL:1', 'TEL;TYPE=HOME:2', 'TEL;TYPE=WORK:3', 'EMAIL:a@example.com'];
    const theirs = ['TEL;TYPE=CELL:1', 'EMAIL:a@example.com', 'EMAIL:b@example.com'];
    const { phone, laptop } = await both(mine, theirs, base, ROOMY);
    await phone.sync();
    const merged = ['TEL;TYPE=CELL:1', 'TEL;TYPE=WORK:3', 'EMAIL:a@example.com', 'EMAIL:b@example.com'];
    expect(phone.contents).toEqual([vcard('Ada', ...merged)]);
    expect(laptop.contents).toEqual(phone.contents);
  });

  it('notes are merged by their lines, and are one field where the lines overlap', async () => {
    const base = ['NOTE:one\\ntwo\\nthree\\nfour\\nfive'];
    const apart = await both(
      ['NOTE:ONE\\ntwo\\nthree\\nfour\\nfive'],
      ['NOTE:one\\ntwo\\nthree\\nfour\\nFIVE'],
      base,
    );
    expect(apart.code).toBe(207);
    expect(apart.laptop.contents).toEqual([vcard('Ada', 'NOTE:ONE\\ntwo\\nthree\\nfour\\nFIVE')]);
    const over = await both(['NOTE:one\\nTWO'], ['NOTE:one\\nzwei'], ['NOTE:one\\ntwo'], {
      policy: 'server-wins',
    });
    expect(over.code).toBe(419);
    expect(over.laptop.contents).toEqual([vcard('Ada', 'NOTE:one\\nTWO')]);
    expect((await versionsOf(over.server)).map(({ reason }) => reason)).toContain('refused');
  });

  it('one field clashes, another does not: the policy decides of the one, the other stays', async () => {
    const server = await both(['TITLE:1', 'TEL:7'], ['TITLE:2', 'EMAIL:e@example.com'], [], {
      policy: 'server-wins',
    });
    await server.phone.sync();
    expect(server.laptop.contents).toEqual([vcard('Ada', 'TITLE:1', 'TEL:7', 'EMAIL:e@example.com')]);
    expect(server.phone.contents).toEqual(server.laptop.contents);
    expect(server.code).toBe(207);
    const client = await both(['TITLE:1', 'TEL:7'], ['TITLE:2', 'EMAIL:e@example.com'], [], {
      policy: 'client-wins',
    });
    expect(client.laptop.contents).toEqual([vcard('Ada', 'TITLE:2', 'TEL:7', 'EMAIL:e@example.com')]);
    const lost = (await versionsOf(client.server)).find(({ reason }) => reason === 'lost-conflict');
    expect(lost?.content.storedText).toBe(vcard('Ada', 'TITLE:1', 'TEL:7'));
  });
});

/** A phone with LUID 1, after a session with Next `n1`, whose contact a laptop then gave a number. */
async function changedElsewhere(line = 'TEL:1') {
  const server = await startServer();
  await wholeSync(server, { next: 'n1' }, [replace('1', vcard('Ada', 'ROLE:r'))]);
  const laptop = new Device(server, { device: 'laptop' });
  await laptop.sync();
  laptop.replace(laptop.find('Ada'), vcard('Ada', 'ROLE:r', line));
  await laptop.sync();
  return { server, laptop };
}
const again = (server: TestServer, sessionId: string) =>
  begin(server, { sessionId, code: 200, last: 'n1', next: `n${sessionId}`, info: false });

const dataOf = (reply: Message) =>
  changesOf(reply).flatMap((sent) =>
    'items' in sent ? sent.items.flatMap((item) => ('data' in item ? [item.data] : [])) : [],
  );

describe('a session that dies after the merge', () => {
  it('the device learns the merged item in the next session, with and without sending its change again', async () => {
    for (const resends of [true, false]) {
      const { server } = await changedElsewhere();
      const change = replace('1', vcard('Ada', 'ROLE:r', 'TITLE:Dr.'));
      await upload((await again(server, '2')).session, [change]);
      const { session } = await again(server, '3');
      const reply = await upload(session, resends ? [change] : []);
      const bodies = await bodiesOf(server);
      expect(bodies).toEqual([vcard('Ada', 'ROLE:r', 'TEL:1', 'TITLE:Dr.')]);
      expect(dataOf(reply)).toEqual(bodies);
      await confirm(session);
      const quiet = await wholeSync(server, { sessionId: '4', code: 200, last: 'n3', next: 'n4' });
      expect(changesOf(quiet.reply)).toEqual([]);
    }
  });

  it('an edit that the device makes before it was told is compared with what it had sent', async () => {
    const { server } = await changedElsewhere();
    await upload((await again(server, '2')).session, [
      replace('1', vcard('Ada', 'ROLE:r', 'TITLE:Dr.', 'EMAIL:x@example.com')),
    ]);
    // It takes back the address that only it had: gone; the number that it never saw stays.
    const { session } = await again(server, '3');
    await upload(session, [replace('1', vcard('Ada', 'TITLE:Dr.', 'URL:http://x.example.com'))]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:1', 'TITLE:Dr.', 'URL:http://x.example.com')]);
  });

  it('the same message twice is as once', async () => {
    const { server } = await changedElsewhere();
    const { session } = await again(server, '2');
    const change = replace('1', vcard('Ada', 'ROLE:r', 'TITLE:Dr.'));
    await upload(session, [change], { final: false });
    const [before] = await liveItems(server);
    await upload(session, [change]);
    const [after] = await liveItems(server);
    expect(after?.content?.storedText).toBe(before?.content?.storedText);
    expect(after?.rev).toBe(before?.rev);
  });
});

describe('what the device saw last is not known any more', () => {
  it('what either side has stays', async () => {
    const { server } = await changedElsewhere();
    server.time += (VERSION_SECONDS + 3_600) * 1_000;
    const { session } = await again(server, '2');
    await upload(session, [replace('1', vcard('Ada', 'TITLE:Dr.'))]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'ROLE:r', 'TEL:1', 'TITLE:Dr.')]);
  });
});

describe('a change beats a deletion (X07)', () => {
  it('and what the device cannot hold of the deleted item comes back with it', async () => {
    const server = await startServer();
    const laptop = new Device(server, { device: 'laptop' });
    laptop.add(vcard('Ada', 'TEL:1', 'X-ONLY-HERE:kept'));
    await laptop.sync();
    const names = ['BEGIN', 'END', 'VERSION', 'N', 'FN', 'TEL'];
    const first = await wholeSync(server, { next: 'n1', info: taking('text/vcard', '3.0', names) });
    const [guid] = addedGuids(first.reply);
    expect(JSON.stringify(changesOf(first.reply))).not.toContain('ONLY-HERE');
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    const { session } = await again(server, '2');
    await upload(session, [replace(`M-${guid}`, vcard('Ada', 'TEL:2'))]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:2', 'X-ONLY-HERE:kept')]);
  });

  it('and what others changed before they deleted it is in it again: the device is told', async () => {
    const { server, phone, laptop } = await both(['TEL:1'], ['TITLE:Dr.'], [], { policy: 'client-wins' });
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TEL:1', 'TITLE:Dr.', 'ROLE:r'));
    await laptop.sync();
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    phone.replace(phone.find('Ada'), vcard('Ada', 'TEL:2'));
    const report = await phone.sync();
    expect([...report.codes.values()]).toEqual([207]);
    await phone.sync();
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:2', 'TITLE:Dr.', 'ROLE:r')]);
    expect(phone.contents).toEqual(await bodiesOf(server));
    await laptop.sync();
    expect(laptop.contents).toEqual(phone.contents);
  });
});
