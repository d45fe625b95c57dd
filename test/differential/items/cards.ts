/** Contacts of which each shows one thing that a vCard can say; vCard 3.0. */
import { photo } from '../../client/items.ts';
import { card } from '../scenes/texts.ts';
import { ODD_TEXTS, type SourceItem } from './source.ts';

const PLACES = ['', 'HOME', 'WORK'];
const NUMBER_KINDS = ['', 'CELL', 'FAX', 'PAGER', 'VOICE', 'VIDEO', 'CAR', 'MSG'];
const OTHERS: readonly string[] = [
  ...[
    'BDAY:1970-03-05',
    'URL:http://example.com/a?b=c&d=e',
    'URL;TYPE=WORK:http://work.example.com',
    'GEO:48.1;11.5',
  ],
  ...[
    'TITLE:Boss',
    'ROLE:Leader',
    'NICKNAME:Lu',
    'NICKNAME:Lu,Lulu',
    'CATEGORIES:Friends',
    'CATEGORIES:A,B,C',
  ],
  ...['ORG:Example', 'ORG:Example;Sales;North', 'CLASS:PRIVATE', 'TZ:+01:00', 'MAILER:Example 1.0'],
  ...[
    'X-ANNIVERSARY:2001-02-03',
    'X-SPOUSE:Bob',
    'X-MANAGER:Carl',
    'X-ASSISTANT:Dora',
    'X-SKYPE:ada',
    'X-JABBER:ada@example.com',
  ],
  ...['IMPP;TYPE=HOME:xmpp:ada@example.com', 'SORT-STRING:Lindqvist', 'X-OWN;X-MORE=1:value'],
  'LABEL;TYPE=HOME:1 Road\\nTown',
  'KEY;ENCODING=B:AQIDBAUGBwg=',
];

const number = (place: string, kind: string, isPreferred: boolean): SourceItem => {
  const types = [place, kind, isPreferred ? 'PREF' : ''].filter((type) => type !== '');
  const parameter = types.length === 0 ? '' : `;TYPE=${types.join(',')}`;
  return item(`number ${types.join(' ').toLowerCase()}`, `TEL${parameter}:+49 30 5550100`);
};

const item = (title: string, ...lines: readonly string[]): SourceItem => ({
  title,
  text: card(title, 'Case', ...lines),
});

export const CARDS: readonly SourceItem[] = [
  ...PLACES.flatMap((place) =>
    NUMBER_KINDS.flatMap((kind) => [number(place, kind, false), number(place, kind, true)]),
  ),
  ...PLACES.map((place) => item(`mail ${place}`, `EMAIL${place && `;TYPE=${place}`}:ada@example.com`)),
  item('two mails', 'EMAIL;TYPE=HOME,PREF:ada@example.com', 'EMAIL;TYPE=HOME:ada@example.org'),
  ...PLACES.map((place) =>
    item(`address ${place}`, `ADR${place && `;TYPE=${place}`}:1;2;Road 3;Town;Region;4;Country`),
  ),
  item('address of two parts', 'ADR;TYPE=HOME:;;Road 3;;;4;'),
  ...OTHERS.map((line, n) => item(`other ${n} ${line.split(/[:;]/)[0]}`, line)),
  item('photo', `PHOTO;ENCODING=B;TYPE=JPEG:${photo(3, 2_000)}`),
  item('photo elsewhere', 'PHOTO;VALUE=uri:http://example.com/ada.jpg'),
  ...ODD_TEXTS.map(([name, text]) => item(`note ${name}`, `NOTE:${text}`)),
  ...ODD_TEXTS.map(([name, text]) => item(`street ${name}`, `ADR;TYPE=HOME:;;${text};Town;;1;`)),
  ...ODD_TEXTS.map(([name, text]) => item(`firm ${name}`, `ORG:${text};Unit`)),
  ...ODD_TEXTS.map(([name, text]) => item(`category ${name}`, `CATEGORIES:${text},Second`)),
];
