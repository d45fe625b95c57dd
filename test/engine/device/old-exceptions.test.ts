/** A device that got a series before occurrences that take place otherwise were dates: each was an excluded date. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { startServer } from '../../kit/server.ts';
import { calendar } from '../../pim/merge/merging.ts';
import { Phone, setDates } from './phone.ts';

const CALENDAR = { datastore: 'calendar' } as const;
const RULE = 'RRULE:FREQ=WEEKLY;BYDAY=MO';
const EXCLUDED = 'EXDATE:20260907T100000Z';
const series = (...more: readonly string[]) => [
  'UID:weekly',
  'DTSTART:20260831T100000Z',
  'DTEND:20260831T110000Z',
  'SUMMARY:weekly',
  ...more,
];
const exceptions = [
  ['20260914T100000Z', '20260915T100000Z', 'moved'],
  ['20260921T100000Z', '20260921T100000Z', 'in its place'],
].map(([of, at, text]) => ['UID:weekly', `RECURRENCE-ID:${of}`, `DTSTART:${at}`, `SUMMARY:${text}`]);
const item = (...more: readonly string[]) => calendar(series(...more), ...exceptions).body;

const DATES = ['20260907T100000Z', '20260914T100000Z', '20260921T100000Z'];

interface Form {
  /** An item of the phone's own, which tells its format. */
  readonly own: string;
  /** The copy as an earlier server left it: without the new time, and with each exception excluded. */
  readonly asThen: (text: string) => string;
}
const withRule = (version: string, rule: string) =>
  `BEGIN:VCALENDAR\r\nVERSION:${version}\r\nBEGIN:VEVENT\r\nDTSTART:20260302T100000Z\r\nRRULE:${rule}\r\nSUMMARY:own\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
const FORMS: Readonly<Record<string, Form>> = {
  'text/x-vcalendar': {
    own: withRule('1.0', 'W1 MO 20260309T100000Z'),
    asThen: (text) => text.replace(/RDATE:.*\r\n/, '').replace(/EXDATE:.*/, `EXDATE:${DATES.join(';')}`),
  },
  'text/calendar': {
    own: withRule('2.0', 'FREQ=WEEKLY;COUNT=2'),
    asThen: (text) =>
      text
        .replace(/RDATE:.*\r\n/, '')
        .replace(/(EXDATE:.*\r\n)+/, DATES.map((date) => `EXDATE:${date}\r\n`).join('')),
  },
  'text/x-s4j-sife': {
    own: '<appointment><Subject>own</Subject><Start>20260301T100000Z</Start></appointment>',
    asThen: (text) =>
      text.replace(
        /<Exceptions>[\s\S]*<\/Exceptions>/,
        `<Exceptions>${DATES.map((date) => `<ExcludeDate>${date}</ExcludeDate>`).join('')}</Exceptions>`,
      ),
  },
};

async function older(type: string) {
  const { own, asThen } = FORMS[type] as Form;
  const server = await startServer();
  server.time = Date.UTC(2026, 7, 30);
  const laptop = new Device(server, { ...CALENDAR, device: 'laptop', type: 'text/calendar' });
  const phone = new Phone(server, { ...CALENDAR, device: 'phone', type });
  laptop.add(item(RULE, EXCLUDED));
  await laptop.sync();
  phone.add(own);
  await phone.sync();
  await laptop.sync();
  await setDates(server, undefined);
  const luid = phone.find('weekly');
  const copy = asThen(phone.items.get(luid) ?? '');
  phone.items.set(luid, copy);
  const title = copy.replace(/(SUMMARY:|<Subject>)weekly/, '$1weekly!');
  if (title === copy || /RDATE|IncludeDate/.test(copy) || !copy.includes('20260921')) throw new Error(copy);
  const onLaptop = async () => {
    await laptop.sync();
    return (laptop.items.get(laptop.find('SUMMARY:weekly')) ?? '').split('\r\n');
  };
  return { laptop, phone, luid, copy, title, onLaptop };
}
const withExcluded = (text: string, date: string) =>
  text.replace(
    /<ExcludeDate>|EXDATE:/,
    (name) => `${name}${date}${name === 'EXDATE:' ? '\r\n' : '</ExcludeDate>'}${name}`,
  );
const EXCEPTIONS = ['SUMMARY:moved', 'SUMMARY:in its place', 'DTSTART:20260915T100000Z'];

describe.each(Object.keys(FORMS))('an edit of the old copy of %s', (type) => {
  it.each([200, 201])('changes nothing of the series or its exceptions (%s)', async (code) => {
    const { phone, luid, title, onLaptop } = await older(type);
    phone.replace(luid, title);
    await phone.sync(code);
    const lines = await onLaptop();
    expect(lines).toEqual(expect.arrayContaining(['SUMMARY:weekly!', RULE, EXCLUDED, ...EXCEPTIONS]));
    expect(lines.filter((line) => /^(EXDATE|RDATE)/.test(line))).toEqual([EXCLUDED]);
  });

  it('leaves the rule that another device changed', async () => {
    const { laptop, phone, luid, title, onLaptop } = await older(type);
    laptop.replace(laptop.find('weekly'), item(`${RULE},WE`, EXCLUDED));
    await laptop.sync();
    phone.replace(luid, title);
    await phone.sync();
    expect(await onLaptop()).toEqual(
      expect.arrayContaining(['SUMMARY:weekly!', `${RULE},WE`, EXCLUDED, ...EXCEPTIONS]),
    );
  });

  it('leaves the occurrence that another device restored', async () => {
    const { laptop, phone, luid, title, onLaptop } = await older(type);
    laptop.replace(laptop.find('weekly'), item(RULE));
    await laptop.sync();
    phone.replace(luid, title);
    await phone.sync();
    const lines = await onLaptop();
    expect(lines).toContain('SUMMARY:weekly!');
    expect(lines.filter((line) => line.startsWith('EXDATE'))).toEqual([]);
  });

  it('ends the series where it has no rule any more', async () => {
    const { phone, luid, copy, onLaptop } = await older(type);
    phone.replace(luid, copy.replace(/RRULE:.*\r\n/, '').replace('<IsRecurring>1', '<IsRecurring>0'));
    await phone.sync();
    expect((await onLaptop()).filter((line) => line.startsWith('RRULE'))).toEqual([]);
  });

  it('excludes another occurrence', async () => {
    const { phone, luid, copy, onLaptop } = await older(type);
    phone.replace(luid, withExcluded(copy, '20261005T100000Z'));
    await phone.sync();
    const lines = await onLaptop();
    expect(lines.filter((line) => line.startsWith('EXDATE')).join()).toContain('20261005T100000Z');
    expect(lines).toEqual(expect.arrayContaining([RULE, ...EXCEPTIONS]));
  });
});

it.each(Object.keys(FORMS))('%s gets the series once with the new time', async (type) => {
  const { phone, luid } = await older(type);
  expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 1, Delete: 0 });
  expect(phone.items.get(luid)).toMatch(/(RDATE:|<IncludeDate>)20260915T100000Z/);
  expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
});
