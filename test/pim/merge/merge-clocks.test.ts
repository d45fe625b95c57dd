/** Edits by devices that tell times in their own way: when something is changes only where the user changed it. */

import { describe, expect, it } from 'vitest';
import { ALL, type DeviceCapabilities } from '../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { event, linesOf, merge } from './merging.ts';

const OLD: Format = { type: 'text/x-vcalendar', version: '1.0' };
const OUTLOOK: Format = { type: 'text/x-s4j-sife' };
const NEW: Format = { type: 'text/calendar', version: '2.0' };
const LOCAL: DeviceCapabilities = { ...ALL, utc: false };

/** The lines that an edit of the item takes away, and those that it brings. */
function changes(
  item: TextItem,
  format: Format,
  edit: (text: string) => string,
  capabilities: DeviceCapabilities = ALL,
): string[] {
  const view = (one: TextItem) => readItem(format.type, writeItem(one, format, capabilities).body);
  const text = writeItem(item, format, capabilities).body;
  if (edit(text) === text) throw new Error(`nothing is edited in\n${text}`);
  const [before, after] = [item, merge(item, item, readItem(format.type, edit(text)), { view }).item].map(
    linesOf,
  );
  return [
    ...(before ?? []).filter((line) => !after?.includes(line)).map((line) => `- ${line}`),
    ...(after ?? []).filter((line) => !before?.includes(line)).map((line) => `+ ${line}`),
  ];
}
const renamed = (text: string) => text.replace('SUMMARY:s', 'SUMMARY:t').replace('<Subject>s', '<Subject>t');
const NAME_ONLY = ['- SUMMARY:s', '+ SUMMARY:t'];

const meeting = event(
  ...['UID:u', 'DTSTART;TZID=Europe/Berlin:20260302T100000', 'DTEND;TZID=Europe/Berlin:20260302T110000'],
  'SUMMARY:s',
);
const series = event(
  ...['UID:u', 'DTSTART;TZID=Europe/Rome:20260302T100000', 'DTEND;TZID=Europe/Rome:20260302T110000'],
  ...[
    'RRULE:FREQ=WEEKLY;UNTIL=20260601T080000Z;BYDAY=MO',
    'EXDATE;TZID=Europe/Rome:20260309T100000',
    'SUMMARY:s',
  ],
);

describe('a device of local times', () => {
  it.each([
    ['vCalendar', OLD, (text: string) => text.replace('T100000', 'T113000').replace('T110000', 'T123000')],
    ['SIF', OUTLOOK, (text: string) => text.replace('T100000', 'T113000').replace('T110000', 'T123000')],
  ])('that moves an appointment leaves it in its zone (%s)', (_, format, edit) => {
    expect(changes(meeting, format, edit, LOCAL)).toEqual([
      '- DTSTART;TZID=Europe/Berlin:20260302T100000',
      '- DTEND;TZID=Europe/Berlin:20260302T110000',
      '+ DTSTART;TZID=Europe/Berlin:20260302T113000',
      '+ DTEND;TZID=Europe/Berlin:20260302T123000',
    ]);
  });

  it.each([
    ['vCalendar', OLD, /^(TZ|DAYLIGHT):.*\r\n/gm],
    ['SIF', OUTLOOK, /<Timezone>[\s\S]*<\/Timezone>/],
  ])('that does not send the zone back changes none of the times (%s)', (_, format, zone) => {
    expect(changes(series, format, (text) => renamed(text.replace(zone, '')), LOCAL)).toEqual(NAME_ONLY);
  });

  it('that makes a series of it has the zone in all that it adds', () => {
    const edit = (text: string) =>
      text.replace('SUMMARY', 'RRULE:W1 MO 20260601T100000\r\nEXDATE:20260309T100000\r\nSUMMARY');
    expect(changes(meeting, OLD, edit, LOCAL)).toEqual([
      '+ RRULE:FREQ=WEEKLY;UNTIL=20260601T080000Z;BYDAY=MO',
      '+ EXDATE;TZID=Europe/Berlin:20260309T100000',
    ]);
  });
});

