/** Both sides change when a series takes place: one schedule stands, and exclusions and exceptions are of that one. */
import { describe, expect, it } from 'vitest';
import type { TextItem } from '../../kit/items.ts';
import { calendar, event, linesOf, merge } from './merging.ts';

const BERLIN = ';TZID=Europe/Berlin';
const series = [
  'UID:u',
  `DTSTART${BERLIN}:20260302T100000`,
  `DTEND${BERLIN}:20260302T103000`,
  'RRULE:FREQ=WEEKLY;BYDAY=MO',
  `EXDATE${BERLIN}:20260309T100000`,
  'SUMMARY:s',
];
const exception = [
  'UID:u',
  `RECURRENCE-ID${BERLIN}:20260316T100000`,
  `DTSTART${BERLIN}:20260316T150000`,
  'SUMMARY:later',
];

/** The series as it takes place `hours` later, with all that is said of single occurrences. */
const movedBy = (lines: readonly string[], hours: number): string[] =>
  lines.map((line) =>
    line.replace(
      /^(DTSTART|DTEND|EXDATE|RECURRENCE-ID)(.*)T10(\d+)$/,
      (_, name, rest, minutes) => `${name}${rest}T${10 + hours}${minutes}`,
    ),
  );
const ended = (lines: readonly string[]): string[] =>
  lines.map((line) => line.replace(/^RRULE.*/, '$&;UNTIL=20270301T235900Z'));

const about = (item: TextItem): string[] =>
  linesOf(item)
    .filter((line) => /^(DTSTART|DTEND|RRULE|EXDATE|RECURRENCE-ID)/.test(line))
    .sort();

const BASE = calendar(series, exception);
const DEVICE = calendar(movedBy(series, 1), movedBy(exception, 1));
const SERVER = {
  'gives it an end': calendar(ended(series), exception),
  'moves it, too': calendar(movedBy(series, 3), movedBy(exception, 3)),
};

describe.each(Object.entries(SERVER))('a series that a device moves, while the server %s', (_, server) => {
  it('is as the server has it, where the server wins', () => {
    expect(about(merge(BASE, server, DEVICE, { winner: 'server' }).item)).toEqual(about(server));
  });

  it('is as the device has it, where the device wins', () => {
    expect(about(merge(BASE, server, DEVICE, { winner: 'client' }).item)).toEqual(about(DEVICE));
  });

  it('keeps what both said of other occurrences, at the times of the series', () => {
    const [own, theirs] = ['20260323', '20260330'];
    const excluding = (item: TextItem, day: string, hour: number): TextItem => ({
      ...item,
      body: item.body.replace(/SUMMARY:s/, `EXDATE${BERLIN}:${day}T${hour}0000\r\n$&`),
    });
    const hour = server === SERVER['moves it, too'] ? 13 : 10;
    const [now, sent] = [excluding(server, theirs, hour), excluding(DEVICE, own, 11)];
    for (const [winner, at] of [
      ['server', hour],
      ['client', 11],
    ] as const) {
      const lines = linesOf(merge(BASE, now, sent, { winner }).item);
      const days = lines.filter((line) => line.startsWith('EXDATE')).sort();
      expect(days).toEqual(['20260309', own, theirs].map((day) => `EXDATE${BERLIN}:${day}T${at}0000`));
    }
  });
});

describe('two series that never met, at different times', () => {
  it.each(['server', 'client'] as const)('are one at the times of one of them (%s wins)', (winner) => {
    const own = calendar([...movedBy(series, 1), `EXDATE${BERLIN}:20260323T110000`]);
    const stored = calendar([...series, `EXDATE${BERLIN}:20260330T100000`], exception);
    const lines = about(merge(undefined, stored, own, { winner }).item);
    const at = winner === 'client' ? 11 : 10;
    expect(lines.filter((line) => /^(EXDATE|RECURRENCE-ID)/.test(line))).toEqual([
      ...['0309', '0323', '0330'].map((day) => `EXDATE${BERLIN}:2026${day}T${at}0000`),
      `RECURRENCE-ID${BERLIN}:20260316T${at}0000`,
    ]);
    expect(lines).toContain(`DTSTART${BERLIN}:20260302T${at}0000`);
  });
});

it('what others only wrote in their way is no change of the schedule', () => {
  const lines = (rule: string, hour: number) => [
    'UID:u',
    `DTSTART${BERLIN}:20301220T${hour}0000`,
    `DTEND${BERLIN}:20301220T${hour}3000`,
    `RRULE:FREQ=YEARLY${rule}`,
    'SUMMARY:s',
  ];
  const [base, moved] = [10, 11].map((hour) => event(...lines(';BYMONTH=12', hour)));
  if (base === undefined || moved === undefined) throw new Error('no items');
  for (const winner of ['client', 'server'] as const) {
    const { item, clashes } = merge(base, event(...lines('', 10)), moved, { winner });
    expect(clashes).toBe(0);
    expect(about(item)).toEqual(about(moved));
  }
});

describe('others moved the series, and the device says something of one occurrence', () => {
  const SAYING: [string, TextItem][] = [
    ['excludes one', calendar([...series, `EXDATE${BERLIN}:20260323T100000`], exception)],
    [
      'moves one',
      calendar(
        series,
        exception,
        exception.map((line) => line.replace('0316T1', '0323T1')),
      ),
    ],
  ];

  it.each(SAYING)('%s: it is said at the times that the series has now', (_, sent) => {
    for (const hours of [1, 4]) {
      const now = calendar(movedBy(series, hours), movedBy(exception, hours));
      const { item, clashes } = merge(BASE, now, sent, { winner: 'server' });
      expect(clashes).toBe(0);
      const at = `20260323T${10 + hours}0000`;
      expect(about(item).filter((line) => line.includes(at))).toHaveLength(1);
      expect(about(item).filter((line) => /(EXDATE|RECURRENCE-ID).*T10/.test(line))).toEqual([]);
    }
  });

  it.each(SAYING)('%s: it stays at its time where the series only begins some weeks later', (_, sent) => {
    const later = series.map((line) => line.replace(/^(DTSTART|DTEND)(.*)20260302/, '$1$220260309'));
    const { item } = merge(BASE, calendar(later, exception), sent, { winner: 'server' });
    expect(about(item).filter((line) => line.includes('20260323T100000'))).toHaveLength(1);
  });
});
