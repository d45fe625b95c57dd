/** Texts of items as programs write them, line by line. All are invented. */

const text = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;

/** A vCard 3.0; the lines come after the name. */
export const card = (first: string, last: string, ...lines: readonly string[]): string =>
  text([
    ...['BEGIN:VCARD', 'VERSION:3.0', `N:${last};${first};;;`, `FN:${first} ${last}`],
    ...lines,
    'END:VCARD',
  ]);

const calendar = (...lines: readonly string[]): string =>
  text(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', ...lines, 'END:VCALENDAR']);

const STAMP = 'DTSTAMP:20270101T000000Z';
const named = (summary: string): string => summary.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** An appointment of iCalendar. Its UID follows from the summary. Zones that its lines name are defined. */
export function appointment(summary: string, ...lines: readonly string[]): string {
  return withZones(...component('VEVENT', summary, lines));
}

/** A series and one meeting of it at another time, in one text. */
export function seriesWithChange(
  summary: string,
  series: readonly string[],
  change: readonly string[],
): string {
  return withZones(...component('VEVENT', summary, series), ...component('VEVENT', summary, change));
}

export const todo = (summary: string, ...lines: readonly string[]): string =>
  withZones(...component('VTODO', summary, lines));

const component = (kind: string, summary: string, lines: readonly string[]): string[] => [
  ...[`BEGIN:${kind}`, `UID:${named(summary)}@example.com`, STAMP, `SUMMARY:${summary}`],
  ...lines,
  `END:${kind}`,
];

function withZones(...lines: readonly string[]): string {
  const used = Object.entries(ZONES).filter(([name]) => lines.some((line) => line.includes(`TZID=${name}`)));
  return calendar(...used.flatMap(([, definition]) => definition), ...lines);
}

export const alarm = (trigger: string, summary = 'Reminder'): string[] => [
  ...['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${summary}`, `TRIGGER${trigger}`, 'END:VALARM'],
];

const NEW_YORK = [
  ...['BEGIN:VTIMEZONE', 'TZID:America/New_York'],
  ...['BEGIN:STANDARD', 'DTSTART:20071104T020000', 'RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11'],
  ...['TZOFFSETFROM:-0400', 'TZOFFSETTO:-0500', 'TZNAME:EST', 'END:STANDARD'],
  ...['BEGIN:DAYLIGHT', 'DTSTART:20070311T020000', 'RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3'],
  ...['TZOFFSETFROM:-0500', 'TZOFFSETTO:-0400', 'TZNAME:EDT', 'END:DAYLIGHT', 'END:VTIMEZONE'],
];
const BERLIN = [
  ...['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin'],
  ...['BEGIN:STANDARD', 'DTSTART:19961027T030000', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10'],
  ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'TZNAME:CET', 'END:STANDARD'],
  ...['BEGIN:DAYLIGHT', 'DTSTART:19960331T020000', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3'],
  ...['TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'TZNAME:CEST', 'END:DAYLIGHT', 'END:VTIMEZONE'],
];
const ZONES: { readonly [name: string]: readonly string[] } = {
  'America/New_York': NEW_YORK,
  'Europe/Berlin': BERLIN,
};
