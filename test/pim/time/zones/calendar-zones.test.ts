/** Time zones that devices describe or name in their own way. */

import { describe, expect, it, vi } from 'vitest';
import { summerTimeOf, zoneFromVcalendar } from '../../../../lib/pim/formats/vcalendar/zones.ts';
import { ianaOf } from '../../../../lib/pim/time/zones/names.ts';
import { minutesOf } from '../../../../lib/pim/time/zones/search.ts';
import { instantOf, localOf, offsetAt, utcOf, utcText } from '../../../../lib/pim/time/zones/zones.ts';
import { property } from '../../../../lib/pim/vobject/model.ts';
import { readItem, writeItem } from '../../../kit/items.ts';

const lines = (...all: readonly string[]) => [...all, ''].join('\r\n');
const startIn = (body: string): string =>
  /(?<=BEGIN:VEVENT\r\n(?:.*\r\n)*?)DTSTART.*/.exec(body.replace(/\r\n /g, ''))?.[0] ?? '';

describe('TZ and DAYLIGHT', () => {
  const zoneIn = (...head: readonly string[]) => {
    const event = ['BEGIN:VEVENT', 'DTSTART:20260302T100000', 'RRULE:W1 MO #0', 'END:VEVENT'];
    const text = lines('BEGIN:VCALENDAR', 'VERSION:1.0', ...head, ...event, 'END:VCALENDAR');
    return /TZID=([^:]*)/.exec(startIn(readItem('text/x-vcalendar', text).body))?.[1];
  };

  it.each([
    ['-0400', 'America/Puerto_Rico'],
    ['+0545', 'Asia/Kathmandu'],
    ['+0430', 'Asia/Kabul'],
    ['+0630', 'Asia/Yangon'],
    ['+0845', 'Australia/Eucla'],
    ['-0930', 'Pacific/Marquesas'],
    ['-1200', 'Etc/GMT+12'],
    ['Europe/Rome', 'Europe/Rome'],
    ['europe/rome', 'Europe/Rome'],
    ['+0520', 'UTC+0520'],
    ['-0330', 'UTC-0330'],
    ['+0300', 'Asia/Riyadh'],
  ])('TZ:%s without summer time is %s', (tz, zone) =>
    expect(zoneIn(`TZ:${tz}`, 'DAYLIGHT:FALSE')).toBe(zone),
  );

  const OFFSETS = ['+0300', '+03', '-0330', '+0545', '-0500', '+1300', '-1200', '+0000', '+0100', '-0230'];
  const STARTS = [
    '19950716T090000',
    '20080716T090000',
    '20120116T090000',
    '20260716T090000',
    '20400116T090000',
  ];
  it.each(OFFSETS.flatMap((tz) => STARTS.map((start) => [tz, start] as const)))(
    'TZ:%s without summer time is that offset on %s',
    (tz, start) => {
      const at = (utcOf(start) ?? 0) - (minutesOf(tz) ?? 0) * 60_000;
      for (const head of [['DAYLIGHT:FALSE'], []])
        for (const rule of [[], ['RRULE:W1 #3']]) {
          const event = ['BEGIN:VEVENT', `DTSTART:${start}`, ...rule, 'END:VEVENT', 'END:VCALENDAR'];
          const text = lines('BEGIN:VCALENDAR', 'VERSION:1.0', `TZ:${tz}`, ...head, ...event);
          const { body } = writeItem(readItem('text/x-vcalendar', text), { type: 'text/x-vcalendar' });
          expect(startIn(body)).toBe(`DTSTART:${utcText(at)}`);
        }
      const zone = `<Timezone><BasicOffset>${tz}</BasicOffset></Timezone>`;
      const sif = `<appointment><Start>${start}</Start><IsRecurring>0</IsRecurring>${zone}</appointment>`;
      expect(writeItem(readItem('text/x-s4j-sife', sif), { type: 'text/x-s4j-sife' }).body).toContain(
        `<Start>${utcText(at)}</Start>`,
      );
    },
  );

  it.each(['UTC+3', 'GMT-03:30', '(UTC+05:45)', 'UTC-0500', 'GMT+13'])(
    'an offset as the name %s of a zone is that offset at every date',
    (name) => {
      const minutes = minutesOf(name.replace(/[^-+:\d]/g, '')) ?? 0;
      for (const start of STARTS) {
        const event = ['BEGIN:VEVENT', `DTSTART;TZID="${name}":${start}`, 'END:VEVENT', 'END:VCALENDAR'];
        const item = readItem('text/calendar', lines('BEGIN:VCALENDAR', 'VERSION:2.0', ...event));
        const at = (utcOf(start) ?? 0) - minutes * 60_000;
        expect(startIn(writeItem(item, { type: 'text/x-vcalendar' }).body)).toBe(`DTSTART:${utcText(at)}`);
      }
    },
  );

  it('of no place on earth are told and read as they are', () => {
    const head = ['TZ:+0230', 'DAYLIGHT:TRUE;+0300;20260329T020000;20261025T030000;;'];
    const times = ['DTSTART:20260716T090000', 'DTEND:20260716T093000'];
    const event = ['BEGIN:VEVENT', ...times, 'RRULE:W1 TH #0', 'END:VEVENT'];
    const text = lines('BEGIN:VCALENDAR', 'VERSION:1.0', ...head, ...event, 'END:VCALENDAR');
    const item = readItem('text/x-vcalendar', text);
    expect(startIn(item.body)).toBe('DTSTART;TZID=UTC+0230+0300:20260716T090000');
    expect(item.body).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU');
    const written = writeItem(item, { type: 'text/x-vcalendar' });
    expect(written.body).toContain(head.join('\r\n'));
    expect(startIn(written.body)).toBe('DTSTART:20260716T060000Z');
    expect(readItem('text/x-vcalendar', written.body)).toEqual(item);
  });

  it('of hundreds of years are no clock, and leave no trace in the item', () => {
    const years = Array.from({ length: 300 }, (_, n) => 1970 + n);
    const head = years.map((year) => `DAYLIGHT:TRUE;+0300;${year}0329T020000;${year}1025T030000;;`);
    const event = ['BEGIN:VEVENT', 'DTSTART:20260716T090000', 'SUMMARY:x', 'END:VEVENT'];
    const text = lines('BEGIN:VCALENDAR', 'VERSION:1.0', 'TZ:+0230', ...head, ...event, 'END:VCALENDAR');
    const { body } = readItem('text/x-vcalendar', text);
    expect(startIn(body)).toBe('DTSTART:20260716T090000');
    expect(body).not.toContain('\u0000');
  });

  it.each([
    ['in UTC', '+01', 'TRUE;+02;20080330T010000Z;20081026T010000Z;;', 'Europe/Berlin'],
    ['by the clock that begins', '+0100', 'TRUE;+0200;20260329T030000;20261025T030000;;', 'Europe/Berlin'],
    ['each by the other clock', '+0100', 'TRUE;+0200;20260329T030000;20261025T020000;;', 'Europe/Berlin'],
    ['by the day', '+0100', 'TRUE;+0200;20260329T000000;20261025T000000;;', 'Europe/Berlin'],
    ['at midnight', '+0200', 'TRUE;+0300;20260329T000000;20261025T000000;;', 'Asia/Beirut'],
    ['by half an hour', '+1030', 'TRUE;+1100;20251005T020000;20260405T020000;;', 'Australia/Lord_Howe'],
    ['by name', '+0100', 'TRUE;+0200;20260329T020000;20261025T030000;Europe/Rome;Europe/Rome', 'Europe/Rome'],
    ['without dates', '-0500', 'TRUE;-0400;;;EST;EDT', 'America/New_York'],
  ])('clocks change %s', (_, tz, daylight, zone) =>
    expect(zoneIn(`TZ:${tz}`, `DAYLIGHT:${daylight}`)).toBe(zone),
  );

  /** The years in which clocks are put forward for a fast that moves are not told by one rule. */
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => !/Casablanca|El_Aaiun/.test(zone));
  const toldAndRead = (zone: string): string => {
    const { tz, daylight = 'FALSE' } = summerTimeOf(zone, Date.UTC(2025, 2, 1));
    const properties = [property('TZ', tz), property('DAYLIGHT', daylight)];
    const back = zoneFromVcalendar({ name: 'VCALENDAR', properties, components: [] }) ?? '';
    // A constant zone is looked for by the rules of today.
    return daylight === 'FALSE' ? zone : back;
  };

  it('of every zone are read as one with the same clocks', () => {
    for (const zone of zones) {
      const back = toldAndRead(zone);
      const isSame = [1, 4, 7, 10].every((month) => {
        const at = Date.UTC(2025, month, 15);
        return offsetAt(zone, at) === offsetAt(back, at);
      });
      expect(isSame, `${zone} ${back}`).toBe(true);
    }
  });

  it('of all zones are read with few looks at a clock, and each is made once', () => {
    // A getter, whatever its type says.
    const clock: { readonly format: object } = Intl.DateTimeFormat.prototype;
    const looks = vi.spyOn(clock, 'format', 'get');
    const clocks = vi.spyOn(Intl, 'DateTimeFormat');
    zones.forEach(toldAndRead);
    expect(looks.mock.calls.length).toBeLessThan(100 * zones.length);
    expect(clocks.mock.calls.length).toBeLessThan(2 * zones.length);
    vi.restoreAllMocks();
  });
});

