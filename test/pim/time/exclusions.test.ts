/** Which occurrence an excluded date means, as devices write it; and none comes back, whichever device edits the series. */
import { describe, expect, it } from 'vitest';
import { withMeantExclusions } from '../../../lib/pim/time/exclusions.ts';
import { property } from '../../../lib/pim/vobject/model.ts';
import { paidBy, WorkBudget } from '../../../lib/pim/work/budget.ts';
import { mergeEdit, readItem, seenOf, type TextItem, writeItem } from '../../kit/items.ts';
import { event, linesOf } from '../merge/merging.ts';

const excluded = (item: TextItem): string[] => linesOf(item).filter((line) => line.startsWith('EXDATE'));
const BERLIN = 'TZID=Europe/Berlin';
/** Mondays at 10:30, of which the last two are after the end of summer time. */
const mondays = (...lines: readonly string[]): TextItem =>
  event(`DTSTART;${BERLIN}:20261019T103000`, 'RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO', ...lines);
const SECOND = `EXDATE;${BERLIN}:20261102T103000`;

describe('an exclusion', () => {
  it.each([
    ['a day', 'EXDATE;VALUE=DATE:20261102'],
    ['a local time', 'EXDATE:20261102T103000'],
    ['a midnight', `EXDATE;${BERLIN}:20261102T000000`],
    ['a midnight without a zone', 'EXDATE:20261102T000000'],
    ['a midnight in UTC', 'EXDATE:20261102T000000Z'],
    ['the midnight of the zone, in UTC', 'EXDATE:20261101T230000Z'],
    ['an hour early, as weeks after the start in UTC', 'EXDATE:20261102T083000Z'],
    ['an hour late', `EXDATE;${BERLIN}:20261102T113000`],
  ])('that is %s means the occurrence', (_, line) => {
    expect(excluded(mondays(line))).toEqual([SECOND]);
    expect(excluded(mondays(line, 'EXDATE:20261026T093000Z', SECOND))).toEqual([
      SECOND,
      'EXDATE:20261026T093000Z',
    ]);
  });

  it.each([
    ['the very occurrence', 'EXDATE:20261102T093000Z'],
    ['another day', 'EXDATE;VALUE=DATE:20261103'],
    ['a day after the end', 'EXDATE;VALUE=DATE:20261116'],
    ['another time of the day', `EXDATE;${BERLIN}:20261102T140000`],
  ])('that is %s stays', (_, line) => expect(excluded(mondays(line))).toEqual([line]));

  it('of an extra date stays', () => {
    const extra = [`RDATE;${BERLIN}:20261102T113000`, `EXDATE;${BERLIN}:20261102T113000`];
    expect(excluded(mondays(...extra))).toEqual([extra[1]]);
  });

  it.each([
    ['20260105T103000Z/PT1H', 'EXDATE:20260105T103000Z'],
    ['20260105T103000Z/20260105T110000Z', 'EXDATE:20260105T103000Z'],
  ])('of an extra period %s stays', (period, line) => {
    // By the clock of the start it is an hour beside the occurrence, as after a change of the clocks.
    const series = [`DTSTART;${BERLIN}:20250701T103000`, 'RRULE:FREQ=DAILY'];
    expect(excluded(event(...series, `RDATE;VALUE=PERIOD:${period}`, line))).toEqual([line]);
  });

  it.each([
    ['an hour, with no change of the clocks', `;${BERLIN}:20261019T103000`, `;${BERLIN}:20261020T093000`],
    ['an hour, with no change of the clocks', `;${BERLIN}:20261019T103000`, ':20261020T073000Z'],
    ['half an hour', `;${BERLIN}:20261019T103000`, `;${BERLIN}:20261102T100000`],
    ['an hour, in a series without a zone', ':20261019T103000', ':20261102T093000'],
    ['an hour, in a series in UTC', ':20261019T103000Z', ':20261102T093000Z'],
    [
      'an hour, in a zone of half an hour',
      ';TZID=Australia/Lord_Howe:20260701T103000',
      ';TZID=Australia/Lord_Howe:20261201T113000',
    ],
  ])('that is beside the occurrence by %s stays', (_, start, date) => {
    const lines = [`DTSTART${start}`, 'RRULE:FREQ=DAILY', `EXDATE${date}`];
    expect(excluded(event(...lines))).toEqual([lines[2]]);
  });

  it.each([
    [
      ';TZID=Australia/Lord_Howe:20260701T103000',
      ':20261201T000000Z',
      ';TZID=Australia/Lord_Howe:20261201T103000',
    ],
    // The device knows the zone, and writes the start in UTC.
    [':20261019T083000Z', `;${BERLIN}:20261102T103000`, ':20261102T083000Z'],
  ])('that is beside the occurrence by what the clocks were changed means it', (start, date, meant) => {
    const lines = [`DTSTART${start}`, 'RRULE:FREQ=DAILY', `EXDATE${date}`];
    expect(excluded(event(...lines))).toEqual([`EXDATE${meant}`]);
  });

  it.each([`;${BERLIN}:20261019T103000`, ':20261019T083000Z'])(
    'that is no time stays: DTSTART%s',
    (start) => {
      const properties = [
        property(
          'DTSTART',
          start.slice(start.indexOf(':') + 1),
          start.startsWith(';') ? { TZID: 'Europe/Berlin' } : {},
        ),
        property('RRULE', 'FREQ=DAILY'),
        property('EXDATE', 'garbage'),
      ];
      const part = { name: 'VEVENT', properties, components: [] };
      expect(withMeantExclusions(part)).toEqual(part);
    },
  );

  it('that is no time stays beside others of its length', () => {
    const dates = ['20261102', 'garbage', 'nothing'].map((value) => property('EXDATE', value));
    const series = [property('DTSTART', '20261019T103000'), property('RRULE', 'FREQ=DAILY'), ...dates];
    const { properties } = withMeantExclusions({ name: 'VEVENT', properties: series, components: [] });
    expect(properties.slice(2).map(({ value }) => value)).toEqual(['20261102T103000', 'garbage', 'nothing']);
  });

  it('of a series whose days cannot be counted stays', () => {
    const lines = [`DTSTART;${BERLIN}:20261019T103000`, 'RRULE:FREQ=HOURLY', 'EXDATE;VALUE=DATE:20261102'];
    expect(excluded(event(...lines))).toEqual([lines[2]]);
  });

  it('near midnight means the nearest occurrence', () => {
    const late = ['DTSTART;TZID=America/New_York:20261019T190000', 'RRULE:FREQ=DAILY'];
    // Weeks after the start in UTC: after the end of summer time that is 18:00.
    expect(excluded(event(...late, 'EXDATE:20261109T230000Z'))).toEqual([
      'EXDATE;TZID=America/New_York:20261109T190000',
    ]);
    const winter = ['DTSTART;TZID=America/New_York:20260119T190000', 'RRULE:FREQ=DAILY'];
    expect(excluded(event(...winter, 'EXDATE:20260707T000000Z'))).toEqual([
      'EXDATE;TZID=America/New_York:20260706T190000',
    ]);
    const early = [`DTSTART;${BERLIN}:20261019T003000`, 'RRULE:FREQ=DAILY'];
    expect(excluded(event(...early, 'EXDATE:20261101T223000Z'))).toEqual([
      `EXDATE;${BERLIN}:20261102T003000`,
    ]);
  });

  it.each([
    ['floating', 'DTSTART:20261019T103000', 'EXDATE:20261102T103000'],
    ['in UTC', 'DTSTART:20261019T083000Z', 'EXDATE:20261102T083000Z'],
    ['a day', 'DTSTART;VALUE=DATE:20261019', 'EXDATE;VALUE=DATE:20261102'],
  ])('of a series whose start is %s is like the start', (_, start, stored) => {
    const series = [start, 'RRULE:FREQ=WEEKLY;BYDAY=MO'];
    for (const line of ['EXDATE;VALUE=DATE:20261102', 'EXDATE:20261102T000000', 'EXDATE:20261102T000000Z'])
      expect(excluded(event(...series, line))).toEqual([stored]);
  });

  it('of a zone that only the item defines is of that zone', () => {
    const clocks = ['BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:-0517', 'TZOFFSETTO:-0517'];
    const zone = ['BEGIN:VTIMEZONE', 'TZID:Ours', ...clocks, 'END:STANDARD', 'END:VTIMEZONE'];
    const series = ['BEGIN:VEVENT', 'DTSTART;TZID=Ours:20261019T184300', 'RRULE:FREQ=DAILY'];
    const read = (line: string) => {
      const lines = [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        ...zone,
        ...series,
        line,
        'END:VEVENT',
        'END:VCALENDAR',
      ];
      return excluded(readItem('text/calendar', lines.join('\r\n')));
    };
    expect(read('EXDATE:20261102T184300')).toEqual(['EXDATE;TZID=Ours:20261102T184300']);
    expect(read('EXDATE;VALUE=DATE:20261102')).toEqual(['EXDATE;TZID=Ours:20261102T184300']);
    expect(read('EXDATE:20261102T000000Z')).toEqual(['EXDATE:20261102T000000Z']);
  });
});

