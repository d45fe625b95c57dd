/** Series that a device gets as lists of dates: time alone moves the end of a list on. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { calendar } from '../../pim/merge/merging.ts';
import { Phone, setDates } from './phone.ts';

const CALENDAR = { datastore: 'calendar' } as const;
const NOTHING = { Add: 0, Replace: 0, Delete: 0 };
const START = Date.UTC(2026, 10, 20);
const at = (year: number, month: number): number => Date.UTC(year, month - 1, 20);

/** The Friday the 13th: neither vCalendar nor Outlook can say it. In 2026 and 2027: November, August. */
const item = (...more: readonly string[]) =>
  calendar([
    'UID:friday',
    'DTSTART;TZID=Europe/Berlin:20260213T100000',
    'DTEND;TZID=Europe/Berlin:20260213T110000',
    'RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    'SUMMARY:Friday',
    ...more,
  ]).body;
const plain = calendar(['UID:plain', 'DTSTART:20260213T100000Z', 'SUMMARY:plain']).body;

interface With {
  readonly first?: string;
  readonly properties?: readonly string[];
}

async function devices(type = 'text/x-vcalendar', { first = item(), properties }: With = {}) {
  const server = await startServer();
  server.time = START;
  const laptop = new Device(server, { ...CALENDAR, device: 'laptop', type: 'text/calendar' });
  const phone = new Phone(server, { ...CALENDAR, device: 'phone', type, ...(properties && { properties }) });
  laptop.add(first);
  laptop.add(plain);
  await laptop.sync();
  // What it sends tells its format.
  phone.add(type === 'text/x-vcalendar' ? OLD : SIF);
  await phone.sync();
  return { server, laptop, phone };
}
const OLD =
  'BEGIN:VCALENDAR\r\nVERSION:1.0\r\nBEGIN:VEVENT\r\nDTSTART:20260301T100000Z\r\nSUMMARY:own\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
const SIF = '<appointment><Subject>own</Subject><Start>20260301T100000Z</Start></appointment>';

const datesOf = (phone: Phone): string[] => {
  const text = phone.items.get(phone.find('Friday')) ?? '';
  return text.match(/(?<=RDATE:|;|<IncludeDate>)\d{8}(?=T\d{6}Z)/g) ?? [];
};