describe('a flight', () => {
  const flight = event(
    ...['UID:u', 'DTSTART;TZID=Europe/Berlin:20300107T100000', 'DTEND;TZID=America/New_York:20300107T130000'],
    'SUMMARY:s',
  );
  it('that a device of local times moves ends by the clocks of its end', () => {
    const edit = (text: string) => text.replace('T100000', 'T110000').replace('T190000', 'T200000');
    expect(changes(flight, OLD, edit, LOCAL)).toEqual([
      '- DTSTART;TZID=Europe/Berlin:20300107T100000',
      '- DTEND;TZID=America/New_York:20300107T130000',
      '+ DTSTART;TZID=Europe/Berlin:20300107T110000',
      '+ DTEND;TZID=America/New_York:20300107T140000',
    ]);
  });
});

describe('a device of local times, of an item with times in several zones', () => {
  const tokyo = (...own: readonly string[]) =>
    event(
      ...['UID:u', 'DTSTART;TZID=Asia/Tokyo:20260401T070000', 'DTEND:20260331T230000Z', 'SUMMARY:s'],
      ...own,
    );
  const daily = tokyo(
    'RRULE:FREQ=DAILY;UNTIL=20260404T220000Z',
    'EXDATE:20260401T220000Z',
    'EXDATE;TZID=Europe/Berlin:20260403T000000',
    'RDATE;TZID=America/New_York:20260410T180000',
  );
  const withoutZones: DeviceCapabilities = {
    ...LOCAL,
    properties: new Map(
      ['BEGIN', 'DTSTART', 'DTEND', 'RRULE', 'EXDATE', 'RDATE', 'SUMMARY', 'UID'].map((name) => [
        name,
        { values: name === 'BEGIN' ? ['VCALENDAR', 'VEVENT'] : [] },
      ]),
    ),
  };
  const ways: readonly [string, Format, DeviceCapabilities][] = [
    ['vCalendar', OLD, LOCAL],
    ['SIF', OUTLOOK, LOCAL],
    ['iCalendar', NEW, LOCAL],
    ['iCalendar without zones', NEW, withoutZones],
  ];
  it.each(ways)('changes no time with the subject (%s)', (_, format, capabilities) => {
    expect(changes(daily, format, renamed, capabilities)).toEqual(NAME_ONLY);
    expect(changes(tokyo(), format, renamed, capabilities)).toEqual(NAME_ONLY);
  });
  it.each(ways)('tells a later end by the clock of the start (%s)', (_, format, capabilities) => {
    const later = (text: string) => text.replace(/(DTEND[^\r]*|<End>)20260401T080000/, '$120260401T083000');
    expect(changes(tokyo(), format, later, capabilities)).toEqual([
      '- DTEND:20260331T230000Z',
      '+ DTEND:20260331T233000Z',
    ]);
  });
  it.each(ways)('leaves out one more day (%s)', (_, format, capabilities) => {
    const more = (text: string) =>
      text
        .replace(/^(EXDATE:[\dT]*;[\dT;]*)/m, '$1;20260404T070000')
        .replace('</Exceptions>', '<ExcludeDate>20260404T070000</ExcludeDate></Exceptions>')
        .replace(/^(EXDATE.*)2026040[23]T070000\r$/m, '$&\n$120260404T070000\r');
    const [line, ...others] = changes(daily, format, more, capabilities);
    expect(others).toEqual([]);
    expect(line).toMatch(/^\+ EXDATE(;TZID=Asia\/Tokyo:20260404T070000|:20260403T220000Z)$/);
  });
  it('tells when a task was done, and reminds, by the clock of the task', () => {
    const task = readItem(
      'text/calendar',
      [
        ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VTODO', 'UID:u', 'SUMMARY:s'],
        ...['DUE;TZID=Asia/Tokyo:20260401T170000', 'COMPLETED:20260331T230000Z', 'STATUS:COMPLETED'],
        ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER;VALUE=DATE-TIME:20260401T070000Z', 'END:VALARM'],
        ...['END:VTODO', 'END:VCALENDAR', ''],
      ].join('\r\n'),
    );
    const later = (text: string) => text.replace('20260401T080000', '20260401T093000');
    for (const format of [OLD, { type: 'text/x-s4j-sift' }]) {
      expect(changes(task, format, renamed, LOCAL)).toEqual(NAME_ONLY);
      expect(changes(task, format, later, LOCAL)).toEqual([
        '- COMPLETED:20260331T230000Z',
        '+ COMPLETED:20260401T003000Z',
      ]);
    }
  });
});

