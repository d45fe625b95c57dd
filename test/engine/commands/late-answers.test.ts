/** A device's answer to our Delete that comes when the device has the item anew, under another LUID [C40, M11, E16]. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { devInf, map, replace, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import type { Draft } from '../../kit/session.ts';
import { crm, told } from '../send/news.ts';
import { addedGuids, begin, bodiesOf, confirm, upload, wholeSync } from '../steps.ts';

/** A device that gets a Delete and an Add instead of a Replace: the CRM changed what it holds as `1`. */
async function anew() {
  const server = await startServer();
  const info = devInf({ man: 'NOKIA', mod: 'Nokia 9210' });
  await crm(server, 'Ada');
  const first = await begin(server, { next: 'n1', info });
  const [guid = ''] = addedGuids(await upload(first.session));
  await confirm(first.session, [[guid, '1']]);
  await crm(server, 'Ada', 'upsert', 'TEL:1');
  const { session } = await begin(server, { sessionId: '2', code: 201, next: 'n2', info });
  const reply = await upload(session, [replace('1', vcard('Ada'))]);
  expect(told(reply)).toEqual(['Delete 1', 'Add Ada']);
  const statuses = session.statuses();
  const isOfDelete = (draft: Draft) => draft.name === 'Status' && draft.cmd === 'Delete';
  return {
    ...{ server, session, guid },
    ofDelete: statuses.filter(isOfDelete),
    others: statuses.filter((draft) => !isOfDelete(draft)),
    later: async () => {
      await crm(server, 'Ada', 'upsert', 'TEL:2');
      const next = await begin(server, { sessionId: '3', code: 200, last: 'n2', info: false });
      return told(await upload(next.session));
    },
  };
}

describe('a Status of our Delete', () => {
  it.each([200, 404, 211])('%i: takes the old LUID, not the one of the new copy', async (code) => {
    const { session, guid, ofDelete, others, later } = await anew();
    const late = ofDelete.map((status) => ({ ...status, code }) as Draft);
    await session.send([...others, map([[guid, '7']])], { final: false });
    await session.send([...session.statuses(), ...late]);
    expect(await later()).toEqual(['Replace Ada as 7']);
  });

  it('that comes before the Map leaves the item without a LUID until then', async () => {
    const { session, guid, ofDelete, others, later } = await anew();
    await session.send([...others, ...ofDelete], { final: false });
    await session.send([...session.statuses(), map([[guid, '7']])]);
    expect(await later()).toEqual(['Replace Ada as 7']);
  });

  it('whose new copy was never named leaves it without one, and it is added again', async () => {
    const { session, ofDelete, others, later } = await anew();
    await session.send([...others, ...ofDelete]);
    expect(await later()).toEqual(['Add Ada']);
  });
});

describe('an item that was deleted, and came back before the device said that it deleted its copy', () => {
  it('is added to the device again, and is not taken for what it had', async () => {
    const server = await startServer();
    const [laptop, tablet] = ['laptop', 'tablet'].map((device) => new Device(server, { device })) as [
      Device,
      Device,
    ];
    laptop.add(vcard('Ada'));
    await laptop.sync();
    await tablet.sync();
    const first = await wholeSync(server, { next: 'n1' });
    const luid = `M-${addedGuids(first.reply)[0]}`;
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    const start = { code: 200, info: false } as const;
    const { session } = await begin(server, { ...start, sessionId: '2', last: 'n1', next: 'n2' });
    expect(told(await upload(session))).toEqual([`Delete ${luid}`]);
    tablet.replace(tablet.find('Ada'), vcard('Ada', 'TEL:1'));
    await tablet.sync();
    await confirm(session);
    const { session: third } = await begin(server, { ...start, sessionId: '3', last: 'n2', next: 'n3' });
    expect(told(await upload(third))).toEqual(['Add Ada']);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:1')]);
  });
});