describe.each([['text/x-vcalendar'], ['text/x-s4j-sife']])('a series that %s cannot say', (type) => {
  it('goes with the dates of the year, and with later ones when these come to their end', async () => {
    const { server, laptop, phone } = await devices(type);
    expect(datesOf(phone)).toEqual(['20261113', '20270813']);
    for (const [year, month] of [
      [2026, 12],
      [2027, 5],
    ] as const) {
      server.time = at(year, month);
      expect((await phone.sync()).received).toEqual(NOTHING);
    }
    server.time = at(2027, 6);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect(datesOf(phone)).toEqual(['20270813']);
    server.time = at(2028, 1);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect(datesOf(phone)).toEqual(['20281013']);
    expect((await phone.sync()).received).toEqual(NOTHING);
    expect((await laptop.sync()).received).toMatchObject({ Replace: 0, Delete: 0 });
  });

  it('keeps its rule whatever the phone edits, at whatever time', async () => {
    const { server, laptop, phone } = await devices(type);
    await laptop.sync();
    for (const [n, month] of [1, 8, 15, 22].entries()) {
      server.time = at(2026, 11 + month);
      const luid = phone.find('Friday');
      phone.replace(luid, phone.items.get(luid)?.replace(/Friday\d*/, `Friday${n}`) ?? '');
      await phone.sync();
      expect((await phone.sync()).received).toEqual(NOTHING);
      await laptop.sync();
      const own = laptop.items.get(laptop.find('Friday')) ?? '';
      expect(own).toContain(`SUMMARY:Friday${n}`);
      expect(own).toContain('RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13');
      expect(own).not.toMatch(/RDATE|EXDATE|UNTIL/);
    }
    expect(datesOf(phone).at(-1)).toBe('20290713');
  });

  it('is no other item in a slow sync, and goes on afterwards', async () => {
    const { server, laptop, phone } = await devices(type);
    await laptop.sync();
    server.time = at(2027, 8);
    const { size } = phone.items;
    expect((await phone.sync(201)).received).toMatchObject({ Add: 0, Delete: 0 });
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect(datesOf(phone)).toEqual(['20270813']);
    server.time = at(2028, 5);
    await phone.sync();
    expect(datesOf(phone)).toEqual(['20281013', '20290413']);
    expect(phone.items.size).toBe(size);
    expect((await laptop.sync()).received).toEqual(NOTHING);
  });

  it.each([
    ['is compared', 201],
    ['replaces all', 203],
  ])('goes on where the anchor knows of no list and the copy %s', async (_, code) => {
    const { server, phone } = await devices(type);
    await phone.sync();
    expect(await setDates(server, 'none')).toBe('20271130');
    expect((await phone.sync(code)).received).toEqual(NOTHING);
    server.time = at(2027, 6);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect(datesOf(phone)).toEqual(['20270813']);
  });

  it('loses only its first dates where the phone deletes the start', async () => {
    const { laptop, phone } = await devices(type);
    await phone.sync();
    const luid = phone.find('Friday');
    const copy = (phone.items.get(luid) ?? '')
      .replace(/<IncludeDate>20261113T090000Z<\/IncludeDate>|20261113T090000Z;/, '')
      .replace('20260213T090000Z', '20261113T090000Z')
      .replace('20260213T100000Z', '20261113T100000Z');
    phone.replace(luid, copy);
    await phone.sync();
    expect(datesOf(phone)).toEqual(['20261113', '20270813']);
    expect((await phone.sync()).received).toEqual(NOTHING);
    await laptop.sync();
    const own = laptop.items.get(laptop.find('Friday')) ?? '';
    expect(own).toContain('DTSTART;TZID=Europe/Berlin:20260213T100000');
    expect(own.match(/EXDATE.*/g)).toEqual(['EXDATE;TZID=Europe/Berlin:20260213T100000']);
    expect(own).not.toContain('RDATE');
  });

  it('changes the list where somebody changes the series', async () => {
    const { laptop, phone } = await devices(type);
    const luid = laptop.find('Friday');
    laptop.replace(luid, item('EXDATE;TZID=Europe/Berlin:20261113T100000'));
    await laptop.sync();
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect(datesOf(phone)).toEqual(['20270813']);
  });
});

it('a device without lists is sent nothing as time goes by', async () => {
  const { server, laptop } = await devices();
  await laptop.sync();
  server.time = at(2031, 1);
  expect((await laptop.sync()).received).toEqual(NOTHING);
});

