/** What calendars of different age and make spell in different ways: alarms, places, lists, states. */

import { describe, expect, it } from 'vitest';
import { toVcalendar } from '../../../../lib/pim/formats/vcalendar/calendar.ts';
import { property } from '../../../../lib/pim/vobject/model.ts';
import { writeObject } from '../../../../lib/pim/vobject/write.ts';
import { readItem, treeOf, writeItem } from '../../../kit/items.ts';
import { C, E, event, linesOf, stored, T, written } from '../sif/sif.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const calendar = (version: string, ...own: readonly string[]) =>
  ['BEGIN:VCALENDAR', `VERSION:${version}`, ...own, 'END:VCALENDAR', ''].join('\r\n');
const item = (...own: readonly string[]) => readItem('text/calendar', calendar('2.0', ...own));
const todo = (...own: readonly string[]) => ['BEGIN:VTODO', ...own, 'END:VTODO'];
const toOld = (...own: readonly string[]) => linesOf(writeItem(item(...own), OLD).body);
const fromOld = (...own: readonly string[]) => linesOf(readItem(OLD.type, calendar('1.0', ...own)).body);
const START = 'DTSTART:20260301T100000Z';

it('a property of the whole calendar stays, unless it says nothing', () => {
  const named = (name: string) => item(`X-WR-CALNAME:${name}`, ...event(START)).body;
  expect(named('Work')).toContain('X-WR-CALNAME:Work');
  expect(named('')).toBe(item(...event(START)).body);
});

describe('an alarm', () => {
  const alarm = (...own: readonly string[]) => ['BEGIN:VALARM', ...own, 'END:VALARM'];
  const shown = alarm('ACTION:DISPLAY', 'TRIGGER:-PT15M', 'DESCRIPTION:Soon');
  const heard = alarm('ACTION:AUDIO', 'ATTACH:bell.wav', 'TRIGGER:-PT15M', 'DESCRIPTION:Now');
  const alarmsFor = (listed: readonly string[] | undefined, ...own: readonly string[]) => {
    const tree = treeOf(item(...event(START, ...own)));
    if (tree === undefined) throw new Error('there is no tree');
    return linesOf(writeObject(toVcalendar(tree, { utc: true, listed }), 'vcalendar-1.0')).filter((line) =>
      /^.ALARM/.test(line),
    );
  };
  it.each<[readonly string[] | undefined, readonly string[], string]>([
    [undefined, shown, 'DALARM:20260301T094500Z;;;Soon'],
    [['DALARM'], shown, 'DALARM:20260301T094500Z;;;Soon'],
    [['AALARM'], shown, 'AALARM:20260301T094500Z;;;'],
    [['AALARM', 'DALARM'], heard, 'AALARM:20260301T094500Z;;;bell.wav'],
    [['DALARM'], heard, 'DALARM:20260301T094500Z;;;Now'],
    [['PALARM'], shown, 'DALARM:20260301T094500Z;;;Soon'],
  ])('for a device with %j', (taken, own, line) => expect(alarmsFor(taken, ...own)).toEqual([line]));

  it('that is the same as another to the device is written once', () =>
    expect(alarmsFor(['AALARM'], ...shown, ...alarm('ACTION:AUDIO', 'TRIGGER:-PT15M'))).toHaveLength(1));

  it('at a time that nobody can count is left out', () => {
    const odd = alarm('ACTION:DISPLAY', 'TRIGGER:-PT99999999999999H');
    expect(toOld(...event(START, ...odd)).join()).not.toContain('ALARM');
    expect(written(E, event(START, ...odd))).toMatchObject({ ReminderSet: '0' });
  });

  it('of a task is measured from when it is due', () => {
    const due = ['DTSTART:20260519T080000Z', 'DUE:20260520T150000Z'];
    const trigger = 'TRIGGER;RELATED=END:-PT30M';
    const lines = todo(...due, ...alarm('ACTION:DISPLAY', 'DESCRIPTION:', trigger));
    expect(fromOld(...todo(...due, 'DALARM:20260520T143000Z;;;'))).toContain(trigger);
    expect(fromOld(...toOld(...lines).filter((line) => line !== ''))).toContain(trigger);
    const fields = { DueDate: '20260520T150000Z', ReminderSet: '1', ReminderTime: '20260520T143000Z' };
    expect(stored(T, 'task', fields)).toContain(trigger);
    expect(written(T, lines)).toMatchObject(fields);
    const minutes = { DueDate: '20260520T150000Z', ReminderSet: '1', ReminderMinutesBeforeStart: '30' };
    expect(stored(T, 'task', minutes)).toContain(trigger);
    const zone = '<DayLight><StandardName>Europe/Rome</StandardName></DayLight>';
    const local = {
      DueDate: '20260520T170000',
      ReminderSet: '1',
      ReminderTime: '20260520T163000',
      Timezone: zone,
    };
    expect(stored(T, 'task', local)).toContain(trigger);
  });

  it('of a task that is due on a day has no zone either', () =>
    expect(
      toOld(...todo('DUE;VALUE=DATE:20260520', ...alarm('ACTION:DISPLAY', 'TRIGGER;RELATED=END:-PT15H'))),
    ).toEqual(todo('DUE:20260520T000000', 'DALARM:20260519T090000;;;')));
});

