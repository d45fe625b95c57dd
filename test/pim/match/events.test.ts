/** When two appointments, tasks or notes are one. */
import { describe, expect, it } from 'vitest';
import { between, note, part } from './pairs.ts';

describe('an appointment', () => {
  const meeting = ['SUMMARY:Planning meeting', 'DTSTART:20300115T090000Z', 'DTEND:20300115T100000Z'];
  it.each([
    ['in another zone', ['SUMMARY:planning  meeting', 'DTSTART;TZID=Europe/Berlin:20300115T100000'], 'same'],
    ["at any zone's nine", ['SUMMARY:Planning meeting', 'DTSTART:20300115T090000'], 'same'],
    ['at another time of the day', ['SUMMARY:Planning meeting', 'DTSTART:20300115T110000Z'], 'possible'],
    ['every week', [...meeting, 'RRULE:FREQ=WEEKLY'], 'possible'],
    ['in another place', [...meeting, 'LOCATION:Rome'], 'same'],
    ['on another day', ['SUMMARY:Planning meeting', 'DTSTART:20300116T090000Z'], 'different'],
    ['of another name', ['SUMMARY:Dentist', 'DTSTART:20300115T090000Z'], 'different'],
  ])('%s', (_, lines, matchClass) => {
    expect(between(part('VEVENT', ...meeting), part('VEVENT', ...lines))).toBe(matchClass);
  });

  it.each([
    ['20300115T000000', 'same'],
    ['20300115T000000Z', 'same'],
    ['20300114T230000Z', 'possible'],
    ['20300115T030000Z', 'possible'],
    ['20300114T080000Z', 'different'],
    ['20300116T000000', 'different'],
  ])('of a whole day, written as the instant %s', (start, matchClass) => {
    const day = part('VEVENT', 'SUMMARY:Fair', 'DTSTART;VALUE=DATE:20300115');
    expect(between(day, part('VEVENT', 'SUMMARY:Fair', `DTSTART:${start}`))).toBe(matchClass);
  });

  it('of a whole day is the same at midnight of a zone', () => {
    const day = part('VEVENT', 'SUMMARY:Fair', 'DTSTART;VALUE=DATE:20300115');
    const zoned = part('VEVENT', 'SUMMARY:Fair', 'DTSTART;TZID=Europe/Berlin:20300115T000000');
    expect(between(day, zoned)).toBe('same');
  });

  it('without a word is known by its signs', () => {
    const cake = part('VEVENT', 'SUMMARY:🎂', 'DTSTART:20300115T100000Z');
    expect(between(cake, part('VEVENT', 'SUMMARY:🎂', 'DTSTART:20300115T100000Z', 'LOCATION:z'))).toBe(
      'same',
    );
    expect(between(cake, part('VEVENT', 'SUMMARY:✈', 'DTSTART:20300115T100000Z'))).toBe('different');
  });

  it('of a whole day is compared by the day; two places are two', () => {
    const day = ['SUMMARY:Fair', 'DTSTART;VALUE=DATE:20300115'];
    expect(between(part('VEVENT', ...day, 'LOCATION:Rome'), part('VEVENT', ...day))).toBe('same');
    expect(between(part('VEVENT', ...day, 'LOCATION:Rome'), part('VEVENT', ...day, 'LOCATION:Oslo'))).toBe(
      'possible',
    );
  });

  it('with its UID is the same wherever it was moved', () => {
    const uid = 'UID:b1946ac9-2a58-41f0';
    const moved = part('VEVENT', uid, 'SUMMARY:Planning meeting', 'DTSTART:20300301T090000Z');
    expect(between(part('VEVENT', uid, ...meeting), moved)).toBe('same');
  });
});

describe('what an appointment is called', () => {
  const at = 'DTSTART:20300115T090000Z';
  it.each([
    ['Dinner', 'Dimner', 'possible'],
    ['Lunch', 'Lumch', 'different'],
    ['Gym', 'Gym with Ada', 'different'],
    ['Lunch', 'Lunch with Ada', 'possible'],
  ])('%s and %s', (one, other, matchClass) => {
    expect(between(part('VEVENT', `SUMMARY:${one}`, at), part('VEVENT', `SUMMARY:${other}`, at))).toBe(
      matchClass,
    );
  });
});

