/** Alarms of devices that write them in their own way: moved, deleted and left alone as what they are. */

import { describe, expect, it } from 'vitest';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { event, linesOf, merge } from './merging.ts';

const OLD: Format = { type: 'text/x-vcalendar', version: '1.0' };
const NEW: Format = { type: 'text/calendar', version: '2.0' };
const OUTLOOK: Format = { type: 'text/x-s4j-sife' };
const START = ['UID:u', 'DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z', 'SUMMARY:s'];
const withAlarms = (...triggers: string[]) =>
  event(
    ...START,
    ...triggers.flatMap((trigger) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `TRIGGER${trigger}`,
      'DESCRIPTION:d',
      'X-KEPT:k',
      'END:VALARM',
    ]),
  );

/** Lines of the alarms after an edit of the item as a device of this format sees it. */
function edited(format: Format, item: TextItem, edit: (text: string) => string, now = item): string[] {
  const seenAs = (one: TextItem) => readItem(format.type, writeItem(one, format).body);
  const text = writeItem(item, format).body;
  if (edit(text) === text) throw new Error(`nothing is edited in\n${text}`);
  const { item: merged } = merge(item, now, readItem(format.type, edit(text)), { view: seenAs });
  return linesOf(merged).filter((line) => /^(TRIGGER|X-KEPT|DESCRIPTION|DTSTART|SUMMARY)/.test(line));
}
const rest = ['DTSTART:20260301T100000Z', 'SUMMARY:s'];
const alarm = (trigger: string) => ['DESCRIPTION:d', `TRIGGER${trigger}`, 'X-KEPT:k'];

const AT = ';VALUE=DATE-TIME:20260301T080000Z';
const BEFORE_END = ';RELATED=END:-PT5M';

describe.each([AT, BEFORE_END, ':-PT15M'])(
  'an alarm with TRIGGER%s on a device of vCalendar 1.0',
  (trigger) => {
    it('stays when something else changes', () => {
      const lines = edited(OLD, withAlarms(trigger), (text) => text.replace('SUMMARY:s', 'SUMMARY:t'));
      expect(lines.sort()).toEqual([rest[0], 'SUMMARY:t', ...alarm(trigger)].sort());
    });
    it('can be deleted', () => {
      const lines = edited(OLD, withAlarms(trigger), (text) => text.replace(/DALARM.*\r\n/, ''));
      expect(lines.sort()).toEqual([...rest].sort());
    });
    it('can be moved', () => {
      // Told as the item tells it: at a time, from the end, from the start.
      const moved = {
        [AT]: ';VALUE=DATE-TIME:20260301T093000Z',
        [BEFORE_END]: ';RELATED=END:-PT1H30M',
        ':-PT15M': ':-PT30M',
      }[trigger];
      const lines = edited(OLD, withAlarms(trigger), (text) =>
        text.replace(/DALARM:\d+T\d+Z/, 'DALARM:20260301T093000Z'),
      );
      expect(lines.sort()).toEqual([...rest, ...alarm(moved ?? '')].sort());
    });
  },
);

describe('several alarms', () => {
  it('one of them is deleted, the others stay', () => {
    const item = withAlarms(AT, ':-PT15M', BEFORE_END);
    const lines = edited(OLD, item, (text) => text.replace(/DALARM:20260301T094500Z.*\r\n/, ''));
    expect(lines.sort()).toEqual([...rest, ...alarm(AT), ...alarm(BEFORE_END)].sort());
  });
  it('one is moved here and one there', () => {
    const lines = edited(
      OLD,
      withAlarms(AT, ':-PT15M'),
      (text) => text.replace('DALARM:20260301T094500Z', 'DALARM:20260301T093000Z'),
      withAlarms(';VALUE=DATE-TIME:20260301T070000Z', ':-PT15M'),
    );
    const expected = [...alarm(';VALUE=DATE-TIME:20260301T070000Z'), ...alarm(':-PT30M')];
    expect(lines.sort()).toEqual([...rest, ...expected].sort());
  });
});

it('two that go off at one time are told apart by what they do', () => {
  const alarms = (...of: readonly (readonly [action: string, trigger: string, kept?: string])[]) =>
    event(
      ...START,
      ...of.flatMap(([action, trigger, kept]) => [
        ...['BEGIN:VALARM', `ACTION:${action}`, `TRIGGER${trigger}`],
        ...(kept === undefined ? [] : [`X-KEPT:${kept}`]),
        'END:VALARM',
      ]),
    );
  const item = alarms(['DISPLAY', ':-PT15M', '1'], ['AUDIO', ':-PT15M', '2']);
  const sent = alarms(['AUDIO', ';VALUE=DATE-TIME:20260301T094500Z']);
  const view = () => alarms(['DISPLAY', ':-PT15M'], ['AUDIO', ':-PT15M']);
  expect(merge(item, item, sent, { view }).item).toEqual(alarms(['AUDIO', ':-PT15M', '2']));
});

