/** A rule in its simplest form falls on the same days. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRule, printRule, type Rule } from '../../../lib/pim/time/rule.ts';
import { daysOfRule } from '../../../lib/pim/time/rule-days.ts';
import { simplestRule } from '../../../lib/pim/time/rule-forms.ts';
import { DAY, localOf, WEEKDAYS } from '../../../lib/pim/time/zones/zones.ts';

const ruleOf = (text: string): Rule => parseRule(text) ?? new Map();
const simplest = (text: string, start = '20300115T100000') => printRule(simplestRule(ruleOf(text), start));

describe('the simplest form', () => {
  it.each([
    ['FREQ=YEARLY;BYDAY=FR;BYMONTH=9;BYSETPOS=-1', 'FREQ=YEARLY;BYDAY=-1FR;BYMONTH=9'],
    ['FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=-1', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=1,-2', 'FREQ=MONTHLY;BYMONTHDAY=1,-2'],
    ['FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['FREQ=MONTHLY;BYMONTHDAY=+07;BYSETPOS=1', 'FREQ=MONTHLY;BYMONTHDAY=7'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,3', 'FREQ=MONTHLY;BYDAY=1MO,3MO'],
    ['FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=8,9,10,11,12,13,14', 'FREQ=MONTHLY;BYDAY=2SA'],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYMONTHDAY=22,23,24,25,26,27,28', 'FREQ=YEARLY;BYDAY=4TH;BYMONTH=11'],
    ['FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=-7,-6,-5,-4,-3,-2,-1', 'FREQ=MONTHLY;BYDAY=-1SA'],
    ['FREQ=MONTHLY;BYDAY=FR,MO', 'FREQ=WEEKLY;BYDAY=FR,MO'],
    ['FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA', 'FREQ=DAILY'],
    ['FREQ=MONTHLY;INTERVAL=24', 'FREQ=YEARLY;INTERVAL=2'],
    ['FREQ=MONTHLY;INTERVAL=12;BYDAY=2MO', 'FREQ=YEARLY;BYDAY=2MO;BYMONTH=1'],
    ['FREQ=MONTHLY;BYMONTH=1,7;BYMONTHDAY=15', 'FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=15'],
    ['FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=1MO', 'FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO'],
    ['FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12', 'FREQ=MONTHLY'],
    ['FREQ=YEARLY;BYMONTHDAY=1,15', 'FREQ=MONTHLY;BYMONTHDAY=1,15'],
    ['FREQ=YEARLY;BYYEARDAY=-1', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31'],
    ['FREQ=YEARLY;BYYEARDAY=59', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28'],
    ['FREQ=YEARLY;BYDAY=1MO', 'FREQ=YEARLY;BYDAY=1MO;BYMONTH=1'],
    ['FREQ=YEARLY;BYDAY=MO,TU;BYSETPOS=-1', 'FREQ=YEARLY;BYDAY=MO,TU;BYMONTH=12;BYSETPOS=-1'],
    ['FREQ=YEARLY;BYDAY=TH', 'FREQ=WEEKLY;BYDAY=TH'],
    ['FREQ=DAILY;BYDAY=MO,TU', 'FREQ=WEEKLY;BYDAY=MO,TU'],
    ['FREQ=DAILY;BYMONTHDAY=1', 'FREQ=MONTHLY;BYMONTHDAY=1'],
    ['FREQ=WEEKLY;BYDAY=SU,MO,FR;BYSETPOS=-1', 'FREQ=WEEKLY;BYDAY=SU'],
    ['FREQ=WEEKLY;BYDAY=SU,MO,FR;BYSETPOS=-1;WKST=SU', 'FREQ=WEEKLY;BYDAY=FR;WKST=SU'],
    ['FREQ=DAILY;BYHOUR=10;BYMINUTE=0;BYSECOND=0', 'FREQ=DAILY'],
  ])('of %s is %s', (rule, form) => expect(simplest(rule)).toBe(form));

  it.each([
    'FREQ=YEARLY;BYDAY=20MO',
    'FREQ=YEARLY;BYYEARDAY=60',
    'FREQ=YEARLY;BYMONTH=2,8;BYMONTHDAY=15', // not the month of the start
    'FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=15',
    'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    'FREQ=MONTHLY;INTERVAL=2;BYDAY=MO',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU',
    'FREQ=DAILY;BYHOUR=9,17',
    'FREQ=HOURLY',
  ])('%s has no simpler one', (rule) => expect(simplest(rule)).toBe(rule));

  it('of a rule without a known start does not depend on the start', () =>
    expect(simplest('FREQ=MONTHLY;INTERVAL=12;BYHOUR=0', '')).toBe('FREQ=MONTHLY;INTERVAL=12;BYHOUR=0'));
});

const some = <T>(of: fc.Arbitrary<T>, most = 3) => fc.uniqueArray(of, { minLength: 1, maxLength: most });
const listed = (name: string, of: fc.Arbitrary<unknown>) =>
  fc.option(
    of.map((values) => `;${name}=${String(values)}`),
    { nil: '' },
  );
const signed = (most: number) => fc.integer({ min: -most, max: most }).filter((n) => n !== 0);
const weekdays = fc.constantFrom(...WEEKDAYS);
const days = fc.oneof(
  some(weekdays, 7),
  fc.constant(WEEKDAYS),
  some(fc.tuple(signed(5), weekdays).map(([nth, day]) => `${nth}${day}`)),
);
const week = fc.constantFrom(1, 8, 15, 22, -7, -14).map((at) => Array.from({ length: 7 }, (_, n) => at + n));
const months = fc.oneof(
  some(fc.integer({ min: 1, max: 12 }), 4),
  fc.constantFrom(
    [1, 7],
    [2, 5, 8, 11],
    Array.from({ length: 12 }, (_, n) => n + 1),
  ),
);

const rules = fc
  .tuple(
    fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    fc.constantFrom('', ';INTERVAL=2', ';INTERVAL=12'),
    listed('BYDAY', days),
    listed('BYMONTHDAY', fc.oneof(some(signed(31)), week, fc.constant([28, 29, 30, 31]))),
    listed('BYMONTH', months),
    listed('BYSETPOS', some(signed(3), 2)),
    fc.constantFrom('', ';WKST=SU'),
  )
  .map(([frequency, ...parts]) => `FREQ=${frequency}${parts.join('')}`)
  // Only rules that the standard allows [RFC 5545 3.3.10].
  .filter((text) => !/WEEKLY.*BYMONTHDAY/.test(text) && !/(DAILY|WEEKLY).*BYDAY=-?\d/.test(text))
  .filter((text) => !text.includes('BYSETPOS') || /BYDAY|BYMONTHDAY/.test(text))
  .filter((text) => !/YEARLY.*BYDAY=-?\d.*BYMONTHDAY/.test(text));

const firstDays = (rule: Rule, start: number): string[] => {
  const found: string[] = [];
  for (const day of daysOfRule(rule, start)) {
    if (found.length >= 40 || day > start + 40 * 366 * DAY) break;
    found.push(localOf(day).slice(0, 8));
  }
  return found;
};

describe('any rule', () => {
  it('falls on the same days in its simplest form', () =>
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 3000 }), (text, after) => {
        const start = Date.UTC(2026, 0, 1) + after * DAY;
        const form = simplestRule(ruleOf(text), localOf(start));
        const known = firstDays(ruleOf(text), start);
        // A daily rule is taken to have ended after 400 days without an occurrence.
        const found = firstDays(form, start).slice(0, text.includes('DAILY') ? known.length : 40);
        expect(found).toEqual(known);
        expect(simplestRule(form, localOf(start))).toEqual(form);
      }),
      { numRuns: 300 },
    ));

  it.each(['FREQ=YEARLY;BYYEARDAY=59', 'FREQ=YEARLY;BYYEARDAY=-306', 'FREQ=YEARLY;BYYEARDAY=-1,1'])(
    '%s does so in leap years',
    (text) => {
      const start = Date.UTC(2027, 5, 1);
      expect(firstDays(simplestRule(ruleOf(text), localOf(start)), start)).toEqual(
        firstDays(ruleOf(text), start),
      );
    },
  );
});
