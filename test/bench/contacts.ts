/** Contacts to measure with: invented, of a given size, the same for the same seed. Must not know: SyncML. */
import { createHash } from 'node:crypto';

const GIVEN = [
  'Anna',
  'Jürgen',
  'Zoë',
  'Liam',
  'Søren',
  'Łucja',
  'Olivia',
  'Yuki',
  'Ahmed',
  'José',
  'Ingrid',
  'Noor',
];
const FAMILY = [
  'Lindqvist',
  'Okoro',
  'Brandt',
  'Tanner',
  'Novák',
  'Ferrari',
  'Öz',
  'Da Costa',
  'Petit',
  'Marsh',
];
const CITY = ['Brookfield', 'Altdorf', 'Porto Novo', 'Kingsbury', 'Malmby', 'Rivermouth', 'Nordhafen'];
const WORDS =
  'offer meeting autumn harbour quiet ledger ticket copper window garden answer seven market lantern paper bridge river visit orchard signal winter engine letter island'.split(
    ' ',
  );

/** Bytes of the usual contact, and of one that just fits "up to 1 KB". */
export const USUAL_BYTES = 530;
export const LARGE_BYTES = 1_024;

/** A vCard 3.0 of exactly `bytes` bytes of UTF-8, at least 450; `edition` changes the note alone. */
export function contact(seed: number, bytes = USUAL_BYTES, edition = 0): string {
  const pick = picker(`contact ${seed}`);
  const [given, family, city] = [pick.of(GIVEN), pick.of(FAMILY), pick.of(CITY)];
  const digits = (count: number): string => Array.from({ length: count }, () => pick.below(10)).join('');
  const head = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${family} ${seed};${given};;;`,
    `FN:${given} ${family} ${seed}`,
    `ORG:Example ${pick.of(WORDS)} ${pick.of(WORDS)};Unit ${pick.below(40)}`,
    `TITLE:${pick.of(WORDS)} keeper`,
    `TEL;TYPE=CELL:+99 170 ${digits(8)}`,
    `TEL;TYPE=WORK,VOICE:+99 30 ${digits(7)}`,
    `EMAIL;TYPE=WORK:${given
      .normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase()}.${seed}@example.com`,
    `ADR;TYPE=HOME:;;${1 + pick.below(250)} ${pick.of(WORDS)} street;${city};;${digits(5)};Nowhereland`,
    `BDAY:19${10 + pick.below(90)}-0${1 + pick.below(9)}-${10 + pick.below(18)}`,
    `URL:https://www.example.com/people/${digits(9)}`,
    `NOTE:${edition} `,
  ].join('\r\n');
  const tail = '\r\nEND:VCARD\r\n';
  const room = bytes - Buffer.byteLength(head) - Buffer.byteLength(tail);
  return head + prose(pick, room) + tail;
}

/** So many bytes of words. */
function prose(pick: Picker, bytes: number): string {
  let text = '';
  while (text.length < bytes) text += `${pick.of(WORDS)} `;
  return text.slice(0, Math.max(0, bytes)).replace(/ $/, '.');
}

interface Picker {
  below(limit: number): number;
  of<T>(list: readonly T[]): T;
}

function picker(seed: string): Picker {
  let bytes = createHash('sha512').update(seed).digest();
  let at = 0;
  const below = (limit: number): number => {
    if (at + 2 > bytes.length) {
      bytes = createHash('sha512').update(bytes).digest();
      at = 0;
    }
    at += 2;
    return bytes.readUInt16BE(at - 2) % limit;
  };
  return { below, of: (list) => list[below(list.length)] as (typeof list)[number] };
}
