/** Invented items to synchronize. All are reproducible: what looks random comes from a seeded generator. */

const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n`;

export interface ContactFields {
  readonly phone?: string;
  readonly email?: string;
  readonly note?: string;
  /** Base64 of a picture. */
  readonly photo?: string;
}

export function contact(first: string, last: string, fields: ContactFields = {}): string {
  const { phone, email, note, photo } = fields;
  return lines(
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${last};${first};;;`,
    `FN:${first} ${last}`,
    'ORG:Example Widgets AG;Assembly',
    `TEL;TYPE=CELL:${phone ?? '+49 151 5550100'}`,
    `EMAIL;TYPE=WORK:${email ?? `${first.toLowerCase()}@example.com`}`,
    'ADR;TYPE=WORK:;;Mühlenweg 12;Lübeck;;23552;Germany',
    ...(note === undefined ? [] : [`NOTE:${note}`]),
    ...(photo === undefined ? [] : [`PHOTO;ENCODING=B;TYPE=JPEG:${photo}`]),
    'END:VCARD',
  );
}

/** One hour on the given day of May 2027. */
export function event(summary: string, day: number, note = 'Bring the samples.'): string {
  const date = `202705${String(day).padStart(2, '0')}`;
  return lines(
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//Client suite//EN',
    'BEGIN:VEVENT',
    `UID:event-${summary.toLowerCase().replace(/[^a-z0-9]+/g, '-')}@example.com`,
    `DTSTAMP:${date}T060000Z`,
    `DTSTART:${date}T090000Z`,
    `DTEND:${date}T100000Z`,
    `SUMMARY:${summary}`,
    `DESCRIPTION:${note}`,
    'LOCATION:Room 3',
    'END:VEVENT',
    'END:VCALENDAR',
  );
}

export function task(summary: string, note = 'Ask for the price list.'): string {
  return lines(
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//Client suite//EN',
    'BEGIN:VTODO',
    `UID:task-${summary.toLowerCase().replace(/[^a-z0-9]+/g, '-')}@example.com`,
    'DTSTAMP:20270501T060000Z',
    'DUE:20270520T150000Z',
    `SUMMARY:${summary}`,
    `DESCRIPTION:${note}`,
    'STATUS:NEEDS-ACTION',
    'PRIORITY:5',
    'END:VTODO',
    'END:VCALENDAR',
  );
}

export const note = (title: string, body = 'second line\nthird line'): string => `${title}\n${body}\n`;

/** Bytes that no compression makes smaller, from a 32-bit xorshift generator. */
export function noise(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed | 1;
  for (let at = 0; at < length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 0xff;
  }
  return bytes;
}

/** Base64 of `length` incompressible bytes that begin like a JPEG file. */
export function photo(seed: number, length: number): string {
  const bytes = noise(seed, length);
  bytes.set([0xff, 0xd8, 0xff, 0xe0], 0);
  return Buffer.from(bytes).toString('base64');
}

const WORDS = [
  'amber',
  'bridge',
  'copper',
  'delta',
  'ember',
  'fjord',
  'granite',
  'harbour',
  'inlet',
  'juniper',
];

/** `length` characters of words on one line. */
export function prose(seed: number, length: number): string {
  const picks = noise(seed, Math.ceil(length / 4));
  let text = '';
  for (const pick of picks) {
    if (text.length >= length) break;
    text += `${WORDS[pick % WORDS.length]} `;
  }
  return text.slice(0, length - 1).padEnd(length, '.');
}
