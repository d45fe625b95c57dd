/** The programs for contacts, as they are found on phones and computers. */
import { cardPhone } from './contacts.ts';
import { LITTLE, MOTOROLA, NOKIA, NOKIA_WITH_CAMERA, SIEMENS, SONY_ERICSSON } from './old-contact-phones.ts';
import type { Phone } from './phone.ts';
import { OUTLOOK_CONTACTS } from './sif-contacts.ts';

const typed = (name: string, kind: string): string =>
  kind === 'yes' || kind === 'other' ? name : `${name};TYPE=${kind.toUpperCase()}`;

/** Holds all; a program of a computer. */
const EVOLUTION = cardPhone(
  'Evolution',
  { version: '3.0', telephone: (kind) => typed('TEL', kind), email: (kind) => typed('EMAIL', kind) },
  { type: 'text/vcard' },
);

/** Groups, TYPE=INTERNET and VOICE, lower case. */
const APPLE = cardPhone(
  'Apple',
  {
    version: '3.0',
    telephone: (kind) =>
      kind === 'fax' ? 'TEL;type=FAX' : kind === 'other' ? 'TEL;type=VOICE' : `TEL;type=${kind};type=VOICE`,
    email: (kind) => `EMAIL;type=INTERNET${kind === 'yes' ? '' : `;type=${kind.toUpperCase()}`}`,
    own: ['PRODID:-//Apple Inc.//iOS 5.0//EN'],
  },
  { type: 'text/vcard' },
);

const MODERN = cardPhone(
  'vCard 4.0',
  {
    version: '4.0',
    ownLists: true,
    telephone: (kind) => (kind === 'other' ? 'TEL;VALUE=uri' : `TEL;VALUE=uri;TYPE=${kind}`),
    email: (kind) => (kind === 'yes' ? 'EMAIL' : `EMAIL;TYPE=${kind}`),
    number: (one) => `tel:${one}`,
  },
  { type: 'text/vcard' },
);

/** The first one holds all. */
export const CONTACT_PHONES: readonly [Phone, ...Phone[]] = [
  EVOLUTION,
  ...[APPLE, MODERN, NOKIA, NOKIA_WITH_CAMERA, SIEMENS, MOTOROLA, SONY_ERICSSON, LITTLE, OUTLOOK_CONTACTS],
];
