/** Series with exceptions and periods for devices that have neither, and what old devices say of one zone by name. */

import { describe, expect, it } from 'vitest';
import { ALL } from '../../../../lib/pim/device/capabilities.ts';
import { readItem, writeItem } from '../../../kit/items.ts';
import { E, event, linesOf } from '../sif/sif.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const NEW = { type: 'text/calendar', version: '2.0' };
const calendar = (version: string, ...own: readonly string[]) =>
  ['BEGIN:VCALENDAR', `VERSION:${version}`, ...own, 'END:VCALENDAR', ''].join('\r\n');
const item = (...own: readonly string[]) => readItem(NEW.type, calendar('2.0', ...own));
const fromOld = (...own: readonly string[]) => linesOf(readItem(OLD.type, calendar('1.0', ...own)).body);

const datesToSif = (...own: readonly string[]) =>
  writeItem(item(...own), { type: E }).body.match(/<(In|Ex)cludeDate>[^<]*/g);

const MOVED = ['RDATE:20260309T140000Z', 'EXDATE:20260309T090000Z'];

describe('a series among others', () => {
  const [monday, tuesday] = ['20260302T090000Z', '20260303T090000Z'];
  const series = (uid: string, start: string) =>
    event(`UID:${uid}`, `DTSTART:${start}`, `DTEND:${start}`, 'RRULE:FREQ=WEEKLY');
  const moved = (uid: string, id: string, to = id.replace('T090000', 'T140000')) =>
    event(`UID:${uid}`, `RECURRENCE-ID:${id}`, `DTSTART:${to}`);
  const both = [
    ...series('a', monday),
    ...moved('a', '20260309T090000Z'),
    ...series('b', tuesday),
    ...moved('b', '20260310T090000Z'),
  ];
  it('has the dates of its own exceptions only', () => {
    const { body } = writeItem(item(...both), OLD);
    expect(body.match(/UID:.|(EX|R)DATE.*/g)).toEqual([
      'UID:a',
      'RDATE:20260309T140000Z',
      'EXDATE:20260309T090000Z',
      'UID:b',
      'RDATE:20260310T140000Z',
      'EXDATE:20260310T090000Z',
    ]);
    expect(datesToSif(...both)).toEqual(['<ExcludeDate>20260309T090000Z', '<IncludeDate>20260309T140000Z']);
  });

  it.each([
    ['at the time of its occurrence', ['DTSTART:20260309T090000Z', 'SUMMARY:other'], []],
    ['that is cancelled', ['DTSTART:20260309T140000Z', 'STATUS:CANCELLED'], ['EXDATE:20260309T090000Z']],
    ['without a time', ['SUMMARY:other'], ['EXDATE:20260309T090000Z']],
    ['by another clock', ['DTSTART;TZID=Asia/Tokyo:20260309T180000'], []],
    ['by another clock, at another time', ['DTSTART;TZID=Asia/Tokyo:20260309T230000'], MOVED],
    ['on a day', ['DTSTART;VALUE=DATE:20260310'], ['RDATE:20260310T090000Z', 'EXDATE:20260309T090000Z']],
  ])('an exception %s is told by dates', (_, own, dates) => {
    const exception = event('UID:a', 'RECURRENCE-ID:20260309T090000Z', ...own);
    const { body } = writeItem(item(...series('a', monday), ...exception), OLD);
    expect(linesOf(body).filter((line) => /^(EX|R)DATE/.test(line))).toEqual(dates);
  });

  it('of days has the day of an exception', () => {
    const days = event('UID:a', 'DTSTART;VALUE=DATE:20260302', 'RRULE:FREQ=DAILY;COUNT=3');
    const exception = event('UID:a', 'RECURRENCE-ID;VALUE=DATE:20260303', 'DTSTART:20260306T100000Z');
    const { body } = writeItem(item(...days, ...exception), OLD);
    expect(linesOf(body).filter((line) => /^(EX|R)DATE/.test(line))).toEqual([
      'RDATE:20260306T000000',
      'EXDATE:20260303T000000',
    ]);
  });

  it('in a zone has its exceptions by the clock of each date', () => {
    const start = 'DTSTART;TZID=Europe/Berlin:20261019T103000';
    const exception = event(
      'UID:a',
      'RECURRENCE-ID:20261026T093000Z',
      'DTSTART;TZID=Europe/Berlin:20261023T103000',
    );
    const lines = [...event('UID:a', start, 'RRULE:FREQ=WEEKLY;COUNT=4'), ...exception];
    const { body } = writeItem(item(...lines), OLD);
    expect(linesOf(body).filter((line) => /^(EX|R)DATE/.test(line))).toEqual([
      'RDATE:20261023T083000Z',
      'EXDATE:20261026T093000Z',
    ]);
  });
});

