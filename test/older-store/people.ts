/** The contacts of the story: names in several scripts, few and many fields, photos of several sizes. All invented. */
import { noise } from '../client/items.ts';

const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n`;

type Person = readonly [given: string, family: string, ...more: string[]];

export const card = ([given, family, ...more]: Person): string =>
  lines(
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${family};${given};;;`,
    `FN:${`${given} ${family}`.trim()}`,
    ...more,
    'END:VCARD',
  );

/** base64 of bytes that begin like a JPEG file; behind the first `distinct` ones they repeat, so that rows stay small. */
export function picture(seed: number, length: number, distinct = length): string {
  const bytes = Buffer.alloc(length, noise(seed, 48));
  bytes.set(noise(seed, distinct), 0);
  bytes.set([0xff, 0xd8, 0xff, 0xe0], 0);
  return bytes.toString('base64');
}

const photo = (...size: Parameters<typeof picture>): string =>
  `PHOTO;ENCODING=B;TYPE=JPEG:${picture(...size)}`;

/** The second part of a body in part rows begins behind 250,000 bytes; a message takes 150,000. */
export const LARGE_PHOTO = photo(11, 190_000, 12_000);
export const LARGER_THAN_A_MESSAGE = photo(12, 120_000, 8_000);

/** With a number and a mailbox of their own each, so that everybody is told from everybody else. */
const NAMES: readonly Person[] = [
  ['Ada', 'Lindqvist', 'ORG:Example Widgets AG;Assembly', 'TITLE:Engineer', 'BDAY:1981-12-10'],
  ['Bruno', 'Öztürk', 'NOTE:Kommt aus Köln\\, spricht Türkçe.\\nZweite Zeile\\; mit Strichpunkt.'],
  [
    'Chloé',
    'Lefèvre',
    'TEL;TYPE=HOME:+33 1 55501002',
    'TEL;TYPE=WORK:+33 1 55501003',
    'URL:http://example.com/c',
  ],
  ['Dmitrij', 'Иванов', 'NOTE:Привет из Москвы', 'ADR;TYPE=HOME:;;Тверская 1;Москва;;125009;Россия'],
  ['Ελένη', 'Παπαδοπούλου', 'ORG:Ναυτικά ΑΕ', 'TITLE:Διευθύντρια'],
  ['Łukasz', 'Żółkiewski', 'TEL;TYPE=FAX,WORK:+48 22 5550105', 'NICKNAME:Łukaszek'],
  ['小龍', '李', 'NOTE:電話は午後に', 'ORG:例株式会社;営業部'],
  ['Đặng', 'Nguyễn', 'CATEGORIES:Kunden,Hà Nội', 'TEL;TYPE=HOME:+84 24 5550107'],
  ['Ragnhild', 'Sørensen', 'ADR;TYPE=WORK:;;Æbleveje 3;Århus;;8000;Danmark', 'BDAY:1975-02-28'],
  ['İbrahim', 'Yıldız', 'NOTE:🎺 plays the trumpet 🎶'],
  ['Petra', 'Wagner', 'ORG:Wagner & Söhne', 'ADR;TYPE=HOME:;;Hauptstr. 4;Kiel;;24103;Germany'],
  ['Josef', 'Huber', 'ORG:Huber Bau', `NOTE:${'Ein langer Text, der sich wiederholt. '.repeat(60)}`],
  ['Siobhán', "O'Connor", photo(1, 600), 'TITLE:Photographer'],
  ['Tomás', 'García Lorca', photo(2, 5_000), 'ADR;TYPE=HOME:Piso 3;;Calle Mayor 7;Granada;;18001;España'],
  ['Ursula', 'von der Heide', photo(3, 16_000)],
  ['Viktor', 'Größmann', LARGE_PHOTO, 'NOTE:holds the large photo'],
];
const FAMILIES = [
  'Albers',
  'Brandt',
  'Cordes',
  'Dietz',
  'Ebert',
  'Falk',
  'Gruber',
  'Hansen',
  'Imhof',
  'Jansen',
];
const GIVEN = ['Xenia', 'Walter', 'Konrad', 'Mathilde'];

const everybody: readonly Person[] = [
  ...NAMES,
  ...FAMILIES.map((family, n): Person => [GIVEN[n % 4] ?? '', family]),
  ...FAMILIES.map((family, n): Person => [GIVEN[(n + 2) % 4] ?? '', `${family}-Meyer`, `ORG:${family} GmbH`]),
];

const reachable = ([given, family, ...more]: Person, n: number): Person => [
  given,
  family,
  `TEL;TYPE=CELL:+49 151 555${2000 + n}`,
  `EMAIL:person${n}@example.com`,
  ...more,
];

/** Those whom the phone knows first: `p0`, `p1`, ... The last two have next to nothing. */
export const PEOPLE: ReadonlyMap<string, string> = new Map([
  ...everybody.map((person, n) => [`p${n}`, card(reachable(person, n))] as const),
  ['p90', card(['Hausmeister', ''])],
  ['p91', card(['', 'Taxi', 'TEL:+49 451 19410'])],
]);

/** The same people as another device writes them: half as they are, half with a field less and one more. */
export const sameElsewhere = (from: number, to: number): ReadonlyMap<string, string> =>
  new Map(
    [...PEOPLE.values()].slice(from, to).map((text, n) => {
      const own = text.replace(/^ORG:.*\r\n/m, '').replace('END:VCARD', `ROLE:Role ${n}\r\nEND:VCARD`);
      return [`own-${from + n}`, n % 2 === 0 ? text : own];
    }),
  );

/** Whom only one device knows. The first one is a namesake of whom nobody can say who she is. */
export const OTHERS = {
  namesake: card([
    'Petra',
    'Wagner',
    'TEL;TYPE=CELL:+49 160 5559001',
    'EMAIL:pwagner@mail.example',
    'ORG:Stadt Ulm',
  ]),
  yusuf: card(['Yusuf', 'Demir', 'TEL;TYPE=CELL:+49 160 5559002', 'NOTE:only the laptop knew him']),
  zoe: card(['Zoë', 'Brontë', 'TEL;TYPE=CELL:+49 160 5559003', 'EMAIL:zoe@mail.example']),
  crm: card(['Clara', 'Nowak', 'TEL;TYPE=WORK:+49 30 5559004', 'ORG:Nowak KG', 'X-CUSTOMER:4711']),
  gone: card(['Gustav', 'Gone', 'TEL;TYPE=WORK:+49 30 5559005']),
  tablet: card(['Tilda', 'Tablet', 'TEL;TYPE=CELL:+49 160 5559006']),
  first: card(['Una', 'First', 'TEL;TYPE=CELL:+49 160 5559007']),
  second: card(['Vera', 'Second', 'TEL;TYPE=CELL:+49 160 5559008']),
  large: card(['Wim', 'Large', 'TEL;TYPE=CELL:+49 160 5559009', LARGER_THAN_A_MESSAGE]),
} as const;

/** People whom only the watch knows. */
export const ofTheWatch: ReadonlyMap<string, string> = new Map(
  ['Anke', 'Birte', 'Carla', 'Dörte', 'Elke', 'Frauke'].map((given, n) => [
    `w${n}`,
    card([
      given,
      'Watchmaker',
      `TEL;TYPE=CELL:+49 170 555${7000 + n}`,
      `NOTE:${'tick tock '.repeat(40)}${n}`,
    ]),
  ]),
);
