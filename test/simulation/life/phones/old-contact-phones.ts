/** Programs for contacts on telephones of before, which speak vCard 2.1. Some say how much they hold, others cut and drop. */
import { onlyWords } from '../facts.ts';
import { cardPhone, cutTo } from './contacts.ts';
import { shrunk, withSmallPhoto } from './pictures.ts';
import { firstOfWord } from './texts.ts';

const upper = (kind: string): string => (kind === 'yes' || kind === 'other' ? '' : `;${kind.toUpperCase()}`);

const OLD = {
  version: '2.1',
  telephone: (kind: string) => `TEL${upper(kind)}`,
  email: (kind: string) => `EMAIL;INTERNET${upper(kind)}`,
} as const;
const OLD_WORDS = ['family', 'given', 'title', 'company', 'birthday', 'url', 'home', 'tel', 'email', 'note'];

const NOKIA_STYLE = {
  ...OLD,
  telephone: (kind: string) => `TEL${upper(kind)}${kind === 'fax' ? '' : ';VOICE'}`,
};
const NOKIA_LIST = [
  ...['BEGIN', 'END', 'VERSION', 'N', 'TITLE', 'ORG', 'BDAY', 'URL', 'ADR', 'TEL', 'EMAIL', 'NOTE'],
];

/** Says what it holds; has no categories and no pictures. */
export const NOKIA = cardPhone(
  'Nokia',
  NOKIA_STYLE,
  { type: 'text/x-vcard', properties: NOKIA_LIST },
  (facts) => onlyWords(facts, OLD_WORDS),
);

/** The longest picture, in characters of base64, that it holds. It says so. */
const NOKIA_PHOTO = 1_000;
export const NOKIA_WITH_CAMERA = cardPhone(
  'Nokia with a camera',
  NOKIA_STYLE,
  {
    type: 'text/x-vcard',
    properties: [...NOKIA_LIST, 'PHOTO'],
    sizes: { PHOTO: NOKIA_PHOTO },
  },
  (facts) => withSmallPhoto(onlyWords(facts, [...OLD_WORDS, 'photo']), NOKIA_PHOTO),
);

/** The most numbers and mailboxes, and the longest title, that it says it holds. */
const SIEMENS_MOST = { TEL: 2, EMAIL: 1 };
const SIEMENS_TITLE = 12;
export const SIEMENS = cardPhone(
  'Siemens',
  { ...OLD, roomy: ['tel', 'email'] },
  {
    type: 'text/x-vcard',
    properties: NOKIA_LIST,
    most: SIEMENS_MOST,
    sizes: { TITLE: SIEMENS_TITLE },
  },
  (facts) => {
    const few = firstOfWord(onlyWords(facts, OLD_WORDS), 'tel', SIEMENS_MOST.TEL);
    return cutTo(firstOfWord(few, 'email', SIEMENS_MOST.EMAIL), 'title', SIEMENS_TITLE);
  },
);

/** Drops larger pictures, and the end of a title, without a word. */
export const MOTOROLA = cardPhone('Motorola', OLD, { type: 'text/x-vcard' }, (facts) =>
  cutTo(withSmallPhoto(onlyWords(facts, [...OLD_WORDS, 'category', 'photo']), 3_000), 'title', 8),
);

/** Makes pictures small. One number of each kind, three addresses by mail, no list of properties: what has no room is dropped without a word. */
export const SONY_ERICSSON = cardPhone(
  'Sony Ericsson',
  { ...OLD, roomy: ['tel', 'email'] },
  { type: 'text/x-vcard' },
  (facts) => {
    const kinds = new Set<string>();
    const roomy = onlyWords(facts, ['family', 'given', 'title', 'company', 'tel', 'email', 'note', 'photo']);
    const telephones = [...roomy].filter(([fact, kind]) => {
      if (!fact.startsWith('tel ')) return true;
      const isFirst = !kinds.has(kind);
      kinds.add(kind);
      return isFirst;
    });
    return shrunk(firstOfWord(new Map(telephones), 'email', 3));
  },
);

/** A name and two numbers, which it writes with blanks. */
export const LITTLE = cardPhone(
  'little phone',
  {
    ...OLD,
    roomy: ['tel'],
    number: (one) => one.replace(/(\+49|0)(\d{3})(\d+)/, '$1 $2 $3'),
  },
  { type: 'text/x-vcard' },
  (facts) => firstOfWord(onlyWords(facts, ['family', 'given', 'tel']), 'tel', 2),
);