it('a task that lasts is due when it ends', () => {
  const lines = todo(START, 'DURATION:PT1H');
  expect(toOld(...lines)).toEqual(todo(START, 'DUE:20260301T110000Z'));
  expect(written(T, lines)).toMatchObject({ DueDate: '20260301T110000Z' });
  const rome = todo('DTSTART;TZID=Europe/Rome:20260301T100000', 'DURATION:PT1H');
  expect(toOld(...rome)).toEqual(todo('DTSTART:20260301T090000Z', 'DUE:20260301T100000Z'));
  expect(written(T, rome)).toMatchObject({ DueDate: '20260301T100000Z' });
  const days = todo('DTSTART;VALUE=DATE:20260301', 'DURATION:P2D');
  expect(toOld(...days)).toEqual(todo('DTSTART:20260301T000000', 'DUE:20260303T000000'));
  expect(written(T, days)).toMatchObject({ DueDate: '2026-03-03' });
});

it('a task that repeats and has no start does so in the zone in which it is due', () => {
  const task = item(...todo('DUE;TZID=America/New_York:20260302T220000', 'RRULE:FREQ=WEEKLY;BYDAY=MO'));
  // Outlook says what an item without these says, too.
  const unset = /(PRIORITY:5|CLASS:PUBLIC|PERCENT-COMPLETE:0)\r\n/g;
  for (const format of [OLD, { type: T }])
    expect(readItem(format.type, writeItem(task, format).body).body.replace(unset, '')).toBe(task.body);
});

describe('categories', () => {
  it('of several lines are one list', () => {
    const of = (...own: readonly string[]) => linesOf(item(...event(...own)).body).slice(1, -1);
    expect(of('CATEGORIES:B,A', START, 'CATEGORIES:A,C')).toEqual(['CATEGORIES:B,A,C', START]);
    const german = 'CATEGORIES;LANGUAGE=de:Arbeit';
    expect(of('CATEGORIES:A', german, 'CATEGORIES:B')).toEqual(['CATEGORIES:A,B', german]);
  });

  it.each([
    ['CATEGORIES:Work,Home', 'Work, Home'],
    ['CATEGORIES:Smith\\, John,Work', 'Smith, John; Work'],
    ['CATEGORIES:Smith\\, John', 'Smith, John;'],
  ])('%s is %s to Outlook', (line, Categories) => {
    expect(written(E, event(line))).toMatchObject({ Categories });
    expect(stored(E, 'appointment', { Categories })).toEqual(event(line));
    expect(stored(C, 'contact', { LastName: 'A', Categories })).toContain(line);
  });
});

describe('what old calendars write in another way', () => {
  it('a place has its longitude first', () => {
    expect(fromOld(...event(START, 'GEO:11.57,48.13'))).toContain('GEO:48.13;11.57');
    expect(toOld(...event(START, 'GEO:48.13;-11.57'))).toContain('GEO:-11.57,48.13');
    expect(fromOld(...event(START, 'GEO:48.13;11.57'))).toContain('GEO:48.13;11.57');
  });

  it('an address has no escapes', () => {
    const url = 'URL:http://a.example/c,d;e';
    expect(fromOld(...event(START, url))).toContain(url);
    expect(toOld(...event(START, url))).toContain(url);
  });

  it.each([
    ['DTSTART:2009-10-23', 'DTSTART;VALUE=DATE:20091023'],
    ['DTSTART:2009-10-23T10:00:00', 'DTSTART:20091023T100000'],
    ['DTSTART:2009-10-23T10:00:00.000Z', 'DTSTART:20091023T100000Z'],
  ])('%s', (came, line) => {
    expect(fromOld(...event(came))).toEqual(event(line));
    expect(linesOf(item(...event(came)).body)).toEqual(event(line));
  });

  it('an event that is accepted is confirmed, other states stay', () => {
    const state = (...own: readonly string[]) => fromOld(...own).find((line) => line.startsWith('STATUS'));
    expect(state(...event(START, 'STATUS:ACCEPTED'))).toBe('STATUS:CONFIRMED');
    expect(state(...event(START, 'STATUS:NEEDS ACTION'))).toBe('STATUS:NEEDS-ACTION');
    expect(state(...todo('STATUS:ACCEPTED'))).toBe('STATUS:ACCEPTED');
  });

  it('a zone with a colon in its name, without quotes', () => {
    const own = event('DTSTART;TZID=UTC+05:45:20260302T100000');
    expect(linesOf(item(...own).body)).toEqual(event('DTSTART;TZID=Asia/Kathmandu:20260302T100000'));
    expect(treeOf(item(...own))?.components[0]?.properties).toEqual([
      property('DTSTART', '20260302T100000', { TZID: 'Asia/Kathmandu' }),
    ]);
  });
});
