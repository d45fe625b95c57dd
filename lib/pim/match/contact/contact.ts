/** Prepares contacts for comparison: names, addresses and numbers in one spelling, and the blocking keys of a contact. */

import { mailboxOf } from '../../properties/email.ts';
import { type Phone, phoneOf, planOf, tailOf } from '../../properties/phone.ts';
import {
  type Component,
  firstOf,
  type Property,
  propertiesOf,
  typesOf,
  valueIn,
} from '../../vobject/model.ts';
import { textParts, unescapeText } from '../../vobject/text.ts';
import { isTelling, soundOf, wordsIn, wordsOf } from '../names/fold.ts';
import { FIRM_WORDS, isFirmWord } from '../names/name-words.ts';
import { type Name, nameIn, nameOf } from '../names/names.ts';
import { type Address, addressOf } from './address.ts';
import { type Birthday, birthdayOf } from './birthday.ts';

export interface PreparedContact {
  readonly kind: 'contact';
  readonly name?: Name;
  /** The name in FN. */
  readonly formatted?: Name;
  readonly uid?: string;
  readonly birthday?: Birthday;
  readonly emails: readonly string[];
  readonly phones: readonly ContactPhone[];
  /** The folded words of the firm's name. */
  readonly organisation: readonly string[];
  readonly department: string;
  /** Is it a firm and not a person? It has no name other than that of the firm. */
  readonly isFirm: boolean;
  readonly addresses: readonly Address[];
}

export interface ContactPhone extends Phone {
  /** Who uses the number: one person (`mobile`), a household, a firm. */
  readonly use: 'mobile' | 'home' | 'work' | 'fax' | 'unknown';
  /** Is it a mobile number by the numbering plan? */
  readonly isMobile: boolean;
}

/** The most values of one kind that are compared. */
const MOST = 50;

export function prepareContact(card: Component): PreparedContact {
  const text = (name: string) => unescapeText(valueIn(card, name) ?? '').trim();
  const [firm = '', department = ''] = textParts(valueIn(card, 'ORG') ?? '');
  const organisation = firmOf(firm);
  const emails = [...new Set(propertiesOf(card, 'EMAIL').map(emailOf).filter(Boolean))].slice(0, MOST);
  const formatted = isMailbox(text('FN'), emails) ? '' : nameIn(text('FN'));
  const parts = textParts(valueIn(card, 'N') ?? '').map((part) => (isMailbox(part, emails) ? '' : part));
  const name = nameOf(parts, formatted);
  const isFirms = name !== undefined && organisation.length > 0 && isNamed(name, organisation);
  const inFull = nameOf([], formatted);
  const [uid, birthday] = [text('UID'), birthdayOf(firstOf(card, 'BDAY'))];
  return {
    kind: 'contact',
    ...(name !== undefined && !isFirms && { name }),
    ...(inFull !== undefined && { formatted: inFull }),
    ...(isTelling(uid) && { uid }),
    ...(birthday !== undefined && { birthday }),
    emails,
    phones: propertiesOf(card, 'TEL').slice(0, MOST).flatMap(phoneIn),
    organisation: organisation.length > 0 || name !== undefined ? organisation : firmOf(formatted),
    department: wordsOf(department).join(' '),
    // A contact whose name cannot be parsed is not taken for a firm.
    isFirm: isFirms || (name === undefined && isNoPerson(parts.join(' '))),
    addresses: propertiesOf(card, 'ADR').slice(0, MOST).flatMap(addressOf),
  };
}

/** Has the text no word, or a word of a firm? */
function isNoPerson(text: string): boolean {
  const words = wordsIn(text);
  return words.length === 0 || words.some(({ written }) => isFirmWord(written));
}

/** Without a name some devices write the mailbox there, or its local part: `hm77` of `hm77@mail.example`. */
const isMailbox = (text: string, emails: readonly string[]): boolean =>
  /\d/.test(text) && emails.some((email) => email.split('@')[0] === text.trim().toLowerCase());

/** The words of a firm's name. The legal form is left out, unless there is nothing else. */
function firmOf(text: string): string[] {
  const words = [...new Set(wordsOf(text.slice(0, 300)))];
  const own = words.filter((word) => !FIRM_WORDS.has(word));
  return own.length > 0 ? own : words;
}

