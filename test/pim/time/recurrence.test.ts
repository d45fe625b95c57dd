/** Recurrence rules, as pairs: both ways. */
import { describe, expect, it } from 'vitest';
import { ruleToSif } from '../../../lib/pim/formats/sif/recurrence.ts';
import { parseRule } from '../../../lib/pim/time/rule.ts';
import { ruleFromOld, ruleToOld } from './rules.ts';

const same = (text: string): string => text;

describe('recurrence rules of vCalendar 1.0 and iCalendar 2.0', () => {
  it.each([
    ['D1 #0', 'FREQ=DAILY'],
    ['D2 #5', 'FREQ=DAILY;INTERVAL=2;COUNT=5'],
    ['W1 TU TH #0', 'FREQ=WEEKLY;BYDAY=TU,TH'],
    ['W2 MO 20261231T000000', 'FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231T000000;BYDAY=MO'],
    ['MP1 1+ TU #3', 'FREQ=MONTHLY;COUNT=3;BYDAY=1TU'],
    ['MP1 1- FR #0', 'FREQ=MONTHLY;BYDAY=-1FR'],
    ['MD1 13+ #0', 'FREQ=MONTHLY;BYMONTHDAY=13'],
    ['MD1 1- #2', 'FREQ=MONTHLY;COUNT=2;BYMONTHDAY=-1'],
    ['YM1 6 #0', 'FREQ=YEARLY;BYMONTH=6'],
    ['YD1 100 #0', 'FREQ=YEARLY;BYYEARDAY=100'],
  ])('%s is %s', (old, rule) => {
    expect(ruleFromOld(old, same)).toBe(rule);
    expect(ruleToOld(rule, same)).toBe(old);
  });
  it.each([
    ['D1', 'FREQ=DAILY;COUNT=2'],
    ['MP1 1+ 2+ MO WE #0', 'FREQ=MONTHLY;BYDAY=1MO,2MO,1WE,2WE'],
    ['MD1 LD #0', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
  ])('%s is read as %s', (old, rule) => expect(ruleFromOld(old, same)).toBe(rule));
  it.each([
    ['MP1 2+ TH #0', 'FREQ=MONTHLY;BYDAY=2TH;BYSETPOS=-1', '3'],
    ['MP1 2+ TH #0', 'FREQ=MONTHLY;BYDAY=2TH;BYSETPOS=1', '3'],
    ['MP1 1- TH #0', 'FREQ=MONTHLY;BYDAY=TH;BYSETPOS=-1', '3'],
    [undefined, 'FREQ=MONTHLY;BYDAY=2TH;BYSETPOS=2', undefined],
    [undefined, 'FREQ=MONTHLY;BYDAY=2TH;BYSETPOS=1,-1', undefined],
    ['W1 MO #0', 'FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1', '1'],
    [undefined, 'FREQ=MONTHLY;BYMONTHDAY=3;BYSETPOS=2', undefined],
  ])('%s is written of %s, as a pattern %s', (old, rule, type) => {
    expect(ruleToOld(rule, same)).toBe(old);
    expect(ruleToSif(parseRule(rule) ?? new Map(), '20300314T090000')?.[0]?.value).toBe(type);
  });
  it.each([
    [undefined, 'FREQ=WEEKLY;INTERVAL=4;BYDAY=FR,TH,MO;WKST=FR', '20300314'],
    [undefined, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU', '19970805'],
    [undefined, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU', '19970805'],
    ['W2 TU TH #0', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU', '19970805'],
    ['W2 TU SU #0', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO', '19970805'],
    ['W2 TU #0', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU', '19970805'],
    ['W1 TU SU #0', 'FREQ=WEEKLY;BYDAY=TU,SU;WKST=SU', '19970805'],
  ])('%s is written of %s', (old, rule, start) => {
    expect(ruleToOld(rule, same, start)).toBe(old);
    expect(ruleToSif(parseRule(rule) ?? new Map(), `${start}T090000`)?.[0]?.value).toBe(old && '1');
  });
  it.each(['FREQ=HOURLY', 'FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1', 'FREQ=DAILY;BYHOUR=9'])(
    '%s cannot be said',
    (rule) => expect(ruleToOld(rule, same)).toBeUndefined(),
  );
});

describe('a rule as a pattern of Outlook', () => {
  const pattern = (rule: string, start: string) => {
    const fields = ruleToSif(parseRule(rule) ?? new Map(), `${start}T090000`) ?? [];
    const names = ['RecurrenceType', 'Interval', 'DayOfWeekMask', 'DayOfMonth', 'MonthOfYear', 'Instance'];
    return names.map((name) => fields.find((one) => one.name === name)?.value).join(' ');
  };
  it.each([
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '20260131', '3 1 127 0 0 5'],
    ['FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=-1', '20260131', '3 1 127 0 0 5'],
    ['FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', '20260131', '3 2 127 0 0 5'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '20260130', '3 1 62 0 0 5'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1', '20260228', '6 1 127 0 2 5'],
    ['FREQ=YEARLY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=-1', '20260228', '6 36 127 0 2 5'],
    ['FREQ=YEARLY;BYDAY=FR;BYMONTH=9;BYSETPOS=-1', '20260925', '6 1 32 0 9 5'],
    ['FREQ=YEARLY;BYDAY=-1FR', '20261225', '6 1 32 0 12 5'],
    ['FREQ=YEARLY;BYYEARDAY=-1', '20261231', '5 1 0 31 12 0'],
    ['FREQ=YEARLY;BYMONTH=3,9', '20260301', '2 6 0 1 0 0'],
    ['FREQ=YEARLY;BYMONTHDAY=15', '20260315', '2 1 0 15 0 0'],
    ['FREQ=MONTHLY;BYDAY=MO', '20260302', '1 1 2 0 0 0'],
    ['FREQ=DAILY;BYHOUR=9', '20260302', '0 1 0 0 0 0'],
  ])('%s from %s is %s', (rule, start, fields) => expect(pattern(rule, start)).toBe(fields));
  it.each([
    'FREQ=MONTHLY;BYMONTHDAY=-2',
    'FREQ=MONTHLY;BYMONTHDAY=1,15',
    'FREQ=MONTHLY;BYDAY=1MO,3MO',
    'FREQ=YEARLY;BYMONTH=2,8',
  ])('%s cannot be said', (rule) => expect(pattern(rule, '20260302').trim()).toBe(''));
});