describe('an alarm at a time', () => {
  it('goes with the event when the device moves both', () => {
    const lines = edited(OLD, withAlarms(AT), (text) =>
      text
        .replace('DTSTART:20260301T10', 'DTSTART:20260301T09')
        .replace('DALARM:20260301T08', 'DALARM:20260301T07'),
    );
    expect(lines).toContain('TRIGGER;VALUE=DATE-TIME:20260301T070000Z');
  });
  it('is not doubled where two that never met both have it', () => {
    const theirs = readItem(OLD.type, writeItem(withAlarms(AT), OLD).body);
    const lines = linesOf(merge(undefined, withAlarms(AT), theirs).item);
    expect(lines.filter((line) => line.startsWith('TRIGGER'))).toEqual([`TRIGGER${AT}`]);
  });
});

describe('a reminder of Outlook', () => {
  it('turned off deletes the one that it showed, and no other', () => {
    const lines = edited(OUTLOOK, withAlarms(BEFORE_END, ':-P1D'), (text) =>
      text.replace('<ReminderSet>1</ReminderSet>', '<ReminderSet>0</ReminderSet>'),
    );
    expect(lines.sort()).toEqual([...rest, ...alarm(':-P1D')].sort());
  });
  it('is in whole minutes, which changes nothing', () => {
    const lines = edited(OUTLOOK, withAlarms(':-PT1M30S'), (text) =>
      text.replace('<Subject>s<', '<Subject>t<'),
    );
    expect(lines).toContain('TRIGGER:-PT1M30S');
  });
});

describe('an alarm that both sides set to the same time', () => {
  const [fifteen, thirty] = [withAlarms(':-PT15M'), withAlarms(':-PT30M')];
  it.each([
    ['2.0', NEW, '-PT15M', '-PT30M'],
    ['1.0', OLD, 'DALARM:20260301T094500Z', 'DALARM:20260301T093000Z'],
  ])('is one (%s)', (_, format, from, to) => {
    const edit = (text: string) => text.replace(from, to).replace('SUMMARY:s', 'SUMMARY:t');
    expect(edited(format, fifteen, edit, thirty).sort()).toEqual(
      [rest[0], 'SUMMARY:t', ...alarm(':-PT30M')].sort(),
    );
  });
  it('is deleted for good where a device only words it in another way', () => {
    const edit = (text: string) =>
      text.replace('DESCRIPTION:d', 'DESCRIPTION:Reminder').replace('SUMMARY:s', 'SUMMARY:t');
    const none = edited(NEW, fifteen, edit, withAlarms());
    expect(none.sort()).toEqual([rest[0], 'SUMMARY:t'].sort());
  });
});

describe('the alarms of a task', () => {
  const [FROM_START, BEFORE_DUE] = ['TRIGGER:-PT1H', 'TRIGGER;RELATED=END:-PT30M'];
  const task = readItem(
    'text/calendar',
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VTODO'],
      ...['DTSTART:20260519T080000Z', 'DUE:20260520T150000Z', 'SUMMARY:s'],
      ...[FROM_START, BEFORE_DUE].flatMap((one) => ['BEGIN:VALARM', 'ACTION:DISPLAY', one, 'END:VALARM']),
      ...['END:VTODO', 'END:VCALENDAR', ''],
    ].join('\r\n'),
  );
  const triggers = (lines: readonly string[]) => lines.filter((line) => line.startsWith('TRIGGER'));
  const dueLater = (text: string) => text.replace('DUE:20260520', 'DUE:20260521');

  it('stay as they are told when a device moves its end and the one before that', () => {
    const edit = (text: string) => dueLater(text).replace('DALARM:20260520', 'DALARM:20260521');
    expect(triggers(edited(OLD, task, edit))).toEqual([FROM_START, BEFORE_DUE]);
  });
  it('from an end that a device takes away are told as it tells them', () => {
    const edit = (text: string) =>
      text.replace('DUE:20260520T150000Z\r\n', '').replace(BEFORE_DUE, 'TRIGGER:PT1H');
    expect(triggers(edited(NEW, task, edit))).toEqual([FROM_START, 'TRIGGER:PT1H']);
  });
  it('are known by how long before its end they are, where a device leaves one and sends its time', () => {
    const edit = (text: string) =>
      dueLater(text)
        .replace(/BEGIN:VALARM[\s\S]*?END:VALARM\r\n/, '')
        .replace(BEFORE_DUE, 'TRIGGER;VALUE=DATE-TIME:20260521T143000Z');
    expect(triggers(edited(NEW, task, edit))).toEqual([BEFORE_DUE]);
  });
  it.each([
    ['on the day before', '-P1DT17H40M', '-P2DT1H40M'],
    ['on the day', 'PT9H', 'PT1H'],
    ['across a change of the clocks', '-P3DT12H', '-P3DT19H'],
  ])('go off when a device says that sends only the day of its due time (%s)', (_, sent, stored) => {
    const due = (time: string, ...alarm: string[]) => {
      const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VTODO', `DUE${time}`, ...alarm];
      return readItem('text/calendar', [...lines, 'END:VTODO', 'END:VCALENDAR', ''].join('\r\n'));
    };
    const alarmAt = (trigger: string) => ['BEGIN:VALARM', `TRIGGER;RELATED=END:${trigger}`, 'END:VALARM'];
    const item = due(';TZID=Europe/Berlin:20300402T080000');
    const day = due(';VALUE=DATE:20300402', ...alarmAt(sent));
    const expected = linesOf(due(';TZID=Europe/Berlin:20300402T080000', ...alarmAt(stored)));
    expect(linesOf(merge(item, item, day, { capacities: new Map() }).item)).toEqual(expected);
  });
});