it('in vCalendar, a midnight and a day mean the occurrence', () => {
  const head = ['VERSION:1.0', 'BEGIN:VEVENT', 'DTSTART:20261019T103000', 'RRULE:W1 MO #4'];
  for (const date of ['20261102T000000', '20261102', '20261102T103000']) {
    const lines = ['BEGIN:VCALENDAR', ...head, `EXDATE:${date}`, 'END:VEVENT', 'END:VCALENDAR'];
    expect(excluded(readItem('text/x-vcalendar', lines.join('\r\n')))).toEqual(['EXDATE:20261102T103000']);
  }
});

it('in SIF, a midnight and a day mean the occurrence', () => {
  for (const date of ['2026-11-02', '20261102T000000', '20261102T103000']) {
    const pattern =
      '<RecurrenceType>1</RecurrenceType><Interval>1</Interval><DayOfWeekMask>2</DayOfWeekMask>';
    const rest = `<Exceptions><ExcludeDate>${date}</ExcludeDate></Exceptions>`;
    const text = `<appointment><Start>20261019T103000</Start><IsRecurring>1</IsRecurring>${pattern}${rest}</appointment>`;
    expect(excluded(readItem('text/x-s4j-sife', text))).toEqual(['EXDATE:20261102T103000']);
  }
});