describe('a device that names a zone of its own', () => {
  const inNewYork = (text: string) =>
    text
      .replace(/DTSTART:[^\r]*/, 'DTSTART;TZID=America/New_York:20260302T113000')
      .replace(/DTEND:[^\r]*/, 'DTEND;TZID=America/New_York:20260302T123000');
  const movedTo = (hours: readonly string[]) => [
    '- DTSTART;TZID=Europe/Berlin:20260302T100000',
    '- DTEND;TZID=Europe/Berlin:20260302T110000',
    `+ DTSTART;TZID=Europe/Berlin:20260302T${hours[0]}`,
    `+ DTEND;TZID=Europe/Berlin:20260302T${hours[1]}`,
  ];
  it('for a time that it saw in UTC means that instant', () => {
    expect(changes(meeting, OLD, inNewYork)).toEqual(movedTo(['173000', '183000']));
  });
  it('for a time that it saw without a zone means that time of the day', () => {
    expect(changes(meeting, OLD, inNewYork, LOCAL)).toEqual(movedTo(['113000', '123000']));
  });
  it('which is the one that it was told moves a series in the zone that it is in', () => {
    // Its clocks follow a fast that moves, which no rule tells.
    const item = event(
      'UID:u',
      'DTSTART;TZID=Africa/Casablanca:20260702T100000',
      'RRULE:FREQ=DAILY',
      'SUMMARY:s',
    );
    const later = (text: string) => text.replace('DTSTART:20260702T090000Z', 'DTSTART:20260702T100000Z');
    expect(changes(item, OLD, later)).toEqual([
      '- DTSTART;TZID=Africa/Casablanca:20260702T100000',
      '+ DTSTART;TZID=Africa/Casablanca:20260702T110000',
    ]);
  });
});