describe('a series', () => {
  const weekly = ['SUMMARY:Yoga', 'DTSTART;TZID=Europe/Berlin:20300115T100000'];
  it.each([
    ['FREQ=WEEKLY', 'FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;WKST=MO', 'same'],
    ['FREQ=WEEKLY', 'FREQ=WEEKLY;BYDAY=TU,WE', 'possible'],
    ['FREQ=MONTHLY', 'FREQ=MONTHLY;BYMONTHDAY=15', 'same'],
    ['FREQ=YEARLY', 'FREQ=YEARLY;BYMONTH=1', 'same'],
    ['FREQ=YEARLY', 'FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=1', 'same'],
    ['FREQ=WEEKLY;UNTIL=20300301T090000Z', 'FREQ=WEEKLY;UNTIL=20300301', 'same'],
    ['FREQ=WEEKLY;UNTIL=20300301T090000Z', 'FREQ=WEEKLY;UNTIL=20300308', 'possible'],
  ])('%s and %s', (one, other, matchClass) => {
    const of = (rule: string) => part('VEVENT', ...weekly, `RRULE:${rule}`);
    expect(between(of(one), of(other))).toBe(matchClass);
  });
});

describe('a series that a phone tells in UTC, without its zone', () => {
  const series = (start: string, ...rule: string[]) =>
    part('VEVENT', 'SUMMARY:Yoga', `DTSTART${start}`, `RRULE:${rule.join(';')}`);
  it.each([
    ['is on until the summer', '20300312T120000', '20300312T110000Z', 'FREQ=DAILY', '20300620T100000Z'],
    ['is on at night', '20300712T013000', '20300711T233000Z', 'FREQ=DAILY', '20301120T003000Z'],
    ['is on on nights', '20300312T003000', '20300311T233000Z', 'FREQ=WEEKLY;BYDAY=TU', '20300624T223000Z'],
  ])('is the same where it %s', (_, local, start, rule, until) => {
    const own = series(`;TZID=Europe/Berlin:${local}`, rule, `UNTIL=${until}`);
    expect(between(own, series(`:${start}`, rule, `UNTIL=${until}`))).toBe('same');
    expect(between(own, series(`:${start}`, rule, 'UNTIL=20301231T235900Z'))).toBe('possible');
    expect(between(own, series(`:${start}`, rule, 'INTERVAL=2', `UNTIL=${until}`))).toBe('possible');
  });
});

describe('a series that begins at another day', () => {
  const series = (start: string, rule: string, summary = 'Yoga') =>
    part('VEVENT', `SUMMARY:${summary}`, `DTSTART${start}`, `RRULE:${rule}`);
  it.each([
    ['a birthday of another year', ';VALUE=DATE:19800405', ';VALUE=DATE:20240405', 'FREQ=YEARLY', 'possible'],
    ['a birthday on another day', ';VALUE=DATE:19800405', ';VALUE=DATE:20240406', 'FREQ=YEARLY', 'different'],
    ['a week later', ':20300115T100000', ':20300122T100000', 'FREQ=WEEKLY', 'possible'],
    ['a week later, to an end', ':20300115T100000', ':20300122T100000', 'FREQ=WEEKLY;COUNT=9', 'possible'],
    ['a day later', ':20300115T100000', ':20300116T100000', 'FREQ=WEEKLY', 'different'],
    ['on another of its days', ':20300115T100000', ':20300117T100000', 'FREQ=WEEKLY;BYDAY=TU,TH', 'possible'],
    ['a week later at another time', ':20300115T100000', ':20300122T110000', 'FREQ=WEEKLY', 'different'],
    ['a month later', ':20300115T100000', ':20300215T100000', 'FREQ=MONTHLY', 'possible'],
    ['a month later on another day', ':20300115T100000', ':20300216T100000', 'FREQ=MONTHLY', 'different'],
    ['some days later, daily', ':20300115T100000', ':20300118T100000', 'FREQ=DAILY', 'possible'],
  ])('%s', (_, one, other, rule, matchClass) => {
    expect(between(series(one, rule), series(other, rule))).toBe(matchClass);
  });

  it('and at another end of it, or under another name', () => {
    const [one, other] = ['FREQ=WEEKLY;UNTIL=20300301', 'FREQ=WEEKLY;UNTIL=20310301'];
    expect(between(series(':20300115T100000', one), series(':20300122T100000', other))).toBe('possible');
    const choir = series(':20300122T100000', one, 'Choir');
    expect(between(series(':20300115T100000', one), choir)).toBe('different');
    expect(
      between(series(':20300115T100000', one), part('VEVENT', 'SUMMARY:Yoga', 'DTSTART:20300122T100000')),
    ).toBe('different');
  });
});

