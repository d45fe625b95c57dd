/** A series that a phone told without its zone meets a copy that names one. */
import { describe, expect, it } from 'vitest';
import type { TextItem } from '../../kit/items.ts';
import { calendar, event, linesOf, merge } from './merging.ts';

const NAME = 'SUMMARY:s';
const BERLIN = ';TZID=Europe/Berlin';
const times = (item: TextItem): string[] =>
  linesOf(item).filter((line) => /^(DTSTART|DTEND|RRULE|EXDATE|TZID)/.test(line));
const united = (item: TextItem, sent: TextItem, winner: 'client' | 'server') =>
  merge(undefined, item, sent, { winner });

describe.each(['client', 'server'] as const)(
  'a series without a zone and a copy with one (%s wins)',
  (winner) => {
    it.each([
      ['in UTC', '20300312T110000Z', '20300312T120000', 'RRULE:FREQ=WEEKLY;BYDAY=TU'],
      ['by an assumed clock', '20300311T233000Z', '20300312T003000', 'RRULE:FREQ=WEEKLY;BYDAY=TU'],
      ['that ends', '20300312T110000Z', '20300312T120000', 'RRULE:FREQ=DAILY;UNTIL=20300620T100000Z'],
      ['of UTC days', '20300311T233000Z', '20300312T003000', 'RRULE:FREQ=DAILY;COUNT=9'],
    ])('go by the zone (%s)', (_, start, local, rule) => {
      const own = [`DTSTART${BERLIN}:${local}`, rule, NAME];
      const zoned = event(...own);
      const unzoned = event(`DTSTART:${start}`, rule, NAME);
      for (const [item, sent] of [[zoned, unzoned] as const, [unzoned, zoned] as const]) {
        const { item: merged, clashes } = united(item, sent, winner);
        expect(times(merged)).toEqual(own.slice(0, -1));
        expect(clashes).toBe(0);
      }
    });

    it('and leave out the days that either leaves out', () => {
      const rule = 'RRULE:FREQ=WEEKLY;BYDAY=TU';
      const item = event('DTSTART:20300312T110000Z', rule, 'EXDATE:20300409T110000Z', NAME);
      const sent = event(`DTSTART${BERLIN}:20300312T120000`, rule, `EXDATE${BERLIN}:20300416T120000`, NAME);
      expect(times(united(item, sent, winner).item).filter((line) => line.startsWith('EXDATE'))).toEqual([
        `EXDATE${BERLIN}:20300409T120000`,
        `EXDATE${BERLIN}:20300416T120000`,
      ]);
    });

    it('stay apart in their times where they are not the same', () => {
      const item = event('DTSTART:20300312T110000Z', 'RRULE:FREQ=DAILY', NAME);
      const other = event(`DTSTART${BERLIN}:20300312T120000`, 'RRULE:FREQ=WEEKLY', NAME);
      const later = event(`DTSTART${BERLIN}:20300312T123000`, 'RRULE:FREQ=DAILY', NAME);
      for (const sent of [other, later]) {
        const { item: merged, clashes } = united(item, sent, winner);
        expect(clashes).toBeGreaterThan(0);
        expect(times(merged)).toEqual(times(winner === 'client' ? sent : item));
      }
    });
  },
);

it('the end of an occurrence is told in the zone, too', () => {
  const rule = 'RRULE:FREQ=WEEKLY;BYDAY=TU';
  const item = event('DTSTART:20300312T110000Z', 'DTEND:20300312T120000Z', rule, NAME);
  const own = [`DTSTART${BERLIN}:20300312T120000`, `DTEND${BERLIN}:20300312T130000`, rule];
  expect(times(united(item, event(...own, NAME), 'server').item)).toEqual(own);
});

it('a series with exceptions, whose times may be by the steady clock of UTC, stays as it is', () => {
  const rule = 'RRULE:FREQ=WEEKLY;BYDAY=TU';
  const own = ['UID:u', 'DTSTART:20300312T110000Z', rule, NAME];
  const moved = ['UID:u', 'RECURRENCE-ID:20300409T110000Z', 'DTSTART:20300409T150000Z', NAME];
  const item = calendar(own, moved);
  const { item: merged } = united(
    item,
    event('UID:u', `DTSTART${BERLIN}:20300312T120000`, rule, NAME),
    'server',
  );
  expect(linesOf(merged)).toEqual(linesOf(item));
});