describe('a phone gets nothing as time goes by', () => {
  const years = async (server: TestServer, phone: Phone) => {
    for (const year of [2028, 2029]) {
      server.time = at(year, 1);
      expect((await phone.sync()).received).toEqual(NOTHING);
    }
  };
  const LISTED = ['DTSTART', 'DTEND', 'RRULE', 'SUMMARY', 'EXDATE'];
  const ended = (end: string) => item().replace('BYMONTHDAY=13', `BYMONTHDAY=13;${end}`);

  it.each([
    ['it takes no dates', { properties: LISTED }],
    ['the series has ended', { first: ended('UNTIL=20260830T000000Z') }],
    ['the series had so many occurrences', { first: ended('COUNT=2').replaceAll('20260213', '20150213') }],
  ])('where %s', async (_, more) => {
    const { server, phone } = await devices('text/x-vcalendar', more);
    expect(datesOf(phone)).toEqual([]);
    expect(await setDates(server, 'none')).toBe('none');
    await years(server, phone);
  });
  it('where Outlook shows another series of the item', async () => {
    const weekly = ['UID:weekly', 'DTSTART:20260216T100000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO', 'SUMMARY:Friday'];
    const both = item().replace(
      'BEGIN:VEVENT',
      `BEGIN:VEVENT\r\n${weekly.join('\r\n')}\r\nEND:VEVENT\r\nBEGIN:VEVENT`,
    );
    const { server, phone } = await devices('text/x-s4j-sife', { first: both });
    expect(phone.items.get(phone.find('Friday'))).toContain('<IsRecurring>1');
    expect(await setDates(server, 'none')).toBe('none');
    await years(server, phone);
  });
  it('once the series has ended', async () => {
    const { server, laptop, phone } = await devices('text/x-vcalendar', {
      first: ended('UNTIL=20261130T000000Z'),
    });
    expect(datesOf(phone)).toEqual(['20261113']);
    await years(server, phone);
    // What is past stays where it is.
    expect(datesOf(phone)).toEqual(['20261113']);
    const { size } = phone.items;
    expect((await phone.sync(201)).received).toMatchObject({ Add: 0, Delete: 0 });
    await laptop.sync();
    expect([phone.items.size, laptop.items.size]).toEqual([size, size]);
    expect(laptop.items.get(laptop.find('Friday'))).toMatch(/RRULE:.*UNTIL=20261130/);
  });
  it('before a list is another one', async () => {
    const first = ended('BYMONTH=2').replace('FREQ=MONTHLY', 'FREQ=YEARLY');
    const { server, phone } = await devices('text/x-vcalendar', { first });
    expect(datesOf(phone)).toEqual([]);
    server.time = at(2027, 6);
    expect((await phone.sync()).received).toEqual(NOTHING);
    // The next one after 2026 is in 2032.
    server.time = at(2031, 9);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect(datesOf(phone)).toEqual(['20320213']);
  });
});

describe('a phone that got the series when it went as a single appointment', () => {
  /** The anchor and the copy of the phone as an earlier server left them. */
  async function older() {
    const { server, laptop, phone } = await devices();
    await laptop.sync();
    expect(await setDates(server, undefined)).toBe('20271130');
    const luid = phone.find('Friday');
    phone.items.set(luid, (phone.items.get(luid) ?? '').replace(/RDATE:.*\r\n/, ''));
    return { laptop, phone, luid };
  }
  it('gets it once with its dates', async () => {
    const { laptop, phone } = await older();
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect(datesOf(phone)).toEqual(['20261113', '20270813']);
    expect((await phone.sync()).received).toEqual(NOTHING);
    expect((await laptop.sync()).received).toEqual(NOTHING);
  });

  it.each([[200], [201]])('does not end it by an edit that is older than the dates (%s)', async (code) => {
    const { laptop, phone, luid } = await older();
    phone.replace(luid, (phone.items.get(luid) ?? '').replace('SUMMARY:Friday', 'SUMMARY:Friday!'));
    await phone.sync(code);
    await phone.sync();
    await laptop.sync();
    expect(laptop.items.get(laptop.find('Friday!'))).toContain('RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13');
    expect(datesOf(phone)).toEqual(['20261113', '20270813']);
  });
});

it.each([
  ['newer', '20271130', '20281031'],
  ['older', '20281031', '20271130'],
])(
  'a list that is %s than the anchor says, because a session broke, changes nothing of the rule',
  async (_, of, told) => {
    const { server, laptop, phone } = await devices();
    await laptop.sync();
    expect(await setDates(server, of)).toBe('20271130');
    const luid = phone.find('Friday');
    const list = { '20271130': '20261113T090000Z;20270813T080000Z', '20281031': '20281013T080000Z' }[told];
    const copy = (phone.items.get(luid) ?? '').replace(/RDATE:.*/, `RDATE:${list}`);
    phone.replace(luid, copy.replace('SUMMARY:Friday', 'SUMMARY:Friday!'));
    await phone.sync();
    await laptop.sync();
    const own = laptop.items.get(laptop.find('Friday!')) ?? '';
    expect(own).toContain('RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13');
    expect(own).not.toMatch(/RDATE|EXDATE|UNTIL/);
  },
);