describe('a device that knows zones by their rules', () => {
  it('does not rename the zone of what it moves', () => {
    const edit = (text: string) =>
      text
        .replace(/DTSTART:[^\r]*/, 'DTSTART:20260302T110000Z')
        .replace(/DTEND:[^\r]*/, 'DTEND:20260302T120000Z');
    expect(changes(series, OLD, edit)).toEqual([
      '- DTSTART;TZID=Europe/Rome:20260302T100000',
      '- DTEND;TZID=Europe/Rome:20260302T110000',
      '- EXDATE;TZID=Europe/Rome:20260309T100000',
      '+ DTSTART;TZID=Europe/Rome:20260302T120000',
      '+ DTEND;TZID=Europe/Rome:20260302T130000',
      '+ EXDATE;TZID=Europe/Rome:20260309T120000',
    ]);
  });

  it('changes the zone of a series that it puts into another', () => {
    const edit = (text: string) =>
      text
        .replace('DTSTART;TZID=Europe/Rome:20260302T100000', 'DTSTART;TZID=America/New_York:20260302T040000')
        .replace('DTEND;TZID=Europe/Rome:20260302T110000', 'DTEND;TZID=America/New_York:20260302T050000');
    expect(changes(series, NEW, edit)).toContain('+ DTSTART;TZID=America/New_York:20260302T040000');
    const inUtc = event('UID:u', 'DTSTART:20260302T090000Z', 'RRULE:FREQ=WEEKLY', 'SUMMARY:s');
    const moved = (text: string) =>
      text.replace('DTSTART:20260302T090000Z', 'DTSTART;TZID=Europe/Berlin:20260302T100000');
    expect(changes(inUtc, NEW, moved)).toContain('+ DTSTART;TZID=Europe/Berlin:20260302T100000');
  });

  it('in a name of its own does not change it', () => {
    const edit = (text: string) => renamed(text.replaceAll('Europe/Rome', 'Europe/Berlin'));
    expect(changes(series, NEW, edit)).toEqual(NAME_ONLY);
  });

  it.each([
    ['half a year', 'America/Denver', 'America/Phoenix'],
    ['one month', 'Europe/Athens', 'Africa/Cairo'],
  ])('puts it into another that has the same clocks but for %s', (_, zone, other) => {
    const item = event('UID:u', `DTSTART;TZID=${zone}:20260115T100000`, 'RRULE:FREQ=WEEKLY', 'SUMMARY:s');
    expect(
      changes(item, NEW, (text) => text.replace(`DTSTART;TZID=${zone}`, `DTSTART;TZID=${other}`)),
    ).toEqual([`- DTSTART;TZID=${zone}:20260115T100000`, `+ DTSTART;TZID=${other}:20260115T100000`]);
  });
});

describe('a day', () => {
  const day = event('UID:u', 'DTSTART;VALUE=DATE:20300115', 'DTEND;VALUE=DATE:20300116', 'SUMMARY:s');
  it.each([
    ['midnights of no clock', ':20300115T000000', ':20300116T000000'],
    ['midnights of a zone', ';TZID=Europe/Berlin:20300115T000000', ';TZID=Europe/Berlin:20300116T000000'],
    ['midnights of UTC', ':20300115T000000Z', ':20300116T000000Z'],
    ['its midnights in UTC, east', ':20300114T230000Z', ':20300115T230000Z'],
    ['its midnights in UTC, west', ':20300115T050000Z', ':20300116T050000Z'],
    ['one midnight', ':20300115T000000', ':20300115T000000'],
  ])('stays one where a device sends %s', (_, start, end) => {
    const edit = (text: string) =>
      renamed(text).replace(';VALUE=DATE:20300115', start).replace(';VALUE=DATE:20300116', end);
    expect(changes(day, NEW, edit)).toEqual(NAME_ONLY);
  });
  it('and its flag become hours together', () => {
    const flagged = event(...linesOf(day), 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE');
    const edit = (text: string) =>
      text
        .replace(/DTSTART:\d+T000000/, 'DTSTART:20300115T090000Z')
        .replace(/DTEND:\d+T000000/, 'DTEND:20300115T100000Z')
        .replace('ALLDAYEVENT:TRUE', 'ALLDAYEVENT:FALSE');
    expect(changes(flagged, OLD, edit)).toContain('+ X-MICROSOFT-CDO-ALLDAYEVENT:FALSE');
  });
  it.each(['20300115T100000Z', '20300115T090000Z'])(
    'becomes hours where the user says so, until %s',
    (end) => {
      const edit = (text: string) =>
        text.replace(';VALUE=DATE:20300115', ':20300115T090000Z').replace(';VALUE=DATE:20300116', `:${end}`);
      expect(changes(day, NEW, edit)).toContain('+ DTSTART:20300115T090000Z');
    },
  );
  it('on which a task is due stays one when a phone moves it', () => {
    const task = readItem(
      NEW.type,
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'BEGIN:VTODO',
        'DUE;VALUE=DATE:20260520',
        'SUMMARY:s',
        'END:VTODO',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
    expect(changes(task, OLD, (text) => text.replace('20260520', '20260521'))).toEqual([
      '- DUE;VALUE=DATE:20260520',
      '+ DUE;VALUE=DATE:20260521',
    ]);
  });
});
