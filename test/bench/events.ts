/** Events to measure with: invented, the same for the same seed. Must not know: SyncML. */
const TITLES = ['Review', 'Dentist', 'Choir', 'Standup', 'Delivery', 'Parents’ evening', 'Swimming', 'Call'];
const PLACES = ['Room 4', 'Harbour office', 'Café Öz', 'Online', 'Town hall', 'Library'];
const RULES = [
  'FREQ=WEEKLY;COUNT=20',
  'FREQ=DAILY;INTERVAL=2;COUNT=30',
  'FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12',
];

/** Clocks of Berlin, as clients write them before an event that names the zone. */
const ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Berlin',
  'BEGIN:DAYLIGHT',
  'DTSTART:19810329T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
];

const ALARM = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Soon', 'TRIGGER:-PT15M', 'END:VALARM'];

/**
 * An iCalendar event of about 500 bytes. Every third one recurs, in a zone that it brings along; every second one has
 * an alarm. `edition` changes the description alone.
 */
export function event(seed: number, edition = 0): string {
  const recurs = seed % 3 === 0;
  const of = (list: readonly string[]): string => list[seed % list.length] ?? '';
  const start = new Date(Date.UTC(2026, seed % 12, 1 + (seed % 28), 8 + (seed % 9), 15 * (seed % 4)));
  const time = (minutes: number): string => {
    const text = new Date(start.getTime() + minutes * 60_000).toISOString().replace(/[-:]|\.000Z/g, '');
    return recurs ? `;TZID=Europe/Berlin:${text}` : `:${text}Z`;
  };
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//Bench//EN',
    ...(recurs ? ZONE : []),
    'BEGIN:VEVENT',
    `UID:event-${seed}@example.com`,
    'DTSTAMP:20260101T080000Z',
    `SUMMARY:${of(TITLES)} ${seed}`,
    `LOCATION:${of(PLACES)}`,
    `DTSTART${time(0)}`,
    `DTEND${time(45)}`,
    ...(recurs ? [`RRULE:${of(RULES)}`] : []),
    `DESCRIPTION:${edition} what to bring along: papers\\, the copper key\\, a list of`,
    '  questions\\; and whoever has time for it',
    'CLASS:PUBLIC',
    'TRANSP:OPAQUE',
    `CATEGORIES:${seed % 5 === 0 ? 'WORK' : 'PRIVATE'}`,
    ...(seed % 2 === 0 ? ALARM : []),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
