/** Clock, rules and meaning of appointments, against what is known from elsewhere. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random.ts';
import { occurrencesOf } from '../calendar-meaning.ts';
import { instantOf, localOf } from './calendar-clock.ts';
import { factOfRrule, rruleOf, ruleOf } from './calendar-rules.ts';
import { factOfOldRule, oldRuleText } from './vcalendar-rules.ts';

describe('the clock of Berlin', () => {
  it('is that of the runtime', () => {
    const clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Berlin',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const random = createRandom(1);
    for (let n = 0; n < 500; n += 1) {
      const at = Date.UTC(2030, 0, 1) + 900_000 * random.below(3 * 365 * 96);
      expect(localOf(at)).toBe(clock.format(at).replace(' ', 'T'));
    }
  });

  it.each([
    ['2030-03-31T01:59', '2030-03-31T00:59:00.000Z'],
    ['2030-03-31T02:30', '2030-03-31T01:30:00.000Z'],
    ['2030-03-31T03:00', '2030-03-31T01:00:00.000Z'],
    ['2030-10-27T02:30', '2030-10-27T00:30:00.000Z'],
    ['2030-10-27T03:00', '2030-10-27T02:00:00.000Z'],
  ])('%s', (local, instant) => {
    expect(new Date(instantOf(local)).toISOString()).toBe(instant);
  });
});

describe('a rule', () => {
  const start = '2030-03-12T09:00';
  it.each([
    ['DAILY', 'FREQ=DAILY', 'D1 #0'],
    ['DAILY/3 x5', 'FREQ=DAILY;INTERVAL=3;COUNT=5', 'D3 #5'],
    ['WEEKLY TU,FR', 'FREQ=WEEKLY;BYDAY=TU,FR', 'W1 TU FR #0'],
    [
      'WEEKLY/2 TU until 2030-06-30',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20300630T070000Z',
      'W2 TU 20300630T070000Z',
    ],
    ['MONTHLY 12', 'FREQ=MONTHLY;BYMONTHDAY=12', 'MD1 12 #0'],
    ['MONTHLY 2TU', 'FREQ=MONTHLY;BYDAY=2TU', 'MP1 2+ TU #0'],
    ['MONTHLY -1FR', 'FREQ=MONTHLY;BYDAY=-1FR', 'MP1 1- FR #0'],
    ['YEARLY', 'FREQ=YEARLY', 'YM1 3 #0'],
  ])('%s', (fact, text, old) => {
    expect(rruleOf(fact, start)).toBe(text);
    expect(factOfRrule(text, start)).toBe(fact);
    const rule = ruleOf(fact);
    expect(rule && oldRuleText(rule, start, () => '20300630T070000Z')).toBe(old);
    expect(factOfOldRule(old, start)).toBe(fact);
  });

  it.each([
    ['FREQ=WEEKLY', 'WEEKLY TU'],
    ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=12', 'YEARLY'],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=2TU', 'MONTHLY/12 2TU'],
    ['FREQ=DAILY;UNTIL=20300630T060000Z', 'DAILY until 2030-06-29'],
    ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1', 'RRULE FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1'],
  ])('in other words: %s', (text, fact) => {
    expect(factOfRrule(text, start)).toBe(fact);
  });
});

describe('what an appointment means', () => {
  const series = (...more: readonly (readonly [string, string])[]) =>
    new Map([['start', '2030-03-25T09:00'], ['end', '2030-03-25T09:30'], ['rule', 'WEEKLY MO x4'], ...more]);

  it('is by the clock of Berlin, with what was left out and moved', () => {
    const moved = ['moved 2030-04-08', '2030-04-09T12:00/2030-04-09T13:00 other'] as const;
    expect(occurrencesOf(series(['excluded 2030-04-01', 'yes'], moved))).toEqual([
      '20300325T080000Z/20300325T083000Z',
      '20300409T100000Z/20300409T110000Z other',
      '20300415T070000Z/20300415T073000Z',
    ]);
  });

  it('is by a steady clock where the series has one', () => {
    const steady = series(['clock', '0'], ['excluded 2030-04-08', 'yes']);
    expect(occurrencesOf(steady).map((span) => span.slice(0, 16))).toEqual([
      ...['20300325T080000Z', '20300401T080000Z', '20300415T080000Z'],
    ]);
  });

  it('is of days', () => {
    const days = new Map([
      ['start', '2030-03-30'],
      ['end', '2030-04-01'],
    ]);
    expect(occurrencesOf(days)).toEqual(['2030-03-30/2030-04-01']);
    expect(occurrencesOf(new Map([...days, ['rule', 'YEARLY'], ['added 2031-01-01', 'yes']]))).toEqual([
      ...['2030-03-30/2030-04-01', '2031-01-01/2031-01-03', '2031-03-30/2031-04-01', '2032-03-30/2032-04-01'],
    ]);
  });
});
