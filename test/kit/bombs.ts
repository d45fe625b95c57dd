/** Items that take much work in relation to their size, each of about the size that a message or an object may have. */
import type { TextItem } from './items.ts';
import { png } from './photos.ts';

const CRLF = '\r\n';
/** The n-th of `size` lines, or groups of lines. */
const many = (size: number, line: (n: number) => string): string[] =>
  Array.from({ length: Math.ceil(size) }, (_, n) => line(n));
const text = (...lines: readonly (string | readonly string[])[]): string => [...lines.flat(), ''].join(CRLF);

const card = (name: string, lines: readonly string[], own = `N:Doe;${name};;;`): TextItem => ({
  type: 'text/vcard',
  body: text('BEGIN:VCARD', 'VERSION:3.0', own, `FN:${name}`, lines, 'END:VCARD'),
});
const inEvent = (uid: string, lines: readonly string[]): string =>
  ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT'].join(CRLF);
const calendar = (...parts: readonly (string | readonly string[])[]): TextItem => ({
  type: 'text/calendar',
  body: text('BEGIN:VCALENDAR', 'VERSION:2.0', ...parts, 'END:VCALENDAR'),
});
const day = (n: number): string =>
  new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10).replaceAll('-', '');
const START = 'DTSTART:20260101T090000Z';

const zone = (n: number): string =>
  [
    ...['BEGIN:VTIMEZONE', `TZID:Zone ${n}`, 'BEGIN:STANDARD', 'DTSTART:19700101T000000'],
    ...[`TZOFFSETFROM:+0${n % 10}${10 + (n % 50)}`, 'TZOFFSETTO:+0100'],
    ...['RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD', 'END:VTIMEZONE'],
  ].join(CRLF);

/** A picture of a few kilobytes that has very many pixels. `shade` makes it another one. */
const pngOf = (side: number, shade: number): string => png(side, { shade, comment: shade });

/** An item of a kind. Its `version`, a word, makes it another one; `share` of its parts make it smaller. */
export type Bomb = (version: string, share?: number) => TextItem;

/** Hard to read, and small. Of 6,000 lines it is nearly too much. */
export const daylights = (version: string, lines: number): TextItem => ({
  type: 'text/x-vcalendar',
  body: text(
    ...['BEGIN:VCALENDAR', 'VERSION:1.0', 'TZ:+01'],
    many(lines, (n) => `DAYLIGHT:TRUE;+02;${2000 + (n % 30)}0329T020000;20261025T030000;A${n};B`),
    ...['BEGIN:VEVENT', START, `SUMMARY:${version}`, 'END:VEVENT', 'END:VCALENDAR'],
  ),
});

/** Already reading them is too much, and they are small. */
export const SMALL_READING: { readonly [kind: string]: Bomb } = {
  'definitions of zones that times name': (version, share = 1) =>
    calendar(
      many(800 * share, zone),
      inEvent('1', [
        START,
        `SUMMARY:${version}`,
        ...many(800 * share, (n) => `EXDATE;TZID="Zone ${n}":${day(n)}T090000`),
      ]),
    ),
  'DAYLIGHT, again and again': (version, share = 1) => daylights(version, 8_000 * share),
};

/** Already reading them is too much. */
export const READING: { readonly [kind: string]: Bomb } = {
  ...SMALL_READING,
  'fields that SIF does not know': (version, share = 1) => ({
    type: 'text/x-s4j-sifc',
    body: `<contact><LastName>${version}</LastName>${many(70_000 * share, (n) => `<Z${n}>${version}</Z${n}>`).join('')}</contact>`,
  }),
  'lines of one sign': (version, share = 1) =>
    card(
      version,
      many(200_000 * share, (n) => `X-${n % 10}:${n}`),
    ),
};

/** They can be read, but not merged. */
export const MERGING: { readonly [kind: string]: Bomb } = {
  'properties of all names': (version, share = 1) =>
    card(
      version,
      many(75_000 * share, (n) => `X-${n}:${version}`),
    ),
  'values of a parameter': (version, share = 1) =>
    card(version, [`TEL;TYPE=${many(350_000 * share, (n) => `x${n}`).join()}:1`, `TITLE:${version}`]),
  'two hundred values of many names': (version, share = 1) =>
    card(
      version,
      many(20_000 * share, (n) => `X-${n % 100}:${version}${n}`),
    ),
  'exceptions of a series': (version, share = 1) =>
    calendar(
      inEvent('1', [START, 'RRULE:FREQ=DAILY', `SUMMARY:${version}`]),
      many(16_000 * share, (n) =>
        inEvent('1', [START, `RECURRENCE-ID:${day(n)}T090000Z`, `SUMMARY:${version}${n}`]),
      ),
    ),
  alarms: (version, share = 1) =>
    calendar(
      inEvent('1', [
        START,
        `SUMMARY:${version}`,
        ...many(25_000 * share, (n) =>
          ['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:-PT${n}M`, `DESCRIPTION:${version}`, 'END:VALARM'].join(
            CRLF,
          ),
        ),
      ]),
    ),
  'pictures of many pixels': (version, share = 1) =>
    card(
      version,
      many(20 * share, (n) => `PHOTO;ENCODING=b;TYPE=PNG:${pngOf(1_500, 200 - 40 * version.length + n)}`),
    ),
};

/** They cannot be merged where both sides changed them. */
export const CONTESTED: { readonly [kind: string]: Bomb } = {
  'texts of equal lines': (version, share = 1) =>
    calendar(
      many(4 * share, (n) =>
        inEvent(String(n), [
          START,
          `SUMMARY:${n}`,
          `DESCRIPTION:${many(990 * share, (line) => (line === 500 ? version : 'ab'.charAt(line % 2))).join('\\n')}`,
        ]),
      ),
    ),
};
