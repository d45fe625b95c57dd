/** Zones that an item defines itself: whatever their names are, a time finds its definition, and keeps its instant. */
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { ALL } from '../../../../lib/pim/device/capabilities.ts';
import { clockNamed } from '../../../../lib/pim/time/zones/own-clock.ts';
import { readItem, seenOf, type TextItem, writeItem } from '../../../kit/items.ts';
import { event, merge } from '../../merge/merging.ts';

type Observance = readonly [kind: string, from: string, to: string, rule: string];
const PLACE: Observance[] = [['STANDARD', '-0500', '-0500', '']];
/** The clocks of no place on earth. */
const NOWHERE: Observance[] = [
  ['STANDARD', '+0317', '+0217', 'BYMONTH=9;BYDAY=3WE'],
  ['DAYLIGHT', '+0217', '+0317', 'BYMONTH=2;BYDAY=2TU'],
];
const definition = (tzid: string, clocks: readonly Observance[]) => [
  ...['BEGIN:VTIMEZONE', `TZID:${tzid}`],
  ...clocks.flatMap(([kind, from, to, rule]) => [
    ...[`BEGIN:${kind}`, 'DTSTART:19700101T020000', `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`],
    ...[...(rule === '' ? [] : [`RRULE:FREQ=YEARLY;${rule}`]), `END:${kind}`],
  ]),
  'END:VTIMEZONE',
];
const calendar = (zone: readonly string[], ...lines: readonly string[]): TextItem =>
  readItem(
    'text/calendar',
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Laptop//EN', ...zone],
      ...['BEGIN:VEVENT', 'DTSTAMP:20300101T000000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR'],
    ].join('\r\n'),
  );
const unfolded = ({ body }: TextItem): string => body.replace(/\r\n /g, '');
const ZONED = { type: 'text/calendar', version: '2.0' };

/** The offset of the start, in minutes, as a reader that knows only the text finds it. */
function offsetOfStart({ body }: TextItem): number | undefined {
  const root = new ICAL.Component(ICAL.parse(body));
  const start = root.getFirstSubcomponent('vevent')?.getFirstProperty('dtstart');
  const zone = root
    .getAllSubcomponents('vtimezone')
    .find((one) => one.getFirstPropertyValue('tzid') === start?.getParameter('tzid'));
  const time = start?.getFirstValue() as ICAL.Time;
  return zone && new ICAL.Timezone(zone).utcOffset(time) / 60;
}

/** Each as the definition and as a time spells it. */
const NAMES: [what: string, tzid: string, param: string][] = [
  ['commas', '(UTC-05:00) Lima\\, Quito', '"(UTC-05:00) Lima, Quito"'],
  ['commas without escapes', '(UTC-05:00) Lima, Quito', '"(UTC-05:00) Lima, Quito"'],
  ['commas without quotes', 'Lima\\, Quito', 'Lima, Quito'],
  ['commas with escapes in both', 'Lima\\, Quito', '"Lima\\, Quito"'],
  ['semicolons', 'Lima\\; Quito', '"Lima; Quito"'],
  ['colons without quotes', '(UTC-05:00) Lima', '(UTC-05:00) Lima'],
  ['quotes around it', '"Lima"', '"Lima"'],
  ['quotes inside', 'The "Lima" clock', "The 'Lima' clock"],
  ['backslashes', 'C:\\\\Lima', '"C:\\Lima"'],
  ['backslashes without escapes', 'C:\\Lima', '"C:\\Lima"'],
  ['blanks at the ends', ' Lima ', '" Lima "'],
  ['blanks at the ends of one', 'Lima ', 'Lima'],
  ['two blanks', 'Lima  Quito', 'Lima Quito'],
  ['a letter of another script', 'Líma\\, Кито', '"Líma, Кито"'],
];

