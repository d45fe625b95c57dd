/** Series as lists of dates, for formats that cannot say their rules. */
import { describe, expect, it } from 'vitest';
import { ALL } from '../../../lib/pim/device/capabilities.ts';
import { withListedDates } from '../../../lib/pim/time/listed-dates.ts';
import { daysOfRules } from '../../../lib/pim/time/occurrence-days.ts';
import { parseRule } from '../../../lib/pim/time/rule.ts';
import { daysOfRule } from '../../../lib/pim/time/rule-days.ts';
import { DAY } from '../../../lib/pim/time/zones/zones.ts';
import { readItem, treeOf, writeItem } from '../../kit/items.ts';
import { calendar, linesOf } from '../merge/merging.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const OUTLOOK = { type: 'text/x-s4j-sife' };
const BERLIN = ';TZID=Europe/Berlin';

/** The listed dates of an event, up to the end of January 2027: from December 2025 on. */
function dates(...lines: readonly string[]): string[] | undefined {
  const part = treeOf(calendar(lines))?.components.find(({ name }) => name === 'VEVENT');
  const listed = part && withListedDates(part, '20270131');
  return listed?.properties.filter(({ name }) => name === 'RDATE').map(({ value }) => value);
}

describe('the list of dates', () => {
  it.each([
    [
      '13 of months that are Fridays',
      'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
      ['20260213', '20260313', '20261113'],
    ],
    ['a place in the year', 'FREQ=YEARLY;BYDAY=20MO', ['20260518']],
    ['the end', 'FREQ=MONTHLY;BYMONTHDAY=-2;UNTIL=20260330T090000Z', ['20260130', '20260227', '20260330']],
    ['a day before the end', 'FREQ=MONTHLY;BYMONTHDAY=-2;UNTIL=20260330T085959Z', ['20260130', '20260227']],
    ['the count, with its start', 'FREQ=MONTHLY;BYMONTHDAY=-2;COUNT=3', ['20260130', '20260227']],
    [
      'two weeks that begin on Sunday',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,SU;WKST=SU;COUNT=4',
      ['20260111', '20260114', '20260125'],
    ],
  ])('has %s', (_, rule, days) => {
    // On a day of the rule, or far from any.
    const start = rule.includes('-2') ? '20251230' : '20251231';
    const all = dates(`DTSTART:${start}T090000Z`, `DTEND:${start}T100000Z`, `RRULE:${rule}`);
    expect(all).toEqual(days.map((day) => `${day}T090000Z`));
  });

  it('begins 14 months before its end, however old the series is', () => {
    const all = dates('DTSTART;VALUE=DATE:19990101', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15') ?? [];
    expect([all[0], all.at(-1), all.length]).toEqual(['20251201', '20270115', 28]);
  });

  it('keeps the clock of its zone', () => {
    const rule = 'RRULE:FREQ=MONTHLY;BYMONTHDAY=-2;COUNT=12';
    const item = calendar([`DTSTART${BERLIN}:20260130T100000`, `DTEND${BERLIN}:20260130T110000`, rule]);
    const device = { ...ALL, datesUntil: '20261231' };
    const { body } = writeItem(item, OUTLOOK, device);
    const told = body.match(/(?<=<IncludeDate>)[^<]*/g) ?? [];
    expect(told.slice(0, 3)).toEqual(['20260227T090000Z', '20260330T080000Z', '20260429T080000Z']);
    expect(body).toMatch(/<IsRecurring>1.*<Occurrences>1</s);
  });

  it('leaves out what is excluded, by date or by rule, and has what is added', () => {
    const all = dates(
      'DTSTART:20260105T090000Z',
      'RRULE:FREQ=MONTHLY;BYMONTHDAY=5,20;COUNT=7',
      'EXRULE:FREQ=MONTHLY;BYMONTHDAY=20;INTERVAL=2',
      'EXDATE:20260205T090000Z',
      'RDATE:20260207T090000Z',
    );
    expect(all).toEqual(['20260207', '20260220', '20260305', '20260405'].map((day) => `${day}T090000Z`));
  });

  it('of a series whose start is excluded excludes it still', () => {
    const rule = 'RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13';
    const item = calendar(['DTSTART:20260213T090000Z', rule, 'EXDATE:20260213T090000Z']);
    const lines = linesOf(writeItem(item, OLD, { ...ALL, datesUntil: '20261231' }));
    expect(lines.filter((line) => /DATE/.test(line))).toEqual([
      'RDATE:20260313T090000Z;20261113T090000Z',
      'EXDATE:20260213T090000Z',
    ]);
  });

  it.each(['RRULE:FREQ=HOURLY', 'RRULE:FREQ=YEARLY;BYWEEKNO=20', 'RDATE:20260301T090000Z', 'X-RRULE:often'])(
    'is not made of %s',
    (line) => expect(dates('DTSTART:20260105T090000Z', line)).toBeUndefined(),
  );
});

describe('a series', () => {
  const item = (rule: string) =>
    calendar(['DTSTART:20260213T090000Z', 'DTEND:20260213T100000Z', `RRULE:${rule}`]);
  const device = { ...ALL, datesUntil: '20261231' };
  it.each([
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', false, false],
    ['FREQ=MONTHLY;BYMONTHDAY=13,-1', true, false],
    ['FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=2', false, true],
    ['FREQ=MONTHLY;BYDAY=2FR', true, true],
  ])('by %s goes by its rule where the format can say it', (rule, inVcalendar, inSif) => {
    const [old, outlook] = [OLD, OUTLOOK].map((format) => writeItem(item(rule), format, device).body) as [
      string,
      string,
    ];
    expect([old.includes('RRULE'), old.includes('RDATE')]).toEqual([inVcalendar, !inVcalendar]);
    expect(outlook.includes('IncludeDate')).toBe(!inSif);
    expect(outlook).toContain('<IsRecurring>1');
  });
  it('comes back as a series of single dates', () => {
    const rule = 'RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13';
    for (const [kind, time, end] of [
      ['', 'T090000Z', 'T100000Z'],
      [';VALUE=DATE', '', ''],
    ]) {
      const series = calendar([`DTSTART${kind}:20260213${time}`, `DTEND${kind}:20260214${end}`, rule]);
      for (const format of [OLD, OUTLOOK]) {
        const { body } = writeItem(series, format, device);
        const read = linesOf(readItem(format.type, body)).filter((line) =>
          /^(DT(START|END)|RDATE|RRULE)/.test(line),
        );
        expect(read).toEqual([
          `DTSTART${kind}:20260213${time}`,
          `DTEND${kind}:20260214${end}`,
          `RDATE${kind}:20260313${time}`,
          `RDATE${kind}:20261113${time}`,
        ]);
      }
    }
  });
});

describe('any rule', () => {
  const rules = [
    'DAILY;INTERVAL=3',
    'DAILY;BYMONTH=2,11',
    'WEEKLY;INTERVAL=3;BYDAY=SU,TU;WKST=SU',
    'WEEKLY;INTERVAL=2;BYDAY=SA,MO',
    'WEEKLY;BYDAY=MO,TU,WE;BYSETPOS=2',
    'MONTHLY;INTERVAL=5;BYMONTHDAY=31,-2',
    'MONTHLY;BYDAY=MO,FR;BYSETPOS=3,-1',
    'YEARLY;INTERVAL=2;BYMONTH=2,11;BYMONTHDAY=-1',
    'YEARLY;BYDAY=20MO,-3FR',
    'YEARLY;BYYEARDAY=60,-1',
    'YEARLY;BYMONTH=5;BYDAY=MO,TU;BYSETPOS=2,4',
  ];
  it.each(rules)('%s falls on the same days by its period and from its start', (rule) => {
    const start = Date.UTC(2024, 1, 29);
    const parsed = parseRule(`FREQ=${rule}`) ?? new Map();
    const expected: number[] = [];
    for (const day of daysOfRule(parsed, start)) {
      if (day > start + 2_000 * DAY) break;
      expected.push(day);
    }
    const falls = daysOfRules([parsed], start);
    const all = Array.from({ length: 2_001 }, (_, n) => start + n * DAY);
    // Not in order, as they are asked for by what a device sends.
    const asked = [...all.filter((_, n) => n % 2 === 0).reverse(), ...all.filter((_, n) => n % 2 === 1)];
    expect(asked.filter(falls).sort((a, b) => a - b)).toEqual(expected);
    expect(falls(start - DAY)).toBe(false);
  });
});
