/** Definitions of time zones: for every zone of the runtime, the runtime's own offsets, past and to come. */
import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { withZones } from '../../../../lib/pim/time/zones/definition.ts';
import { offsetAt } from '../../../../lib/pim/time/zones/zones.ts';
import { type Component, property } from '../../../../lib/pim/vobject/model.ts';
import { writeObject } from '../../../../lib/pim/vobject/write.ts';

const calendarIn = (zone: string): Component => ({
  name: 'VCALENDAR',
  properties: [property('VERSION', '2.0')],
  components: [
    { name: 'VEVENT', properties: [property('DTSTART', '20300101T000000', { TZID: zone })], components: [] },
  ],
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