describe('a deleted occurrence does not come back', () => {
  const VCALENDAR = { type: 'text/x-vcalendar', version: '1.0' };
  const item = mondays('UID:u', 'SUMMARY:Meet', SECOND);
  it.each(['20261102', '20261102T083000Z', '20261102T093000Z', '20261102T000000', '20261102T000000Z'])(
    'if a device without zones writes it as %s',
    (date) => {
      const head = ['BEGIN:VCALENDAR', 'VERSION:1.0', 'BEGIN:VEVENT', 'SUMMARY:Meet', 'LOCATION:Room'];
      const times = ['DTSTART:20261019T083000Z', 'DTEND:20261019T083000Z', 'RRULE:W1 MO #4'];
      const text = [...head, ...times, `EXDATE:${date}`, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');
      const base = { item, seen: seenOf(item, VCALENDAR) };
      const sent = readItem(VCALENDAR.type, text);
      const merged = mergeEdit({
        current: item,
        base,
        sent,
        held: 'all',
        unseen: new Set(),
        winner: 'client',
      });
      expect(merged.item.body).toContain('LOCATION:Room');
      expect(excluded(merged.item)).toEqual([SECOND]);
      expect(excluded(seenOf(merged.item, VCALENDAR))).toEqual([SECOND]);
      expect(writeItem(merged.item, VCALENDAR).body).toContain('EXDATE:20261102T093000Z');
    },
  );
});

it('many exclusions of a long series are looked at once', () => {
  const dates = Array.from({ length: 2_000 }, (_, n) => {
    const day = new Date(Date.UTC(2026, 0, 2 + n)).toISOString().slice(0, 10).replaceAll('-', '');
    return property('EXDATE', day, { VALUE: 'DATE' });
  });
  const series = [property('DTSTART', '19800101T100000'), property('RRULE', 'FREQ=DAILY'), ...dates];
  const { properties } = withMeantExclusions({ name: 'VEVENT', properties: series, components: [] });
  expect(properties.slice(2).map(({ value }) => value)).toEqual(dates.map(({ value }) => `${value}T100000`));
});

describe('the days of a series are looked for', () => {
  const MUCH = 1e9;
  const NTH = Array.from({ length: 53 }, (_, n) => `${n + 1}MO`);
  const YEARS = Array.from({ length: 100 }, (_, n) => `EXDATE;VALUE=DATE:${2026 + n}0106`);
  /** The exclusions, and the units of work that they take. */
  const lookedAt = (rules: readonly string[], dates: readonly string[]) => {
    const lines = ['DTSTART:20260105T101500Z', ...rules.map((rule) => `RRULE:${rule}`), ...dates];
    const properties = lines.map((line) => {
      const [name = '', value = ''] = line.split(/(?:;VALUE=DATE)?:/);
      return property(name, value, line.includes('VALUE') ? { VALUE: 'DATE' } : {});
    });
    const budget = new WorkBudget(MUCH);
    const part = { name: 'VEVENT', properties, components: [] };
    const meant = paidBy(budget, () => withMeantExclusions(part));
    const found = meant.properties.flatMap(({ name, value }) => (name === 'EXDATE' ? [value] : []));
    return { found, units: MUCH - budget.left };
  };

  it('in their period alone, at a price', () => {
    const [near, far] = ['20260205', '20360205'].map((day) =>
      lookedAt(['FREQ=DAILY'], [`EXDATE;VALUE=DATE:${day}`]),
    );
    expect(near?.found).toEqual(['20260205T101500Z']);
    expect(far).toEqual({ found: ['20360205T101500Z'], units: near?.units });
    expect(near?.units).toBeGreaterThan(1);
  });

  it('from the start on by COUNT, at a price', () => {
    const [near, far] = ['20260205', '20360205'].map((day) =>
      lookedAt(['FREQ=DAILY;COUNT=9999'], [`EXDATE;VALUE=DATE:${day}`]),
    );
    expect(near?.found).toEqual(['20260205T101500Z']);
    expect(near?.units).toBeGreaterThan(20);
    expect(far?.found).toEqual(['20360205T101500Z']);
    expect(far?.units).toBeGreaterThan(100 * (near?.units ?? 0));
  });

  it('up to a hundred years after the start', () => {
    const { found, units } = lookedAt(['FREQ=DAILY'], ['EXDATE;VALUE=DATE:99991231']);
    expect(found).toEqual(['99991231']);
    expect(units).toBe(0);
    expect(lookedAt(['FREQ=DAILY'], ['EXDATE;VALUE=DATE:21251231']).found).toEqual(['21251231T101500Z']);
  });

  it('with every entry of a list once', () => {
    const once = lookedAt(['FREQ=YEARLY;BYDAY=1MO'], ['EXDATE;VALUE=DATE:20270104']);
    const same = Array.from({ length: 60 }, (_, n) => ['1MO', '+1MO', '01MO'][n % 3]).join();
    expect(once.found).toEqual(['20270104T101500Z']);
    expect(lookedAt([`FREQ=YEARLY;BYDAY=${same}`], ['EXDATE;VALUE=DATE:20270104'])).toEqual(once);
  });

  it('for little after the last day by COUNT', () => {
    const { found, units } = lookedAt(['FREQ=YEARLY;COUNT=2'], ['EXDATE;VALUE=DATE:20900105']);
    expect(found).toEqual(['20900105']);
    expect(units).toBeLessThan(1_000);
  });

  it('not at all where a period takes much work', () => {
    const rule = `FREQ=YEARLY;COUNT=99;BYDAY=${NTH.join()}`;
    expect(lookedAt([rule], ['EXDATE;VALUE=DATE:20260112'])).toEqual({ found: ['20260112'], units: 0 });
  });

  it.each([
    ['with a long list', [`FREQ=YEARLY;BYDAY=${NTH.join()}`]],
    ['with many places', [`FREQ=YEARLY;BYDAY=1MO;BYSETPOS=${NTH.map((_, n) => n + 1).join()}`]],
    ['that falls on no day', ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31']],
    ['that falls on no day, and has a long list', [`FREQ=YEARLY;BYDAY=${NTH.join()};BYSETPOS=99`]],
    ['with an interval without end', [`FREQ=DAILY;INTERVAL=1${'0'.repeat(308)}`]],
    ['of which there are some', Array.from({ length: 5 }, () => 'FREQ=DAILY')],
    ['of which there are many', Array.from({ length: 500 }, () => 'FREQ=DAILY')],
  ])('for little, with rules %s', (_, rules) => {
    expect(lookedAt(rules, YEARS).units).toBeLessThanOrEqual(100_000);
  });

  it.each([
    ['FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYMONTH=1;BYSETPOS=1', '21250101'],
    ['FREQ=YEARLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYMONTH=2;BYSETPOS=-1', '21250228'],
    ['FREQ=YEARLY', '21250105'],
    ['FREQ=YEARLY;BYDAY=1MO', '21250101'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '21251130'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '21251130'],
  ])('in the usual rule %s for long', (rule, day) =>
    expect(lookedAt([rule], [`EXDATE;VALUE=DATE:${day}`]).found).toEqual([`${day}T101500Z`]),
  );
});
