/** How long it is remembered what a device has shown of its room, and formats in which it shows it. */
import { describe, expect, it } from 'vitest';
import type { Anchor } from '../../../lib/engine/model/records.ts';
import { anchorKey } from '../../../lib/store/rows/keys.ts';
import { anchorFromRow } from '../../../lib/store/rows/shapes.ts';
import { Device } from '../../kit/device.ts';
import { devInf, putDevInf } from '../../kit/drafts.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import { ADA, card, devices, event, linesOf, OLD_CARDS, OLD_EVENTS, old, sorted } from './small-devices.ts';

async function anchorOf({ store }: TestServer, device = 'phone'): Promise<Anchor | undefined> {
  const [row] = await store.get([anchorKey({ user: USER, datastore: 'contacts' }, `d:${device}` as never)]);
  return row && anchorFromRow(row);
}
const TWO = card(...ADA, 'EMAIL:a1@example.org', 'EMAIL:a2@example.org');
const SHOWS_TWO = old('N:Zed;Zoe', 'EMAIL:y@example.org', 'EMAIL:z@example.org');
const HAS_ONE = old('N:Byron;Ada', 'EMAIL:a1@example.org');

describe('what a device has shown', () => {
  it('survives a slow sync', async () => {
    const { phone, edited } = await devices(OLD_CARDS);
    phone.add(SHOWS_TWO);
    await phone.sync();
    await phone.sync(201);
    expect((await edited(TWO, HAS_ONE)).sort()).toEqual(sorted(...ADA, 'EMAIL:a1@example.org'));
  });

  it('is of one device', async () => {
    const { server, phone, edited } = await devices(OLD_CARDS);
    const other = new Device(server, { device: 'other', ...OLD_CARDS });
    other.add(SHOWS_TWO);
    await other.sync();
    phone.add(old('N:Zed;Zoe', 'EMAIL:z@example.org'));
    await phone.sync();
    expect((await edited(TWO, HAS_ONE)).sort()).toEqual(sorted(...linesOf(TWO)));
  });

  it.each([
    ['man', false],
    ['mod', false],
    ['swV', false],
    ['fwV', false],
    ['hwV', true],
  ])('with another %s: is it still known? %s', async (member, isKnown) => {
    const { phone, edited } = await devices(OLD_CARDS);
    const info = (value: string) => putDevInf(devInf({ dataStores: [], [member]: value }));
    phone.options = { ...phone.options, put: info('1') };
    phone.add(SHOWS_TWO);
    await phone.sync();
    phone.options = { ...phone.options, put: info('2') };
    const left = isKnown ? ['EMAIL:a1@example.org'] : ['EMAIL:a1@example.org', 'EMAIL:a2@example.org'];
    expect((await edited(TWO, HAS_ONE)).sort()).toEqual(sorted(...ADA, ...left));
  });

  it('takes few bytes, and the anchor is written for it where it is new only', async () => {
    const server = await startServer();
    const phone = new Device(server, { device: 'phone', ...OLD_CARDS });
    for (let n = 0; n < 300; n += 1)
      phone.add(old(`N:Name;${n}`, `X-FIELD-${n};X-PARAM-${n}=1;TYPE=X${n}:${'x'.repeat(n + 1)}`));
    await phone.sync();
    const { capacities = [], version } = (await anchorOf(server)) ?? {};
    expect(capacities.length).toBeGreaterThan(10);
    expect(Buffer.byteLength(capacities.join('\n'))).toBeLessThanOrEqual(1_500);
    phone.add(old('N:Name;1', 'X-FIELD-1:x'));
    await phone.sync();
    const usual = (await anchorOf(server))?.version ?? 0;
    phone.add(old('N:Name;2', 'X-FIELD-2:x'));
    await phone.sync();
    expect((await anchorOf(server))?.version).toBe(usual + (usual - (version ?? 0)));
  });
});

describe('without a state that both know', () => {
  it('E17 E29: a cut text is the same text', async () => {
    const server = await startServer();
    const full = new Device(server, { device: 'full' });
    const phone = new Device(server, { device: 'phone', ...OLD_CARDS });
    const lines = [...ADA, 'TEL:+491701234567', `NOTE:${'abcdefghij'.repeat(10)}`];
    full.add(card(...lines));
    await full.sync();
    phone.add(old('N:Byron;Ada', 'TEL:+491701234567', `NOTE:${'abcdefghij'.repeat(5)}`));
    await phone.sync();
    await full.sync();
    expect(full.contents.map(linesOf)).toEqual([lines]);
  });
});