describe('a definition', () => {
  type Part = readonly [kind: string, start: string, from: string, to: string, rule: string];
  const definition = (name: string, parts: readonly Part[]) => [
    ...['BEGIN:VTIMEZONE', `TZID:${name}`],
    ...parts.flatMap(([kind, start, from, to, rule]) => [
      ...[`BEGIN:${kind}`, `DTSTART:${start}`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`],
      ...[...(rule === '' ? [] : [`RRULE:FREQ=YEARLY;${rule}`]), `END:${kind}`],
    ]),
    'END:VTIMEZONE',
  ];
  const stored = (name: string, parts: readonly Part[]) => {
    const event = ['BEGIN:VEVENT', `DTSTART;TZID=${name}:20260302T100000`, 'END:VEVENT'];
    const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...definition(name, parts), ...event, 'END:VCALENDAR'];
    return readItem('text/calendar', lines(...text));
  };
  const constant = (offset: string): Part[] => [['STANDARD', '19700101T000000', offset, offset, '']];
  /** As Outlook begins them. */
  const changing = (low: string, high: string, spring: string, autumn: string, began = '1601'): Part[] => [
    ['STANDARD', `${began}0101T${autumn.slice(0, 6)}`, high, low, autumn.slice(7)],
    ['DAYLIGHT', `${began}0101T${spring.slice(0, 6)}`, low, high, spring.slice(7)],
  ];
  const us = ['020000;BYMONTH=3;BYDAY=2SU', '020000;BYMONTH=11;BYDAY=1SU'] as const;

  it.each<[string, Part[], string]>([
    ['GMT+05:45', constant('+0545'), 'Asia/Kathmandu'],
    ['"GMT+05:45"', constant('+0545'), 'Asia/Kathmandu'],
    ['SA Western', constant('-0400'), 'America/Puerto_Rico'],
    ['EST', changing('-0500', '-0400', ...us), 'America/New_York'],
    ['MST', changing('-0700', '-0600', ...us), 'America/Denver'],
    [
      'GMT',
      changing('+0000', '+0100', '010000;BYMONTH=3;BYDAY=-1SU', '020000;BYMONTH=10;BYDAY=-1SU'),
      'Europe/London',
    ],
    [
      'Old',
      changing('-0500', '-0400', '020000;BYMONTH=4;BYDAY=1SU', '020000;BYMONTH=10;BYDAY=-1SU', '1987'),
      'America/New_York',
    ],
    [
      'By dates',
      changing(
        '+0100',
        '+0200',
        '020000;BYMONTH=3;BYMONTHDAY=25,26,27,28,29,30,31;BYDAY=SU',
        '030000;BYMONTH=10;BYMONTHDAY=25,26,27,28,29,30,31;BYDAY=SU',
      ),
      'Europe/Berlin',
    ],
    [
      'Levant',
      changing('+0200', '+0300', '000000;BYMONTH=3;BYDAY=-1SU', '000000;BYMONTH=10;BYDAY=-1SU'),
      'Asia/Beirut',
    ],
    [
      'Ch',
      changing('+1245', '+1345', '024500;BYMONTH=9;BYDAY=-1SU', '034500;BYMONTH=4;BYDAY=1SU'),
      'Pacific/Chatham',
    ],
    [
      'Two dates',
      [
        ['STANDARD', '20261025T030000', '+0200', '+0100', ''],
        ['DAYLIGHT', '20260329T020000', '+0100', '+0200', ''],
      ],
      'Europe/Berlin',
    ],
    [
      'No more',
      [
        ['DAYLIGHT', '20100328T020000', '+0300', '+0400', ''],
        ['STANDARD', '20141026T020000', '+0400', '+0300', ''],
      ],
      'Europe/Moscow',
    ],
  ])('called %s', (name, parts, zone) => {
    const item = stored(name.replaceAll('"', ''), parts);
    expect(startIn(item.body)).toBe(`DTSTART;TZID=${zone}:20260302T100000`);
    const instant = localOf(instantOf('20260302T100000', zone) ?? 0);
    expect(startIn(writeItem(item, { type: 'text/x-vcalendar' }).body)).toBe(`DTSTART:${instant}Z`);
  });

  it.each(['BYMONTH=X', 'BYMONTH=999999999999', 'BYMONTH=3;BYDAY=9SU', 'BYMONTHDAY=77'])(
    'that nobody can count is kept: %s',
    (rule) => {
      const odd = changing('+0100', '+0200', `020000;${rule}`, `030000;${rule}`);
      expect(stored('Odd', odd).body).toContain('DTSTART;TZID=Odd');
    },
  );

  it.each([
    ['20260320T090000', '20260320T150000Z'],
    ['20260715T090000', '20260715T140000Z'],
    ['20261220T090000', '20261220T150000Z'],
    ['20100715T090000', '20100715T140000Z'],
  ])('goes before rules that have changed since: %s', (start, utc) => {
    // As in Mexico until 2022.
    const mexico = changing('-0600', '-0500', '020000;BYMONTH=4;BYDAY=1SU', '020000;BYMONTH=10;BYDAY=-1SU');
    const event = ['BEGIN:VEVENT', `DTSTART;TZID=Customized:${start}`, 'END:VEVENT'];
    const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...definition('Customized', mexico), ...event];
    const item = readItem('text/calendar', lines(...text, 'END:VCALENDAR'));
    expect(startIn(writeItem(item, { type: 'text/x-vcalendar' }).body)).toBe(`DTSTART:${utc}`);
  });

  it('of a series counts to its end', () => {
    const mexico = changing('-0600', '-0500', '020000;BYMONTH=4;BYDAY=1SU', '020000;BYMONTH=10;BYDAY=-1SU');
    const zoneOf = (rule: string) => {
      const event = ['BEGIN:VEVENT', 'DTSTART;TZID=Customized:20200120T090000', rule, 'END:VEVENT'];
      const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...definition('Customized', mexico), ...event];
      return startIn(readItem('text/calendar', lines(...text, 'END:VCALENDAR')).body);
    };
    expect(zoneOf('RRULE:FREQ=WEEKLY')).toContain('TZID=Customized:');
    expect(zoneOf('RRULE:FREQ=WEEKLY;COUNT=500')).toContain('TZID=Customized:');
    expect(zoneOf('RRULE:FREQ=WEEKLY;COUNT=50')).toContain('TZID=America/Mexico_City:');
    expect(zoneOf('RRULE:FREQ=WEEKLY;UNTIL=20211201T000000Z')).toContain('TZID=America/Mexico_City:');
  });

  it('of a place is what the runtime knows of it', () => {
    const old = changing('+0100', '+0300', '020000;BYMONTH=5;BYDAY=1SU', '030000;BYMONTH=9;BYDAY=1SU');
    expect(stored('Europe/Berlin', old).body).toContain('DTSTART;TZID=Europe/Berlin');
    expect(stored('Nowhere', old).body).toContain('DTSTART;TZID=Nowhere');
  });
});

it.each([
  ['/freeassociation.sourceforge.net/Tzfile/Europe/Berlin', 'Europe/Berlin'],
  ['/mozilla.org/20050126_1/America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['/citadel.org/20210210_1/Etc/GMT+5', 'Etc/GMT+5'],
  ['tzone://Microsoft/Utc', 'UTC'],
  ['europe/berlin', 'Europe/Berlin'],
  ['us/eastern', 'America/New_York'],
  ['US/Eastern', 'US/Eastern'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['GMT+01:00', 'Africa/Lagos'],
  ['UTC-5', 'America/Bogota'],
  ['Customized Time Zone', undefined],
])('%s is %s', (name, zone) => expect(ianaOf(name)).toBe(zone));

it.each([
  ['Europe/Berlin', '20260329T023000', '20260329T013000'],
  ['America/New_York', '20260308T023000', '20260308T073000'],
  ['Australia/Sydney', '20261004T023000', '20261003T163000'],
  ['Europe/Berlin', '20261025T023000', '20261025T003000'],
  ['America/New_York', '20261101T013000', '20261101T053000'],
  ['Australia/Sydney', '20260405T023000', '20260404T153000'],
  ['Pacific/Kiritimati', '20260405T023000', '20260404T123000'],
])('in %s %s is after a gap, and the first of two', (zone, local, utc) =>
  expect(localOf(instantOf(local, zone) ?? 0)).toBe(utc),
);