/** Is the name that of the firm? */
export const isNamed = ({ given, family }: Name, organisation: readonly string[]): boolean =>
  [...new Set([...given, ...family])].sort().join() === [...organisation].sort().join();

const emailOf = ({ value }: Property): string => mailboxOf(unescapeText(value));

function phoneIn(of: Property): ContactPhone[] {
  const phone = phoneOf(unescapeText(of.value));
  if (phone === undefined) return [];
  const types = typesOf(of);
  const has = (...names: string[]) => names.some((name) => types.includes(name));
  const plan = planOf(phone);
  if (has('FAX')) return [{ ...phone, use: 'fax', isMobile: false }];
  if (plan === 'mobile') return [{ ...phone, use: 'mobile', isMobile: true }];
  const use = has('WORK') ? 'work' : has('HOME') ? 'home' : 'unknown';
  // People often save a switchboard as a mobile number, so the numbering plan wins.
  const isCell = has('CELL', 'X-MOBILE', 'CAR', 'PAGER') && plan !== 'fixed';
  return [{ ...phone, use: isCell ? 'mobile' : use, isMobile: false }];
}

/** Blocking keys of a contact, the most telling first. */
export function contactBlockingKeys(contact: PreparedContact): string[] {
  const { name, uid, birthday, emails, phones } = contact;
  return [
    ...(uid === undefined ? [] : [`u ${uid}`]),
    ...emails.slice(0, 3).map((one) => `e ${one}`),
    ...wholeNameKeys(name),
    ...phones.slice(0, 4).map((one) => `p ${tailOf(one)}`),
    ...(birthday === undefined ? [] : dayKeys(birthday)),
    ...initialKeys(name),
    ...namedDayKeys(contact),
    ...houseKeys(contact),
    ...firmKeys(contact),
  ];
}

/** The whole birthday, the same where day and month are turned. */
const dayKeys = ({ year, day }: Birthday): string[] =>
  year === undefined || day === '01-01' ? [] : [`d ${year} ${day.split('-').sort().join('-')}`];

/** Given name and day: many devices store a birthday without its year, and some people have 1 January in their documents. */
function namedDayKeys({ name, birthday }: PreparedContact): string[] {
  const first = soundOf(name?.given[0] ?? '');
  return first === '' || birthday === undefined ? [] : [`b ${first} ${birthday.day}`];
}

/** The number of the house and the postcode, of a person without a mailbox: with one there are keys enough. */
const houseKeys = ({ isFirm, emails, addresses }: PreparedContact): string[] =>
  isFirm || emails.length > 0
    ? []
    : addresses
        .slice(0, 2)
        .flatMap(({ number, code }) => (number === '' || code === '' ? [] : [`a ${number} ${code}`]));

/** Those of the blocking keys that are made of the name, of a person or else of a firm. */
export const nameKeys = (contact: PreparedContact): string[] => [
  ...wholeNameKeys(contact.name),
  ...initialKeys(contact.name),
  ...firmKeys(contact),
];

function wholeNameKeys(name: Name | undefined): string[] {
  if (name === undefined) return [];
  const { given, family } = name;
  // The name may begin with the family name.
  const words = name.isOrdered ? [] : [...given, ...family];
  const pairs = [[given[0] ?? '', family.at(-1) ?? ''], ...(words.length > 2 ? [words.slice(0, 2)] : [])];
  return pairs.map((pair) => `n ${pair.map(soundOf).sort().join(' ')}`);
}

/** The family name and the initial of the given name. This key also finds a short form of the given name. */
function initialKeys(name: Name | undefined): string[] {
  const [first, last] = [soundOf(name?.given[0] ?? ''), soundOf(name?.family.at(-1) ?? '')];
  return first === '' || last === '' ? [] : [`i ${last} ${first.charAt(0)}`];
}

const firmKeys = ({ name, organisation }: PreparedContact): string[] =>
  name === undefined && organisation.length > 0 ? [`o ${organisation.join(' ')}`] : [];
