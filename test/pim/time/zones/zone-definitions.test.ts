/** Definitions of time zones: for every zone of the runtime, the runtime's own offsets, past and to come. */
import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { withZones } from '../../../../lib/pim/time/zones/definition.ts';
import { localOf, offsetAt } from '../../../../lib/pim/time/zones/zones.ts';
import { type Component, property } from '../../../../lib/pim/vobject/model.ts';
import { writeObject } from '../../../../lib/pim/vobject/write.ts';

const calendarIn = (zone: string, start = '20300101T000000'): Component => ({
  name: 'VCALENDAR',
  properties: [property('VERSION', '2.0')],
  components: [{ name: 'VEVENT', properties: [property('DTSTART', start, { TZID: zone })], components: [] }],
});

/** The first of each half month, at noon of UTC. */
const INSTANTS = Array.from({ length: 20 * 24 }, (_, n) => Date.UTC(2013, n >> 1, n % 2 === 0 ? 1 : 15, 12));

it('say what clocks did, do and will do', () => {
  const wrong = Intl.supportedValuesOf('timeZone').flatMap((zone) => {
    const text = writeObject(withZones(calendarIn(zone)), 'icalendar-2.0');
    const component = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vtimezone');
    if (component === null) return [`${zone} has none`];
    const known = new ICAL.Timezone(component);
    const bad = INSTANTS.find((at) => known.utcOffset(localTime(zone, at)) / 60 !== offsetAt(zone, at));
    return bad === undefined ? [] : [`${zone} ${new Date(bad).toISOString()}`];
  });
  expect(wrong).toEqual([]);
});

/** As the clocks there show it. */
/** Zones whose clocks have changed by other rules than today's. */
const CHANGED = ['America/New_York', 'America/Mexico_City', 'Europe/Berlin', 'Europe/Moscow', 'Asia/Tehran'];
const OTHERS = ['America/Sao_Paulo', 'Australia/Sydney', 'Pacific/Apia', 'Africa/Cairo', 'Asia/Kolkata'];

it.each([...CHANGED, ...OTHERS])(
  'say what clocks of %s did when an item took place, however old it is',
  (zone) => {
    for (let year = 1971; year <= 2030; year += 1)
      for (const month of [0, 3, 6, 9]) {
        const at = Date.UTC(year, month, 6, 18);
        const local = localOf(at + offsetAt(zone, at) * 60_000);
        const text = writeObject(withZones(calendarIn(zone, local)), 'icalendar-2.0');
        const component = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vtimezone');
        const known =
          component && new ICAL.Timezone(component).utcOffset(ICAL.Time.fromDateTimeString(written(local)));
        expect((known ?? 0) / 60, local).toBe(offsetAt(zone, at));
      }
  },
);

/** `2006-04-06T14:00:00`. */
const written = (local: string): string => local.replace(/^(....)(..)(..T..)(..)(..)$/, '$1-$2-$3:$4:$5');

it('list single transitions only for items older than the rules', () => {
  const partsAt = (start: string) =>
    withZones(calendarIn('America/New_York', start)).components[0]?.components;
  expect(partsAt('20300101T000000')).toHaveLength(2);
  expect(partsAt('20080101T000000')).toHaveLength(2);
  expect(partsAt('20060406T140000')).toHaveLength(1 + 2 * 2 + 2);
});

function localTime(zone: string, at: number): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(at + offsetAt(zone, at) * 60_000), true);
}

it('are short where one pair of rules is enough', () => {
  const berlin = withZones(calendarIn('Europe/Berlin')).components[0];
  expect(berlin && writeObject(berlin, 'icalendar-2.0').split('\r\n')).toEqual([
    ...['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin'],
    ...['BEGIN:DAYLIGHT', 'DTSTART:19960331T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200'],
    ...['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT'],
    ...['BEGIN:STANDARD', 'DTSTART:19961027T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100'],
    ...['RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD', 'END:VTIMEZONE', ''],
  ]);
});