describe('one occurrence of a series, as an item of its own', () => {
  const uid = 'UID:0815-4711@calendar.example';
  const series = ['SUMMARY:Planning meeting', 'DTSTART:20300115T090000Z', 'RRULE:FREQ=WEEKLY', uid];
  const moved = ['SUMMARY:Planning meeting', 'DTSTART:20300122T100000Z', uid];
  const first = part('VEVENT', ...moved, 'RECURRENCE-ID:20300122T090000Z');
  it.each([
    ['the series', series, 'different'],
    [
      'another occurrence',
      ['SUMMARY:Planning meeting', 'DTSTART:20300129T100000Z', 'RECURRENCE-ID:20300129T090000Z', uid],
      'different',
    ],
    [
      'itself, moved again',
      ['SUMMARY:Planning meeting', 'DTSTART:20300123T080000Z', 'RECURRENCE-ID:20300122T090000Z', uid],
      'same',
    ],
    ['itself, of a device that cannot say so', moved, 'same'],
  ])('beside %s', (_, lines, matchClass) => {
    expect(between(first, part('VEVENT', ...lines))).toBe(matchClass);
  });
});

describe('a task', () => {
  it.each([
    ['due that day', ['SUMMARY:Call the bank', 'DUE;VALUE=DATE:20300115'], 'same'],
    ['without a day', ['SUMMARY:call the BANK'], 'same'],
    ['due another day', ['SUMMARY:Call the bank', 'DUE;VALUE=DATE:20300116'], 'different'],
    ['that is longer', ['SUMMARY:Call the bank about the loan', 'DUE;VALUE=DATE:20300115'], 'possible'],
    ['done, without a day', ['SUMMARY:Call the bank', 'STATUS:COMPLETED'], 'possible'],
  ])('%s', (_, lines, matchClass) => {
    const task = part('VTODO', 'SUMMARY:Call the bank', 'DUE:20300115T160000Z');
    expect(between(task, part('VTODO', ...lines))).toBe(matchClass);
  });
});

describe('a note', () => {
  it('is the same by its words, may be by its first line', () => {
    const list = note('Shopping\nmilk\n\nbread\neggs');
    expect(between(list, note('Shopping\n milk \nbread\neggs\n'))).toBe('same');
    expect(between(list, note('Shopping\nmilk\nbread\neggs\nsalt'))).toBe('same');
    expect(between(list, note('Shopping\nbeer'))).toBe('possible');
    expect(between(list, note('milk\nbread'))).toBe('different');
  });

  it('may be the same where case or accents differ: it could be a password', () => {
    const key = note('WLAN\nSchlüssel: AbCd12\nGast: x');
    expect(between(key, note('WLAN\nSchlüssel: abCD12\nGast: x'))).toBe('possible');
    expect(between(key, note('WLAN\nSchluessel: AbCd12\nGast: x'))).toBe('possible');
    expect(between(key, note('WLAN \nSchlüssel:  AbCd12\n\nGast: x'))).toBe('same');
    expect(between(note('Code ae'), note('Code a'))).toBe('possible');
  });
});
