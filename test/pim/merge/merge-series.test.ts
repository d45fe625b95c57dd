/** Series with exceptions, on devices that see the series only, or one of the exceptions. */

import { describe, expect, it } from 'vitest';
import { ALL } from '../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { calendar, linesOf, merge } from './merging.ts';

const OLD: Format = { type: 'text/x-vcalendar', version: '1.0' };
const OUTLOOK: Format = { type: 'text/x-s4j-sife' };
const NEW: Format = { type: 'text/calendar', version: '2.0' };
const BERLIN = ';TZID=Europe/Berlin';
const series = [
  'UID:u',
  `DTSTART${BERLIN}:20260302T100000`,
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

function edited(item: TextItem, format: Format, edit: (text: string) => string): string[] {
  const view = (one: TextItem) => readItem(format.type, writeItem(one, format).body);
  const text = writeItem(item, format).body;
  if (edit(text) === text) throw new Error(`nothing is edited in\n${text}`);
  return linesOf(merge(item, item, readItem(format.type, edit(text)), { view }).item);
}
const dates = (lines: readonly string[]) =>
  lines.filter((line) => /^(DTSTART|EXDATE|RECURRENCE-ID)/.test(line));

describe('a series that a device moves, which sees exceptions', () => {
  const other = ['UID:u', `RECURRENCE-ID${BERLIN}:20260323T100000`, `DTSTART${BERLIN}:20260323T180000`];
  const hourLater = (lines: readonly string[]) =>
    lines.map((line) => line.replace(/^(DTSTART|EXDATE|RECURRENCE-ID)(.*)T100000$/, '$1$2T110000'));

  it('takes those with it that others made meanwhile', () => {
    const base = calendar(series, exception);
    const current = calendar([...series, `EXDATE${BERLIN}:20260330T100000`], exception, other);
    const sent = calendar(hourLater(series), hourLater(exception));
    expect(dates(linesOf(merge(base, current, sent).item)).sort()).toEqual(
      dates([
        ...[...hourLater(series), `EXDATE${BERLIN}:20260330T110000`],
        ...[...hourLater(exception), ...hourLater(other)],
      ]).sort(),
    );
  });

  it('leaves those where they are that it left there itself', () => {
    const base = calendar(series, exception);
    const sent = calendar(hourLater(series), exception);
    expect(dates(linesOf(merge(base, base, sent).item))).toEqual(dates([...hourLater(series), ...exception]));
  });
});

describe('a series that a device moves without seeing its exceptions', () => {
  const MOVED = [
    `DTSTART${BERLIN}:20260302T110000`,
    `EXDATE${BERLIN}:20260309T110000`,
    `RECURRENCE-ID${BERLIN}:20260316T110000`,
    `DTSTART${BERLIN}:20260316T150000`,
  ];
  const item = calendar(series, exception);
  const start = (text: string) =>
    text
      .replace('DTSTART:20260302T090000Z', 'DTSTART:20260302T100000Z')
      .replace('<Start>20260302T090000Z', '<Start>20260302T100000Z');
  it.each([
    ['vCalendar', OLD],
    ['SIF', OUTLOOK],
  ])('takes them with it (%s)', (_, format) => {
    expect(dates(edited(item, format, start))).toEqual(MOVED);
  });
  it('does so where the device moves the dates that it sees, too', () => {
    const all = (text: string) =>
      start(text).replace(/EXDATE:.*/, 'EXDATE:20260309T100000Z;20260316T100000Z');
    expect(dates(edited(item, OLD, all)).sort()).toEqual([...MOVED].sort());
  });
  it('leaves them where they are when it stays', () => {
    const lines = edited(item, OLD, (text) => text.replace('SUMMARY:s', 'SUMMARY:t'));
    expect(dates(lines)).toEqual(dates(linesOf(item)));
  });
});

describe('a date that stands for an exception', () => {
  const item = calendar(series, exception);
  const alone = readItem(NEW.type, writeItem(item, NEW, { ...ALL, oneEvent: true }).body);
  it('is none of the series where the two meet for the first time', () => {
    expect(dates(linesOf(merge(undefined, item, alone).item))).toEqual(dates(linesOf(item)));
  });
  it('nor where the device makes an exception itself', () => {
    const own = exception.map((line) => line.replaceAll('20260316', '20260323'));
    const [first = []] = [
      alone.body.split('\r\n').filter((line) => /^(UID|DTSTART|RRULE|EXDATE|SUMMARY)/.test(line)),
    ];
    const view = () => alone;
    const lines = linesOf(merge(item, item, calendar(first, own), { view }).item);
    expect(dates(lines).filter((line) => line.startsWith('EXDATE'))).toEqual([
      `EXDATE${BERLIN}:20260309T100000`,
    ]);
    expect(lines.filter((line) => line.startsWith('RECURRENCE-ID'))).toHaveLength(2);
  });
});

describe('a series that is moved on a device without words for rules and exclusions', () => {
  const item = (...rest: string[]) =>
    calendar(['UID:u', `DTSTART${BERLIN}:20260302T003000`, ...rest, 'SUMMARY:s']);
  const sent = calendar(['UID:u', `DTSTART${BERLIN}:20260302T140000`, 'SUMMARY:s']);
  const moved = (...rest: string[]) => {
    const before = item(...rest);
    const held = new Set(['DTSTART', 'SUMMARY']);
    return linesOf(merge(before, before, sent, { held }).item).slice(1, -1);
  };
  const start = `DTSTART${BERLIN}:20260302T140000`;
  it('takes its exclusions with it', () => {
    const lines = moved('RRULE:FREQ=WEEKLY', `EXDATE${BERLIN}:20260309T003000`);
    expect(lines).toEqual([start, 'RRULE:FREQ=WEEKLY', `EXDATE${BERLIN}:20260309T140000`]);
  });
  it.each([
    ['20260405T223000Z', '20260406T120000Z'],
    ['20260406', '20260406'],
  ])('keeps its last occurrence (until %s)', (until, after) => {
    const rule = 'RRULE:FREQ=WEEKLY;UNTIL=';
    expect(moved(`${rule}${until}`)).toEqual([start, `${rule}${after}`]);
  });
});

it('a series without a UID gets the UID under which a device added an exception', () => {
  const [, ...unnamed] = series;
  const item = calendar(unnamed);
  const made = { seen: calendar(['UID:u', ...unnamed]), sent: calendar(['UID:u', ...unnamed], exception) };
  const { item: merged } = merge(item, item, made.sent, { view: () => made.seen });
  expect(linesOf(merged).filter((line) => line.startsWith('UID'))).toEqual(['UID:u', 'UID:u']);
  expect(writeItem(merged, OLD).body).toContain('RDATE:20260316T140000Z');
});

describe('an exception of a series that the other side has under another UID', () => {
  const own = (uid: string) => (line: string) => line.replace('UID:u', `UID:${uid}`);
  const withUid = (uid: string, ...parts: (readonly string[])[]) =>
    calendar(...parts.map((part) => part.map(own(uid))));
  const uidsOf = (item: TextItem) => linesOf(item).filter((line) => line.startsWith('UID'));
  it.each(['client', 'server'] as const)('is one of the united series (%s wins)', (winner) => {
    const made = { on: withUid('desk', series), by: withUid('telephone', series, exception) };
    for (const [item, sent] of [[made.on, made.by] as const, [made.by, made.on] as const]) {
      const { item: merged } = merge(undefined, item, sent, { winner });
      expect(new Set(uidsOf(merged)).size).toBe(1);
      expect(writeItem(merged, OLD).body).toContain('RDATE:20260316T140000Z');
    }
  });
  it('is one of the series where a device adds it that keeps its own UID', () => {
    const item = withUid('desk', series);
    const { item: merged } = merge(item, item, withUid('telephone', series, exception));
    expect(uidsOf(merged)).toEqual(['UID:desk', 'UID:desk']);
  });
  it('is one of the series that gets its UID from a device only now', () => {
    const [, ...unnamed] = series;
    const [, ...later] = exception;
    const { item: merged } = merge(undefined, calendar(unnamed, later), calendar(series));
    expect(uidsOf(merged)).toEqual(['UID:u', 'UID:u']);
  });
  it('stays the exception of another series that is not there', () => {
    const item = calendar(series, exception.map(own('other')));
    const { item: merged } = merge(
      item,
      item,
      calendar([...series, 'LOCATION:l'], exception.map(own('other'))),
    );
    expect(uidsOf(merged)).toEqual(['UID:u', 'UID:other']);
  });
});

it('a series that begins some weeks later keeps its exceptions where they are', () => {
  const item = calendar(series, exception);
  const later = (text: string) => text.replace('DTSTART:20260302T090000Z', 'DTSTART:20260316T090000Z');
  expect(dates(edited(item, OLD, later)).slice(1)).toEqual(dates(linesOf(item)).slice(1));
});

it.each([
  ['DAILY', 'that only begins a day later keeps its exceptions', 0],
  ['WEEKLY', 'that is moved by a day takes its exceptions with it', 1],
])('a series of %s %s', (frequency, _, days) => {
  const of = (day: number) => [
    `DTSTART${BERLIN}:202603${day}T100000`,
    `EXDATE${BERLIN}:2026032${days + 1}T100000`,
    `RECURRENCE-ID${BERLIN}:2026032${days + 3}T100000`,
  ];
  const own = ['UID:u', `DTSTART${BERLIN}:20260314T100000`, `RRULE:FREQ=${frequency}`, 'SUMMARY:s'];
  const item = calendar(
    [...own, `EXDATE${BERLIN}:20260321T100000`],
    ['UID:u', `RECURRENCE-ID${BERLIN}:20260323T100000`, 'SUMMARY:later'],
  );
  const later = (text: string) => text.replace('DTSTART:20260314T090000Z', 'DTSTART:20260315T090000Z');
  expect(dates(edited(item, OLD, later))).toEqual(of(15));
});

describe('an exception that is an item of its own', () => {
  const item = calendar(exception);
  it.each([
    ['vCalendar', OLD, 'SUMMARY:later', 'SUMMARY:new'],
    ['SIF', OUTLOOK, '<Subject>later', '<Subject>new'],
    ['iCalendar', NEW, 'SUMMARY:later', 'SUMMARY:new'],
  ])('stays the one that it is when a device edits it (%s)', (_, format, from, to) => {
    const expected = linesOf(item).map((line) => line.replace('later', 'new'));
    expect(edited(item, format, (text) => text.replace(from, to))).toEqual(expected);
  });
});

it('an occurrence stays one where a device drops what says so', () => {
  const edit = (text: string) =>
    text.replace(/RECURRENCE-ID.*\r\n/, '').replace('SUMMARY:later', 'SUMMARY:new');
  for (const format of [OLD, NEW])
    expect(edited(calendar(exception), format, edit).join()).toContain(
      `RECURRENCE-ID${BERLIN}:20260316T100000`,
    );
});

const [OLD_MOVED, OLD_EXCLUDED] = ['RDATE:20260316T140000Z', 'EXDATE:20260309T090000Z;20260316T090000Z'];
const all = (lines: readonly string[]) =>
  lines.filter((line) => /^(DTSTART|DTEND|EXDATE|RDATE|RECURRENCE-ID)/.test(line));

describe('an occurrence that was moved, on a device that sees it as a date', () => {
  const item = calendar(series, [...exception, `DTEND${BERLIN}:20260316T160000`]);
  const [before, left] = [all(linesOf(item)).slice(0, 2), all(linesOf(item)).slice(2)];
  it('is there', () => {
    const text = writeItem(item, OLD).body;
    expect(text).toContain(OLD_MOVED);
    expect(text).toContain(OLD_EXCLUDED);
  });
  it('is moved again with its date', () => {
    const edit = (text: string) => text.replace(OLD_MOVED, 'RDATE:20260317T153000Z');
    const moved = [
      `RECURRENCE-ID${BERLIN}:20260316T100000`,
      `DTSTART${BERLIN}:20260317T163000`,
      `DTEND${BERLIN}:20260317T173000`,
    ];
    expect(all(edited(item, OLD, edit))).toEqual([...before, ...moved]);
  });
  it.each([
    ['takes the date away', (text: string) => text.replace(`${OLD_MOVED}\r\n`, '')],
    ['excludes it', (text: string) => text.replace(OLD_EXCLUDED, `${OLD_EXCLUDED};20260316T140000Z`)],
  ])('is gone where the device %s', (_, edit) => {
    const gone = [...before, `EXDATE${BERLIN}:20260316T100000`];
    expect(all(edited(item, OLD, edit))).toEqual(gone);
  });
  it('stays where the device drops all dates', () => {
    const edit = (text: string) => text.replace(/(RDATE|EXDATE):.*\r\n/g, '');
    expect(all(edited(item, OLD, edit)).slice(-3)).toEqual(left);
  });
  it('stays where the device only adds a date', () => {
    const edit = (text: string) => text.replace(OLD_MOVED, `${OLD_MOVED};20260320T090000Z`);
    const lines = all(edited(item, OLD, edit));
    expect(lines).toEqual([...before, `RDATE${BERLIN}:20260320T100000`, ...left]);
  });
  it('is moved by Outlook, too', () => {
    const edit = (text: string) =>
      text.replace('<IncludeDate>20260316T140000Z', '<IncludeDate>20260317T150000Z');
    expect(all(edited(item, OUTLOOK, edit))).toContain(`DTSTART${BERLIN}:20260317T160000`);
  });
});

describe('an occurrence that only reads otherwise, on a device that sees the series', () => {
  const other = ['UID:u', `RECURRENCE-ID${BERLIN}:20260316T100000`, `DTSTART${BERLIN}:20260316T100000`];
  const item = calendar(series, [...other, 'SUMMARY:other']);
  it('is there', () => {
    expect(writeItem(item, OLD).body).not.toContain('20260316');
    const lines = edited(item, OLD, (text) => text.replace('SUMMARY:s', 'SUMMARY:t'));
    expect(all(lines)).toEqual(all(linesOf(item)));
  });
  it('is gone where the device excludes it', () => {
    const edit = (text: string) => text.replace('EXDATE:20260309T090000Z', OLD_EXCLUDED);
    const gone = all(linesOf(item)).slice(0, 2);
    expect(all(edited(item, OLD, edit))).toEqual([...gone, `EXDATE${BERLIN}:20260316T100000`]);
  });
  it('is moved with the series', () => {
    const lines = edited(item, OLD, (text) => text.replaceAll('T090000Z', 'T100000Z'));
    expect(dates(lines)).toEqual(dates(linesOf(item)).map((line) => line.replace('T100000', 'T110000')));
  });
});

describe('two events in one item', () => {
  it('of one time: only the one that the device moves is moved', () => {
    const [one, two] = ['1', '2'].map((uid) => [
      `UID:${uid}`,
      'DTSTART:20260302T100000Z',
      `SUMMARY:${uid}`,
    ]) as [string[], string[]];
    const lines = edited(calendar(one, two), NEW, (text) => text.replace('T100000Z', 'T120000Z'));
    expect(dates(lines)).toEqual(['DTSTART:20260302T120000Z', 'DTSTART:20260302T100000Z']);
  });
});
