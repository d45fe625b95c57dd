/** A device that does not say what it holds: it deletes only what it has sent itself [D06, D19]. */

import { describe, expect, it } from 'vitest';
import { sentProperties } from '../../../lib/pim/device/sent-properties.ts';
import { readItem } from '../../../lib/pim/read-item.ts';
import { Device } from '../../kit/device.ts';
import { add, replace, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { changesOf } from '../../kit/session.ts';
import { calendar as stored } from '../../pim/merge/merging.ts';
import { addedGuids, begin, bodiesOf, codeOf, confirm, upload, wholeSync } from '../steps.ts';

const ada = vcard('Ada', 'TEL:1', 'TITLE:Dr.', 'X-OWN:1');

/** A phone without device information that got Ada, and adds this in the same sync. */
async function phoneThatSends(own: string) {
  const server = await startServer();
  await wholeSync(server, { device: 'laptop', next: 'l1' }, [add('l', ada)]);
  const { session } = await begin(server, { next: 'n1', info: false });
  const reply = await upload(session, [add('own', own)]);
  const [guid = ''] = addedGuids(reply);
  await confirm(session, [[guid, '1']]);
  return server;
}
const again = { sessionId: '2', code: 200, last: 'n1', next: 'n2', info: false } as const;

describe('a device that does not list its properties', () => {
  it('D19: did not delete what it has never sent, and is told of it again', async () => {
    const server = await phoneThatSends(vcard('Bob', 'TEL:2'));
    const { session } = await begin(server, again);
    const reply = await upload(session, [replace('1', vcard('Ada', 'TEL:7'))]);
    expect(codeOf(reply, 'Replace')).toBe(200);
    const told = changesOf(reply).map((change) =>
      change.name === 'Replace' ? String(change.items[0]?.data) : '',
    );
    expect(told.join()).toContain('TITLE:Dr.');
    expect(await bodiesOf(server)).toContain(vcard('Ada', 'TEL:7', 'TITLE:Dr.', 'X-OWN:1'));
  });

  it('D19: deletes what it has sent before, in this sync or an earlier one', async () => {
    for (const own of [
      vcard('Bob', 'TEL:2', 'TITLE:Mr.'),
      vcard('Bob', 'TEL:2').replace('END:', 'TITLE:\r\nEND:'),
    ]) {
      const server = await phoneThatSends(own);
      await wholeSync(server, again, [replace('1', vcard('Ada', 'TEL:7'))]);
      expect(await bodiesOf(server)).toContain(vcard('Ada', 'TEL:7', 'X-OWN:1'));
    }
    const server = await phoneThatSends(vcard('Bob', 'TEL:2'));
    const change = [add('3', vcard('Eve', 'TITLE:Ms.')), replace('1', vcard('Ada', 'TEL:7'))];
    await wholeSync(server, again, change);
    expect(await bodiesOf(server)).toContain(vcard('Ada', 'TEL:7', 'X-OWN:1'));
  });

  it('of Outlook has a word for every field that it sends empty', () => {
    const said = (type: string, text: string) => sentProperties(readItem(type, text));
    const names = said(
      'text/x-s4j-sifc',
      '<contact><LastName>A</LastName><Birthday/><HomeTelephoneNumber/><Email1Address/></contact>',
    );
    expect(names).toEqual(['BDAY', 'EMAIL', 'N', 'TEL', 'VERSION']);
    const event =
      '<appointment><Subject>s</Subject><IsRecurring>0</IsRecurring><ReminderSet>0</ReminderSet></appointment>';
    const type = 'text/x-s4j-sife';
    expect(said(type, event)).toEqual(expect.arrayContaining(['RRULE', 'VALARM', 'SUMMARY']));
  });
});

describe('a series with an exception in one item', () => {
  const calendar = (...events: (readonly string[])[]) =>
    stored(...events).body.replace('VERSION:2.0\r\n', '$&PRODID:-//T//T//EN\r\n');
  const series = [
    'UID:u',
    'DTSTAMP:20300101T000000Z',
    'DTSTART:20300304T090000Z',
    'RRULE:FREQ=WEEKLY',
    'SUMMARY:s',
  ];
  const exception = [
    'UID:u',
    'DTSTAMP:20300101T000000Z',
    'RECURRENCE-ID:20300311T090000Z',
    'DTSTART:20300311T140000Z',
    'SUMMARY:later',
  ];
  const whole = calendar(series, exception);
  const CALENDAR = { datastore: 'calendar' } as const;

  it('goes as the series alone to a device that takes one event an item, and stays whole when that edits it', async () => {
    const server = await startServer();
    const laptop = new Device(server, { ...CALENDAR, device: 'laptop', type: 'text/calendar' });
    const phone = new Device(server, { ...CALENDAR, device: 'phone', type: 'text/calendar' });
    laptop.add(whole);
    await laptop.sync();
    await phone.sync();
    const alone = calendar([...series, 'EXDATE:20300311T090000Z', 'RDATE:20300311T140000Z']);
    expect([...phone.items.values()]).toEqual([alone]);
    phone.replace(phone.find('SUMMARY:s'), alone.replace('SUMMARY:s', 'SUMMARY:t'));
    await phone.sync();
    await laptop.sync();
    expect([...laptop.items.values()]).toEqual([whole.replace('SUMMARY:s', 'SUMMARY:t')]);
    await phone.sync();
    expect([...phone.items.values()]).toEqual([alone.replace('SUMMARY:s', 'SUMMARY:t')]);
  });

  it('goes whole to a device as soon as that has sent such an item', async () => {
    const server = await startServer();
    const [laptop, phone] = ['laptop', 'phone'].map(
      (device) => new Device(server, { ...CALENDAR, device, type: 'text/calendar' }),
    ) as [Device, Device];
    laptop.add(whole);
    await laptop.sync();
    await phone.sync();
    phone.add(whole.replaceAll('UID:u', 'UID:other').replaceAll('2030', '2031'));
    await phone.sync();
    await phone.sync();
    expect([...phone.items.values()]).toContain(whole);
  });

  it('changes nothing of how the other changes of that sync are taken', async () => {
    const server = await startServer();
    const phone = new Device(server, { ...CALENDAR, device: 'phone', type: 'text/calendar' });
    const plain = calendar([
      'UID:p',
      'DTSTART:20300304T090000Z',
      'SUMMARY:p',
      'LOCATION:l',
      'CATEGORIES:A,B',
    ]);
    phone.add(plain);
    await phone.sync();
    phone.add(whole);
    const less = calendar(['UID:p', 'DTSTART:20300304T090000Z', 'SUMMARY:q', 'CATEGORIES:A']);
    phone.replace(phone.find('SUMMARY:p'), less);
    const { received } = await phone.sync();
    expect(received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    expect(await bodiesOf(server, 'calendar')).toEqual(expect.arrayContaining([less, whole]));
  });
});