describe('other formats', () => {
  const sif = (name: string, ...fields: string[]) => `<${name}>${fields.join('')}</${name}>`;

  it('SIF: mailboxes without a field, parts of a name, a long note', async () => {
    const { phone, edited } = await devices({ type: 'text/x-s4j-sifc' });
    const names = ['<FirstName>Ada</FirstName>', '<LastName>Byron</LastName>'];
    phone.add(sif('contact', '<FirstName>Zoe</FirstName>', '<LastName>Zed</LastName>', '<Body>n</Body>'));
    await phone.sync();
    const kept = ['TEL;TYPE=CELL:+491701234567', `NOTE:${'abcdefghij'.repeat(10)}`];
    const item = card('N:Byron;Ada;Augusta;;', 'FN:Ada Augusta Byron', ...kept);
    const sent = sif(
      'contact',
      ...names,
      '<FileAs>Ada Augusta Byron</FileAs>',
      '<MobileTelephoneNumber>+491701234567</MobileTelephoneNumber>',
      `<Body>${'abcdefghij'.repeat(5)}</Body>`,
      '<JobTitle>Boss</JobTitle>',
    );
    const result = await edited(item, sent);
    expect(result).toEqual(expect.arrayContaining([...linesOf(item), 'TITLE:Boss']));
  });

  it('SIF: a new family name is in the full name', async () => {
    const { phone, edited } = await devices({ type: 'text/x-s4j-sifc' });
    await phone.sync();
    const result = await edited(
      card('N:Roe;Jane;;;', 'FN:Jane Roe'),
      sif('contact', '<FirstName>Jane</FirstName>', '<LastName>Doe</LastName>', '<FileAs>Jane Roe</FileAs>'),
    );
    expect(result).toEqual(['N:Doe;Jane;;;', 'FN:Jane Doe']);
  });

  const times = ['DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z', 'RRULE:FREQ=DAILY;COUNT=9'];
  const dates = ['EXDATE:20260302T100000Z', 'EXDATE:20260303T100000Z'];
  const series = event('2.0', 'SUMMARY:Run', ...times, ...dates);
  const oldSeries = (...lines: string[]) =>
    event('1.0', 'DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z', 'RRULE:D1 #9', ...lines);

  it.each([
    ['one', ['EXDATE:20260305T100000Z'], dates],
    ['several', ['EXDATE:20260305T100000Z;20260306T100000Z'], dates.slice(0, 1)],
  ])('vCalendar: exceptions of a series on a device that has shown %s', async (_, shown, left) => {
    const { phone, edited } = await devices(OLD_EVENTS, 'calendar');
    phone.add(oldSeries('SUMMARY:Old', ...shown));
    await phone.sync();
    const result = await edited(series, oldSeries('SUMMARY:Run', 'LOCATION:Park', 'EXDATE:20260302T100000Z'));
    expect(result.filter((line) => line.startsWith('EXDATE'))).toEqual(left);
  });

  it('a photo that is larger than all that the device has sent stays, another is deleted', async () => {
    const bytes = (size: number) => Buffer.alloc(size, 7).toString('base64');
    const photo = (size: number) => `PHOTO;ENCODING=b;TYPE=JPEG:${bytes(size)}`;
    for (const [size, isLeft] of [
      [3_000, true],
      [300, false],
    ] as const) {
      const { phone, edited } = await devices({});
      phone.add(card('N:Zed;Zoe;;;', 'FN:Zoe Zed', photo(600)));
      await phone.sync();
      const result = await edited(card(...ADA, photo(size)), card(...ADA, 'TITLE:t'));
      expect(result.some((line) => line.startsWith('PHOTO'))).toBe(isLeft);
    }
  });

  it('the text of a note', async () => {
    const server = await startServer();
    const options = { datastore: 'notes', type: 'text/plain' };
    const [full, phone] = ['full', 'phone'].map((device) => new Device(server, { device, ...options }));
    phone?.add('short');
    await phone?.sync();
    full?.add('abcdefghij'.repeat(10));
    await full?.sync();
    await phone?.sync();
    const [luid = ''] = [...(phone?.items ?? [])].flatMap(([key, value]) => (value === 'short' ? [] : [key]));
    phone?.replace(luid, 'abcdefghij'.repeat(5));
    await phone?.sync();
    await full?.sync();
    expect(full?.contents).toContain('abcdefghij'.repeat(10));
  });
});
