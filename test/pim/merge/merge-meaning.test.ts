/** Two that never met have one value in two spellings, or two values that only look alike. */
import { describe, expect, it } from 'vitest';
import { card, event, linesOf, merge } from './merging.ts';

const NAME = ['N:A;B;;;', 'FN:Name'];
/** The lines that are there when two contacts become one, without their name. */
const united = (item: readonly string[], device: readonly string[]): string[] =>
  linesOf(merge(undefined, card(...NAME, ...item), card(...NAME, ...device)).item).slice(NAME.length);

describe('one value in two spellings is there once', () => {
  it.each([
    ['a mailbox with its scheme', 'EMAIL:ada@example.com', 'EMAIL:mailto:Ada@example.com'],
    ['a short number', 'TEL:110', 'TEL:1-10'],
    ['a link of another scheme than the web’s', 'URL:ftp://Files.example/a', 'URL:FTP://files.example/a/'],
    ['a list in another order', 'CATEGORIES;LANGUAGE=de:a,b', 'CATEGORIES;LANGUAGE=de:B,A'],
  ])('%s', (_, line, sent) => {
    const other = line.replace(/:.*/, ':x');
    expect(united([line, other], [other, sent])).toEqual([line, other]);
  });
});

describe('two values that only look alike are both there', () => {
  it('the same time on the clocks of two zones', () => {
    const series = (...dates: readonly string[]) =>
      event('SUMMARY:s', 'DTSTART;TZID=Europe/Berlin:20260302T100000', 'RRULE:FREQ=WEEKLY', ...dates);
    const [berlin, london] = ['Berlin', 'London'].map((city) => `RDATE;TZID=Europe/${city}:20260304T100000`);
    const { item } = merge(series(), series(berlin ?? ''), series(london ?? ''));
    expect(linesOf(item).filter((line) => line.startsWith('RDATE'))).toEqual([berlin, london]);
  });
  it('a semicolon in a street, and one between street and town', () => {
    const lines = ['ADR:;;Row\\;End;;;;', 'ADR:;;Row;End;;;'];
    expect(united([lines[0] ?? ''], [lines[1] ?? ''])).toEqual(lines);
    const [base, sent] = lines.map((line) => card(...NAME, line));
    if (base === undefined || sent === undefined) throw new Error('no items');
    const current = card(...NAME, 'ADR:;;Road;;;;');
    expect(linesOf(merge(base, current, sent).item)).toContain(lines[1]);
  });
});

it('a part of an address that both sides changed to the same in two spellings is one', () => {
  const [base, current, sent] = ['Old Road', 'New  Road', 'new road'].map((street) =>
    card(...NAME, `ADR:;;${street};Town;;;`),
  );
  if (base === undefined || current === undefined || sent === undefined) throw new Error('no items');
  expect(merge(base, current, sent)).toEqual({ item: sent, clashes: 0 });
});

describe('two that never met and take place at the same times keep one of the two spellings', () => {
  it.each([
    [
      'a rule that names the month of its start',
      ['RRULE:FREQ=YEARLY;COUNT=12;BYMONTH=6'],
      ['RRULE:FREQ=YEARLY;COUNT=12'],
    ],
    ['an end and a length', ['DTEND:20300620T100000Z'], ['DURATION:PT1H']],
    [
      'a rule and a length at once',
      ['DTEND:20300620T100000Z', 'RRULE:FREQ=WEEKLY;BYDAY=TH'],
      ['RRULE:FREQ=WEEKLY', 'DURATION:PT60M'],
    ],
  ])('%s', (_, now, sent) => {
    const of = (lines: readonly string[]) => event('SUMMARY:s', 'DTSTART:20300620T090000Z', ...lines);
    expect(merge(undefined, of(now), of(sent))).toEqual({ item: of(now), clashes: 0 });
  });

  it('and other rules are a clash', () => {
    const of = (rule: string) => event('SUMMARY:s', 'DTSTART:20300620T090000Z', `RRULE:${rule}`);
    expect(merge(undefined, of('FREQ=WEEKLY'), of('FREQ=DAILY')).clashes).toBe(1);
  });
});

describe('a number that others wrote with its country since', () => {
  const [inland, abroad] = ['TEL;TYPE=HOME:030 10001003', 'TEL;TYPE=HOME:+493010001003'];
  /** The numbers of a contact whose number others wrote with its country, after a device changed its copy. */
  const numbers = (sent: readonly string[], base = inland, current = abroad): string[] => {
    const [was, now, device] = [[base], [current], sent].map((lines) => card(...NAME, ...lines));
    if (was === undefined || now === undefined || device === undefined) throw new Error('no items');
    return linesOf(merge(was, now, device).item).slice(NAME.length);
  };

  it('is one number where the device writes it so, too', () => {
    expect(numbers(['TEL;TYPE=HOME:+49 30 1000 1003'])).toEqual([abroad]);
    expect(numbers(['TEL;TYPE=HOME:0049 30 10001003'])).toEqual([abroad]);
  });
  it('stays deleted where the device only writes it with its country', () => {
    expect(numbers([abroad], inland, 'NOTE:x')).toEqual(['NOTE:x']);
  });
  it('is deleted where the device deletes it', () => {
    expect(numbers([])).toEqual([]);
    expect(numbers([], abroad, inland)).toEqual([]);
    expect(numbers([], 'ADR:;;Weg 1;Ulm;;;', 'ADR:;;weg 1;Ulm;;;')).toEqual([]);
  });
  it('gives way to the number that the device has in its place', () => {
    expect(numbers(['TEL;TYPE=HOME:030 2222222'])).toEqual(['TEL;TYPE=HOME:030 2222222']);
  });
  it('stays where others gave it another kind, too', () => {
    expect(numbers([], inland, 'TEL;TYPE=WORK:+493010001003')).toEqual(['TEL;TYPE=WORK:+493010001003']);
  });
  it('is one number where both sides changed another to it', () => {
    const sent = numbers(['TEL;TYPE=HOME:030 10001003'], 'TEL;TYPE=HOME:030 7777777');
    expect(sent).toEqual([abroad]);
  });
});
