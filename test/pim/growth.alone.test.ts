/** Work that grows with the size of an item, not with its square. */
import { describe, expect, it } from 'vitest';
import { readItem, type TextItem, writeItem } from '../kit/items.ts';
import { growth } from '../kit/work.ts';
import { event } from './formats/sif/sif.ts';
import { calendar, card, merge } from './merge/merging.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };

describe('who takes part', () => {
  it.each<[string, (size: number) => string]>([
    ['blanks', (size) => `a${' '.repeat(size)}b`],
    ['brackets', (size) => '<'.repeat(size)],
    ['blanks and brackets', (size) => ' <'.repeat(size / 2)],
    ['signs', (size) => `${'@'.repeat(size)}:`],
  ])('is read once through, however long it is: %s', (_, text) => {
    const work = growth(5_000, (size) => {
      const body = [...event(`ATTENDEE:${text(size)}`), 'END:VCALENDAR', ''].join('\r\n');
      return () => expect(readItem(OLD.type, `BEGIN:VCALENDAR\r\n${body}`).body).toContain('ATTENDEE');
    });
    expect(work).toBeLessThan(6);
  });
});

it('series are written for old devices one after the other, each with its exceptions', () => {
  const work = growth(250, (size) => {
    const many = Array.from({ length: size }, (_, n) => [
      [`UID:${n}`, 'DTSTART:20260302T090000Z', 'RRULE:FREQ=WEEKLY'],
      [`UID:${n}`, 'RECURRENCE-ID:20260309T090000Z', 'DTSTART:20260309T140000Z'],
    ]);
    const stored = calendar(...many.flat());
    return () => expect(writeItem(stored, OLD).body.match(/EXDATE/g)).toHaveLength(size);
  });
  expect(work).toBeLessThan(6);
});

it('series are merged one after the other, each with its exceptions', () => {
  const work = growth(250, (size) => {
    const many = Array.from({ length: size }, (_, n) => [
      [`UID:${n}`, 'DTSTART:20260302T090000Z', 'RRULE:FREQ=WEEKLY'],
      [`UID:${n}`, 'RECURRENCE-ID:20260309T090000Z', 'DTSTART:20260309T140000Z'],
    ]);
    const stored = calendar(...many.flat());
    const view = (item: TextItem) => readItem(OLD.type, writeItem(item, OLD).body);
    const { body } = writeItem(stored, OLD);
    const sent = readItem(OLD.type, body.replaceAll('RDATE:20260309', 'RDATE:20260310'));
    return () => expect(merge(stored, stored, sent, { view }).item.body.match(/310T14/g)).toHaveLength(size);
  });
  expect(work).toBeLessThan(6);
});

describe('a merge', () => {
  const day = (n: number) =>
    new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10).replaceAll('-', '');
  const series = (name: string, dates: readonly string[]): TextItem =>
    calendar([`SUMMARY:${name}`, 'DTSTART:20260101T090000Z', 'RRULE:FREQ=DAILY', ...dates, 'UID:1']);

  it.each(['EXDATE', 'RDATE'])('of a series passes each %s once, wherever the UID stands', (name) => {
    const work = growth(250, (size) => {
      const dates = Array.from({ length: size }, (_, n) => `${name}:${day(n)}T090000Z`);
      // One exception, so that the exceptions are looked at.
      const [was, now, sent] = ['a', 'b', 'a'].map((title) =>
        series(title, [...dates, 'EXDATE:20250101T090000Z']),
      ) as [TextItem, TextItem, TextItem];
      const moved = { ...sent, body: sent.body.replace('FREQ=DAILY', 'FREQ=WEEKLY') };
      return () => expect(merge(was, now, moved).item.body).toMatch(/SUMMARY:b[\s\S]*FREQ=WEEKLY/);
    });
    expect(work).toBeLessThan(6);
  });

  it('passes the types of a property once', () => {
    const passed = (size: number) => {
      const types = Array.from({ length: size }, (_, n) => `X${n}`).join();
      const of = (name: string, number: string) =>
        card('N:Doe;Ann;;;', `FN:${name}`, `TEL;TYPE=${types}:${number}`);
      const [was, now, sent] = [of('Ann', '1'), of('Ann Doe', '1'), of('Ann', '2')];
      return elementsPassed(() => expect(merge(was, now, sent).item.body).toMatch(/FN:Ann Doe[\s\S]*:2/));
    };
    expect(passed(2_000)).toBeLessThan(6 * passed(500) + 10_000);
  });
});

/** How many elements `includes` passes at most. */
function elementsPassed(run: () => unknown): number {
  const { includes } = Array.prototype;
  let elements = 0;
  Array.prototype.includes = function (...wanted) {
    elements += this.length;
    return includes.apply(this, wanted);
  };
  try {
    run();
    return elements;
  } finally {
    Array.prototype.includes = includes;
  }
}