describe('a zone whose name has', () => {
  it.each(NAMES)('%s is found by its definition', (_, tzid, param) => {
    const item = calendar(definition(tzid, PLACE), `DTSTART;TZID=${param}:20300715T100000`);
    expect(unfolded(item)).toContain('DTSTART;TZID=America/Bogota:20300715T100000');
    expect(item.body).not.toContain('VTIMEZONE');
  });

  it.each(NAMES)('%s keeps a definition that no place has', (_, tzid, param) => {
    const item = calendar(definition(tzid, NOWHERE), 'UID:u', `DTSTART;TZID=${param}:20300715T100000`);
    expect(offsetOfStart(item)).toBe(3 * 60 + 17);
    expect(offsetOfStart(writeItem(item, ZONED))).toBe(3 * 60 + 17);
    const again = readItem('text/calendar', writeItem(item, ZONED).body);
    expect(again).toEqual(item);
  });

  it.each(NAMES)('%s keeps it through a change of a device', (_, tzid, param) => {
    const zone = definition(tzid, NOWHERE);
    const start = `DTSTART;TZID=${param}:20300715T100000`;
    const item = calendar(zone, 'UID:u', 'SUMMARY:a', start);
    const { item: changed } = merge(item, item, calendar(zone, 'UID:u', 'SUMMARY:b', start));
    expect(unfolded(changed)).toContain('SUMMARY:b');
    expect(changed.body.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
    const moved = merge(
      event('UID:u', 'SUMMARY:a', 'DTSTART:20300715T100000Z'),
      event('UID:u', 'SUMMARY:a', 'DTSTART:20300715T100000Z'),
      item,
    ).item;
    expect(offsetOfStart(moved)).toBe(3 * 60 + 17);
  });
});

it('any name is found again', () => {
  // No backslashes: ical.js takes them for escapes in parameters, too.
  const name = fc
    .string({ unit: fc.constantFrom(...'ab ,;:"\'(+é/'), minLength: 1, maxLength: 8 })
    .filter((text) => /[ab]/.test(text));
  fc.assert(
    fc.property(name, (text) => {
      const tzid = text.replace(/[,;]/g, '\\$&');
      const param = `"${text.replace(/"/g, "'")}"`;
      const item = calendar(definition(tzid, NOWHERE), `DTSTART;TZID=${param}:20300715T100000`);
      expect(offsetOfStart(writeItem(item, ZONED))).toBe(3 * 60 + 17);
    }),
  );
});

it('a definition stays where something else than a time names it', () => {
  const zone = definition('Lima\\, Quito', PLACE);
  const item = calendar(zone, 'DTSTART:20300715T100000Z', 'X-SEEN;TZID="Lima, Quito":20300714T100000');
  expect(unfolded(item)).toContain('TZID:Lima\\, Quito');
  expect(writeItem(item, ZONED).body).toContain('BEGIN:VTIMEZONE');
});

it('of two definitions with similar names each keeps its times', () => {
  const zones = [...definition('A\\, B', NOWHERE), ...definition('A\\,B', PLACE)];
  const item = calendar(zones, 'DTSTART;TZID="A,B":20300715T100000', 'DTEND;TZID="A, B":20300715T180000');
  expect(unfolded(item)).toContain('DTSTART;TZID=America/Bogota:');
  expect(unfolded(item)).toContain('DTEND;TZID="A, B":');
});

it('of two definitions of one clock each keeps its times, in a merge that changes nothing and in one that does', () => {
  const zones = [...definition('A', NOWHERE), ...definition('B', NOWHERE)];
  const times = ['DTSTART;TZID=B:20300715T100000', 'DTEND;TZID=A:20300715T180000'];
  const [one, other] = ['a', 'b'].map((name) => calendar(zones, 'UID:u', `SUMMARY:${name}`, ...times));
  expect(unfolded(one as TextItem)).toContain('DTEND;TZID=A:');
  expect(merge(one, one as TextItem, one as TextItem).item).toEqual(one);
  expect(merge(one, one as TextItem, other as TextItem).item).toEqual(other);
});

/** As vCalendar, SIF and iCalendar without definitions show it: the instant, and an alarm that agrees with it. */
describe('a device without definitions', () => {
  const zone = definition('Our clock', NOWHERE);
  const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'END:VALARM'];
  const times = ['DTSTART;TZID=Our clock:20300715T100000', 'DTEND;TZID=Our clock:20300715T110000'];
  const [VCALENDAR, SIF] = [{ type: 'text/x-vcalendar' }, { type: 'text/x-s4j-sife' }];
  const single = calendar(zone, 'UID:u', 'SUMMARY:a', ...times, ...alarm);
  const series = calendar(zone, 'UID:u', 'SUMMARY:a', ...times, 'RRULE:FREQ=WEEKLY;BYDAY=MO', ...alarm);

  it.each([
    [
      'vCalendar',
      VCALENDAR,
      ['DTSTART:20300715T064300Z', 'DTEND:20300715T074300Z', 'DALARM:20300715T062800Z'],
    ],
    ['SIF', SIF, ['<Start>20300715T064300Z</Start>', '<End>20300715T074300Z</End>']],
  ])('gets the instant in %s', (_, format, texts) => {
    for (const item of [single, series])
      for (const text of texts) expect(writeItem(item, format).body).toContain(text);
  });

  it('gets the clocks of a series', () => {
    const head = ['TZ:+0217', 'DAYLIGHT:TRUE;+0317;20300212T020000;20300918T020000;;'].join('\r\n');
    expect(writeItem(series, VCALENDAR).body).toContain(head);
    expect(writeItem(series, SIF).body).toContain('<BasicOffset>+0217</BasicOffset>');
    expect(writeItem(series, SIF).body).not.toContain('StandardName');
  });

  it('gets the instant in iCalendar', () => {
    const properties = new Map([['BEGIN', { values: ['VCALENDAR', 'VEVENT'] }]]);
    for (const name of ['DTSTART', 'DTEND', 'SUMMARY', 'UID']) properties.set(name, { values: [] });
    const { body } = writeItem(single, ZONED, { ...ALL, properties });
    expect(body).toContain('DTSTART:20300715T064300Z');
    expect(body).not.toContain('VTIMEZONE');
  });

  it.each([
    ['vCalendar', VCALENDAR, /SUMMARY:a/, 'SUMMARY:b'],
    ['SIF', SIF, />a</, '>b<'],
  ])('leaves the zone as it is, if another field is changed in %s', (_, format, was, is) => {
    for (const item of [single, series]) {
      const sent = readItem(format.type, writeItem(item, format).body.replace(was, is));
      const { item: changed } = merge(item, item, sent, { view: (one) => seenOf(one, format) });
      expect(changed.body).toBe(item.body.replace('SUMMARY:a', 'SUMMARY:b'));
    }
  });

  it('moves the item on its own clock', () => {
    const moved = writeItem(series, VCALENDAR).body.replaceAll('20300715T06', '20300715T08');
    const sent = readItem(VCALENDAR.type, moved.replace('T074300Z', 'T094300Z'));
    const { item } = merge(series, series, sent, { view: (one) => seenOf(one, VCALENDAR) });
    expect(unfolded(item)).toContain('DTSTART;TZID=Our clock:20300715T120000');
    expect(unfolded(item)).toContain('DTEND;TZID=Our clock:20300715T130000');
    expect(item.body.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
  });

  it('that has another clock of no place brings its definition along', () => {
    const head = ['BEGIN:VCALENDAR', 'VERSION:1.0', 'TZ:-0330', 'DAYLIGHT:FALSE', 'BEGIN:VEVENT', 'UID:u'];
    const read = (time: string) => {
      const lines = [
        `SUMMARY:a`,
        `DTSTART:20300715T${time}`,
        'RRULE:W1 MO #0',
        'END:VEVENT',
        'END:VCALENDAR',
      ];
      return readItem(VCALENDAR.type, [...head, ...lines].join('\r\n'));
    };
    const inUtc = calendar(
      [],
      'UID:u',
      'SUMMARY:a',
      'DTSTART:20300715T133000Z',
      'RRULE:FREQ=WEEKLY;BYDAY=MO',
    );
    const { item } = merge(inUtc, inUtc, read('103000'), { view: () => read('100000') });
    expect(offsetOfStart(item)).toBe(-210);
  });
});

it('a name like that of a clock, from a device, is any name', () => {
  for (const odd of [
    '\u0000',
    '\u0000[null]',
    '\u0000[{}]',
    '\u0000[{"start":0,"before":0,"after":0,"rule":null}]',
  ]) {
    const item = calendar(
      [],
      'UID:u',
      `DTSTART;TZID='${odd}':20300715T100000`,
      `X-A;TZID=${odd}:20300715T100000`,
    );
    expect(writeItem(item, { type: 'text/x-vcalendar' }).body).toContain('DTSTART:20300715T100000');
    expect(clockNamed(odd)).toBeUndefined();
  }
});
