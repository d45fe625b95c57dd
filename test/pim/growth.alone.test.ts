/** Work that grows with the size of an item, not with its square. */
import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../kit/items.ts';
import { growth } from '../kit/work.ts';
import { event } from './formats/sif/sif.ts';
import { calendar } from './merge/merging.ts';

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
      [`UID:${n}`, 'RECURRENCE-ID:20260309T090000Z', 'DTSTART:20260309T090000Z'],
    ]);
    const stored = calendar(...many.flat());
    return () => expect(writeItem(stored, OLD).body.match(/EXDATE/g)).toHaveLength(size);
  });
  expect(work).toBeLessThan(6);
});