describe('periods', () => {
  const start = 'DTSTART;TZID=Eastern Standard Time:20260302T090000';
  const [from, end] = ['20260304T090000', '20260304T100000'];
  const lines = event(
    start,
    'RRULE:FREQ=WEEKLY',
    `RDATE;VALUE=PERIOD;TZID=Eastern Standard Time:${from}/${end},20260305T090000/PT2H`,
  );
  it('have the zone that the start has', () =>
    expect(linesOf(item(...lines).body)).toEqual(
      expect.arrayContaining([
        'DTSTART;TZID=America/New_York:20260302T090000',
        `RDATE;TZID=America/New_York;VALUE=PERIOD:${from}/${end}`,
        'RDATE;TZID=America/New_York;VALUE=PERIOD:20260305T090000/PT2H',
      ]),
    ));

  it('are their starts to devices that have none', () => {
    const old = linesOf(writeItem(item(...lines), OLD).body);
    expect(old.filter((line) => line.startsWith('RDATE'))).toEqual([
      'RDATE:20260304T140000Z;20260305T140000Z',
    ]);
    expect(datesToSif(...lines)).toEqual(['<IncludeDate>20260304T140000Z', '<IncludeDate>20260305T140000Z']);
  });

  it('are in UTC for devices without zones, by the clock beside a rule', () => {
    const names = ['BEGIN', 'DTSTART', 'RRULE', 'RDATE'];
    const taken = (name: string) => ({ values: name === 'BEGIN' ? ['VCALENDAR', 'VEVENT'] : [] });
    const properties = new Map(names.map((name) => [name, taken(name)]));
    const datesOf = (own: readonly string[]) =>
      linesOf(writeItem(item(...own), NEW, { ...ALL, properties }).body).filter((line) =>
        /^RDATE/.test(line),
      );
    expect(datesOf(lines)).toEqual([
      `RDATE;VALUE=PERIOD:${from}/${end}`,
      'RDATE;VALUE=PERIOD:20260305T090000/PT2H',
    ]);
    expect(datesOf(lines.filter((line) => !line.startsWith('RRULE')))).toEqual([
      'RDATE;VALUE=PERIOD:20260304T140000Z/20260304T150000Z',
      'RDATE;VALUE=PERIOD:20260305T140000Z/PT2H',
    ]);
  });
});

describe('an alarm of an old device', () => {
  const start = 'DTSTART;TZID=America/New_York:20080101T100000';
  it.each([
    ['DALARM:20080101T144500Z', [start]],
    ['DALARM:20080101T094500', [start]],
    ['DALARM:20080101T094500', ['DTSTART;TZID=Eastern Standard Time:20080101T100000']],
    ['DALARM;TZID=Europe/Berlin:20080101T154500', [start]],
    ['DALARM:20080101T144500Z', [start, 'TZ:+0100', 'DAYLIGHT:FALSE']],
  ])('%s is measured by the clocks of its start', (alarm, own) =>
    expect(fromOld(...event(...own, alarm))).toContain('TRIGGER:-PT15M'),
  );

  it('a time keeps the zone that it names', () => {
    const zone = ['TZ:+0100', 'DAYLIGHT:FALSE'];
    expect(fromOld(...zone, ...event(start, 'DTEND:20080101T110000'))).toEqual(
      event(start, 'DTEND;TZID=America/New_York:20080101T110000'),
    );
  });

  it.each(['00000000T081000Z', '20081301T081000Z', 'T081000'])(
    'at %s is no alarm, but goes back as it came',
    (time) => {
      const own = event('DTSTART:20080101T100000Z', `DALARM:${time};;;Up`);
      const stored = readItem(OLD.type, calendar('1.0', ...own));
      expect(linesOf(stored.body)).toEqual(event('DTSTART:20080101T100000Z', `X-DALARM:${time};;;Up`));
      expect(linesOf(writeItem(stored, OLD).body)).toContain(`DALARM:${time};;;Up`);
    },
  );
});
