/** The days of recurrence rules: examples, and ical.js as the judge of any rule. */
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { parseRule, type Rule } from '../../../lib/pim/time/rule.ts';
import { daysOfRule, isCounted } from '../../../lib/pim/time/rule-days.ts';
import { localOf, utcOf } from '../../../lib/pim/time/zones/zones.ts';

const ruleOf = (text: string): Rule => parseRule(text) ?? new Map();

function days(text: string, start: string, most: number): string[] {
  const found: string[] = [];
  for (const day of daysOfRule(ruleOf(text), utcOf(start) ?? 0)) {
    found.push(localOf(day).slice(0, 8));
    if (found.length === most) break;
  }
  return found;
}

describe('days of a rule', () => {
  it.each([
    ['FREQ=DAILY;INTERVAL=10;COUNT=3', '20300130', ['20300130', '20300209', '20300219']],
    ['FREQ=WEEKLY;BYDAY=MO,FR;COUNT=4', '20300104', ['20300104', '20300107', '20300111', '20300114']],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO;COUNT=3', '20300107', ['20300107', '20300120', '20300121']],
    ['FREQ=MONTHLY;COUNT=3', '20300131', ['20300131', '20300331', '20300531']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2', '20300131', ['20300131', '20300228']],
    ['FREQ=MONTHLY;BYDAY=2TU;COUNT=3', '20300108', ['20300108', '20300212', '20300312']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2', '20300131', ['20300131', '20300228']],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2', '20300913', ['20300913', '20301213']],
    ['FREQ=YEARLY;COUNT=2', '20320229', ['20320229', '20360229']],
    ['FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU;COUNT=3', '20300331', ['20300331', '20301027', '20310330']],
    ['FREQ=YEARLY;BYDAY=1MO;COUNT=2', '20300107', ['20300107', '20310106']],
    ['FREQ=YEARLY;BYYEARDAY=-1;COUNT=2', '20301231', ['20301231', '20311231']],
  ])('%s from %s', (rule, start, expected) => expect(days(rule, start, 10)).toEqual(expected));

  it('begin with the start, also where the rule does not fall on it', () => {
    expect(days('FREQ=WEEKLY;BYDAY=MO;COUNT=2', '20300102', 5)).toEqual(['20300102', '20300107']);
  });

  // ical.js begins such a rule with a day that is none of its own.
  it.each([1, 2, 3, 4, 5, -1, -2])(
    'are the same by a place among weekdays and by a place of one: %i',
    (nth) => {
      expect(days(`FREQ=MONTHLY;BYDAY=TU;BYSETPOS=${nth}`, '20300101', 30)).toEqual(
        days(`FREQ=MONTHLY;BYDAY=${nth}TU`, '20300101', 30),
      );
    },
  );

  it('end where no day fits', () => {
    expect(days('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31', '20300101', 5)).toEqual(['20300101']);
  });

  it.each([
    'FREQ=HOURLY',
    'FREQ=DAILY;BYHOUR=9',
    'FREQ=YEARLY;BYWEEKNO=20',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;BYDAY=XX',
  ])('are not counted of %s', (text) => expect(isCounted(ruleOf(text))).toBe(false));

  it('are those that ical.js counts', () => {
    const weekday = fc.constantFrom('SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA');
    const list = (of: fc.Arbitrary<string | number>) =>
      fc.uniqueArray(of, { minLength: 1, maxLength: 3 }).map((values) => values.join());
    const date = fc.integer({ min: 1, max: 28 });
    const month = fc.integer({ min: 1, max: 12 });
    const nth = fc.constantFrom(1, 2, 3, 4, -1);
    const by = fc.oneof(
      fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY', 'FREQ=MONTHLY', 'FREQ=YEARLY'),
      list(month).map((months) => `FREQ=DAILY;BYMONTH=${months}`),
      list(weekday).map((found) => `FREQ=WEEKLY;BYDAY=${found}`),
      list(date).map((dates) => `FREQ=MONTHLY;BYMONTHDAY=${dates}`),
      fc.tuple(nth, weekday).map(([n, found]) => `FREQ=MONTHLY;BYDAY=${n}${found}`),
      fc.tuple(month, date).map(([m, d]) => `FREQ=YEARLY;BYMONTH=${m};BYMONTHDAY=${d}`),
      fc.tuple(month, nth, weekday).map(([m, n, found]) => `FREQ=YEARLY;BYMONTH=${m};BYDAY=${n}${found}`),
    );
    const start = fc.tuple(fc.integer({ min: 2025, max: 2035 }), month, date);
    fc.assert(
      fc.property(by, fc.integer({ min: 1, max: 3 }), start, (rule, interval, [y, m, d]) => {
        const text = interval === 1 ? rule : `${rule};INTERVAL=${interval}`;
        const from = `${y}${String(m).padStart(2, '0')}${String(d).padStart(2, '0')}`;
        const iterator = ICAL.Recur.fromString(text).iterator(
          ICAL.Time.fromDateString(`${from.slice(0, 4)}-${from.slice(4, 6)}-${from.slice(6)}`),
        );
        const judged: string[] = [];
        while (judged.length < 12) {
          const next = iterator.next();
          if (!next) break;
          judged.push(next.toString().replace(/-/g, ''));
        }
        // ical.js leaves a start out that the rule does not fall on.
        const own = days(text, from, 13).filter((day) => judged.includes(from) || day !== from);
        expect(own.slice(0, judged.length)).toEqual(judged);
      }),
      { numRuns: 500 },
    );
  });
});
