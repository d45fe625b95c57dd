/** The organiser: an attendee with a role in vCalendar 1.0, a property of its own in iCalendar 2.0. */
import { describe, expect, it } from 'vitest';
import { ALL, type DeviceCapabilities } from '../../../../lib/pim/device/capabilities.ts';
import { readItem, seenOf, writeItem } from '../../../kit/items.ts';
import { merge } from '../../merge/merging.ts';
import { event, linesOf } from '../sif/sif.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const TIMES = ['DTSTART:20300101T100000Z', 'DTEND:20300101T110000Z'];
const calendar = (version: string, ...own: readonly string[]) =>
  ['BEGIN:VCALENDAR', `VERSION:${version}`, ...own, 'END:VCALENDAR', ''].join('\r\n');
const item = (...own: readonly string[]) =>
  readItem('text/calendar', calendar('2.0', ...event(...TIMES, ...own)));
const people = (body: string) => linesOf(body).filter((line) => /^(ATTENDEE|ORGANIZER)/.test(line));

describe('the organiser', () => {
  it.each([
    [['ORGANIZER;CN=Ada:mailto:ada@x.example'], ['ATTENDEE;ROLE=ORGANIZER:Ada <ada@x.example>']],
    [['ORGANIZER:mailto:ada@x.example'], ['ATTENDEE;ROLE=ORGANIZER:ada@x.example']],
    [['ORGANIZER:http://x.example/ada'], ['ATTENDEE;ROLE=ORGANIZER:http://x.example/ada']],
    [
      ['ORGANIZER;CN=Ada:mailto:ada@x.example', 'ATTENDEE;CN=Bob;ROLE=CHAIR:mailto:bob@x.example'],
      ['ATTENDEE;ROLE=ORGANIZER:Ada <ada@x.example>', 'ATTENDEE;ROLE=CHAIR:Bob <bob@x.example>'],
    ],
    [
      [
        'ORGANIZER;CN=Ada:mailto:ada@x.example',
        'ATTENDEE;CN=Ada;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:ada@x.example',
      ],
      ['ATTENDEE;STATUS=ACCEPTED;RSVP=YES;ROLE=ORGANIZER:Ada <ada@x.example>'],
    ],
  ])('%j comes back from an old device', (lines, old) => {
    const stored = item(...lines);
    const { body } = writeItem(stored, OLD);
    const sorted = (line: string) =>
      line.replace(/^ATTENDEE;([^:]*)/, (_, all: string) => all.split(';').sort().join());
    expect(people(body).map(sorted)).toEqual(old.map(sorted));
    expect(people(readItem(OLD.type, body).body)).toEqual(lines);
  });

  it('is a guest, too, where it is known to the device whether it comes', () => {
    const own = event(
      ...TIMES,
      'ATTENDEE;ROLE=ORGANIZER;STATUS=CONFIRMED:Ada <ada@x.example>',
      'ATTENDEE:bob@x.example',
    );
    expect(people(readItem(OLD.type, calendar('1.0', ...own)).body)).toEqual([
      'ORGANIZER;CN=Ada:mailto:ada@x.example',
      'ATTENDEE;CN=Ada;PARTSTAT=X-CONFIRMED:mailto:ada@x.example',
      'ATTENDEE:mailto:bob@x.example',
    ]);
  });

  it('is one: others are chairs', () => {
    const own = event(...TIMES, 'ATTENDEE;ROLE=ORGANIZER:a@x.example', 'ATTENDEE;ROLE=ORGANIZER:b@x.example');
    expect(people(readItem(OLD.type, calendar('1.0', ...own)).body)).toEqual([
      'ORGANIZER:mailto:a@x.example',
      'ATTENDEE;ROLE=CHAIR:mailto:b@x.example',
    ]);
  });

  it('is a property to a device that lists it', () => {
    const properties = new Map(['DTSTART', 'ORGANIZER', 'ATTENDEE'].map((name) => [name, { values: [] }]));
    const device: DeviceCapabilities = { ...ALL, properties };
    expect(people(writeItem(item('ORGANIZER:mailto:a@x.example'), OLD, device).body)).toEqual([
      'ORGANIZER:a@x.example',
    ]);
  });

  it('keeps what an old device cannot say when that device changes the item', () => {
    const lines = [
      'ORGANIZER;CN=Ada B.;SENT-BY="mailto:s@x.example":mailto:ada@x.example',
      'ATTENDEE;CN=Ada;ROLE=REQ-PARTICIPANT:mailto:ADA@x.example',
    ];
    const before = item('SUMMARY:A', ...lines);
    const { body } = writeItem(before, OLD);
    const sent = readItem(OLD.type, body.replace('SUMMARY:A', 'SUMMARY:B'));
    expect(merge(before, before, sent, { view: (one) => seenOf(one, OLD) })).toEqual({
      item: item('SUMMARY:B', ...lines),
      clashes: 0,
    });
  });
});
