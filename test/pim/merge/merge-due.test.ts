/** What is due of two tasks that never met: one says the day, the other the time on that day. */
import { describe, expect, it } from 'vitest';
import { readItem, type TextItem } from '../../kit/items.ts';
import { linesOf, merge } from './merging.ts';

const task = (due: string): TextItem =>
  readItem(
    'text/calendar',
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VTODO',
      'SUMMARY:s',
      due,
      'END:VTODO',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
const [DAY, NEXT_DAY] = ['DUE;VALUE=DATE:20300208', 'DUE;VALUE=DATE:20300209'];
const TIME = 'DUE;TZID=Europe/Berlin:20300208T090500';
const dueOf = (one: TextItem): string[] => linesOf(one).filter((line) => line.startsWith('DUE'));

describe.each(['client', 'server'] as const)('a day and a time on it, where the %s wins', (winner) => {
  it.each([
    [DAY, TIME],
    [TIME, DAY],
  ])('are that time: %s, and %s of the device', (item, device) => {
    const { item: merged, clashes } = merge(undefined, task(item), task(device), { winner });
    expect([dueOf(merged), clashes]).toEqual([[TIME], 0]);
  });

  it('are two where it is another day', () => {
    const { item: merged, clashes } = merge(undefined, task(TIME), task(NEXT_DAY), { winner });
    expect([dueOf(merged), clashes]).toEqual([[winner === 'client' ? NEXT_DAY : TIME], 1]);
  });

  it('a user who takes the time away has done so', () => {
    expect(dueOf(merge(task(TIME), task(TIME), task(DAY), { winner }).item)).toEqual([DAY]);
  });
});
