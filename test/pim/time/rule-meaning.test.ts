/** Rules of other words and one meaning. */
import { describe, expect, it } from 'vitest';
import type { ItemTime } from '../../../lib/pim/time/item-time.ts';
import { ruleMeaning } from '../../../lib/pim/time/rule-meaning.ts';

/** A Tuesday, the third of its month. */
const START: ItemTime = { kind: 'zoned', local: '20300115T100000', zone: 'Europe/Berlin' };
const meaning = (rule: string) => ruleMeaning(rule, START);

describe('a rule', () => {
  it.each([
    ['FREQ=DAILY', 'freq=daily;interval=1;WKST=SU'],
    ['FREQ=WEEKLY', 'FREQ=WEEKLY;BYDAY=TU'],
    ['FREQ=WEEKLY;INTERVAL=2', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU'],
    ['FREQ=WEEKLY;BYDAY=MO,TU', 'BYDAY=TU,MO;FREQ=WEEKLY'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR'],
    ['FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=SU,MO,TU,WE,TH,FR,SA'],
    ['FREQ=MONTHLY', 'FREQ=MONTHLY;BYMONTHDAY=15'],
    ['FREQ=MONTHLY;BYDAY=3TU', 'FREQ=MONTHLY;BYDAY=+3TU'],
    ['FREQ=MONTHLY;BYDAY=3TU', 'FREQ=MONTHLY;BYDAY=TU;BYSETPOS=3'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=-1'],
    ['FREQ=YEARLY;BYDAY=3TU;BYMONTH=1', 'FREQ=MONTHLY;INTERVAL=12;BYDAY=3TU'],
    ['FREQ=YEARLY', 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=15'],
    ['FREQ=YEARLY', 'FREQ=YEARLY;BYMONTH=01'],
    ['FREQ=YEARLY', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15'],
    ['FREQ=DAILY', 'FREQ=DAILY;BYHOUR=10;BYMINUTE=0'],
    ['FREQ=WEEKLY;COUNT=05', 'FREQ=WEEKLY;COUNT=5'],
    ['FREQ=WEEKLY;UNTIL=20300301', 'FREQ=WEEKLY;UNTIL=20300301T090000Z'],
    ['FREQ=WEEKLY;UNTIL=20300301', 'FREQ=WEEKLY;UNTIL=20300301T225959Z'],
    ['FREQ=WEEKLY;UNTIL=20300301', 'FREQ=WEEKLY;UNTIL=20300301T235959'],
    ['FREQ=WEEKLY;UNTIL=20300301', 'FREQ=WEEKLY;UNTIL=20300301T000000'],
    ['FREQ=WEEKLY;UNTIL=20300301', 'FREQ=WEEKLY;UNTIL=20300302T085959Z'],
  ])('%s means what %s does', (one, other) => {
    expect(meaning(one)).toBe(meaning(other));
    expect(meaning(one)).not.toBe('');
  });

  it.each([
    ['FREQ=WEEKLY', 'FREQ=WEEKLY;BYDAY=WE'],
    ['FREQ=WEEKLY', 'FREQ=WEEKLY;INTERVAL=2'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU'],
    ['FREQ=MONTHLY', 'FREQ=MONTHLY;BYMONTHDAY=14'],
    ['FREQ=MONTHLY', 'FREQ=MONTHLY;BYDAY=3TU'],
    ['FREQ=YEARLY', 'FREQ=YEARLY;BYMONTHDAY=15'],
    ['FREQ=YEARLY', 'FREQ=YEARLY;BYMONTH=1;BYDAY=TU'],
    ['FREQ=YEARLY', 'FREQ=YEARLY;BYMONTH=1,7'],
    ['FREQ=WEEKLY', 'FREQ=WEEKLY;COUNT=5'],
    ['FREQ=WEEKLY;UNTIL=20300301', 'FREQ=WEEKLY;UNTIL=20300302'],
    ['FREQ=WEEKLY;UNTIL=20300301', 'FREQ=WEEKLY;UNTIL=20300302T090000Z'],
  ])('%s does not mean what %s does', (one, other) => {
    expect(meaning(one)).not.toBe(meaning(other));
  });

  it('is read by the clock of the start where no zone is known', () => {
    const until = (text: string) =>
      ruleMeaning(`FREQ=DAILY;UNTIL=${text}`, { kind: 'floating', local: START.local });
    expect(until('20300301T235959Z')).toBe(until('20300301'));
    expect(until('20300301T090000')).toBe(until('20300228'));
  });

  it('that is none, or has a start that nobody can read, does no harm', () => {
    expect(ruleMeaning('', START)).toBe('');
    expect(ruleMeaning('every now and then', START)).toBe('');
    expect(ruleMeaning('FREQ=WEEKLY;BYDAY=TU', undefined)).toBe('BYDAY=TU;FREQ=WEEKLY');
  });
});
