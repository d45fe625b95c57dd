/** A contact as it is compared: names, addresses and numbers in one spelling, and the marks under which it is found. */

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
import { type Birthday, birthdayOf } from './birthday.ts';

export interface PreparedContact {
  readonly kind: 'contact';
  readonly name?: Name;
  /** What FN says, where N says a name too. */
  readonly formatted?: Name;
  readonly uid?: string;
  readonly birthday?: Birthday;
  readonly emails: readonly string[];
  readonly phones: readonly ContactPhone[];
  /** Words of the firm's name. */
  readonly organisation: readonly string[];
  readonly department: string;
  /** No person: it has no name but the firm's, if any. */
  readonly isFirm: boolean;
  /** Street and place, folded. */
  readonly addresses: readonly string[];
}

export interface ContactPhone extends Phone {
  /** Whose it is: one person's, a household's, a firm's; unknown when the number does not say. */
  readonly use: 'mobile' | 'home' | 'work' | 'fax' | 'unknown';
  /** The numbering plan says so. */
  readonly isMobile: boolean;
}

/** Values of one kind that are compared, at most. */
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
  const said = wordsIn(parts.join(' ')).map(({ written }) => written);
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
    // A name that cannot be read is no reason to take somebody for a firm.
    isFirm: isFirms || (name === undefined && (said.length === 0 || said.some(isFirmWord))),
    addresses: propertiesOf(card, 'ADR').slice(0, MOST).flatMap(addressOf),
  };
}

/** A device put the mailbox where it had no name: `hm77` of `hm77@mail.example` is none either. */
const isMailbox = (text: string, emails: readonly string[]): boolean =>
  /\d/.test(text) && emails.some((email) => email.split('@')[0] === text.trim().toLowerCase());

/** A firm's name, with its legal form only where nothing else is left. */
function firmOf(text: string): string[] {
  const words = [...new Set(wordsOf(text.slice(0, 300)))];
  const own = words.filter((word) => !FIRM_WORDS.has(word));
  return own.length > 0 ? own : words;
}

/** The name is the firm's. */
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
  // Many a switchboard is saved as a mobile number.
  const isCell = has('CELL', 'X-MOBILE', 'CAR', 'PAGER') && plan !== 'fixed';
  return [{ ...phone, use: isCell ? 'mobile' : use, isMobile: false }];
}

/** Nothing without a street: half a town has the rest. */
function addressOf(of: Property): string[] {
  const [box = '', , street = '', city = '', , code = ''] = textParts(of.value);
  // `Straße`, `Str.` and `Strasse` end many a street.
  const road = wordsOf(street || box)
    .join('')
    .replace(/str(?:asse)?(?=\d|$)/, 'str');
  const place = code.replace(/\W/g, '').toLowerCase() || wordsOf(city).join('');
  return road === '' ? [] : [`${road} ${place}`];
}

/** Marks of a contact, the strongest first. */
export function contactMarks({
  name,
  uid,
  birthday,
  emails,
  phones,
  organisation,
}: PreparedContact): string[] {
  const marks = [...(uid === undefined ? [] : [`u ${uid}`]), ...emails.slice(0, 3).map((one) => `e ${one}`)];
  const [first = '', last = ''] = [name?.given[0], name?.family.at(-1)].map((word) => soundOf(word ?? ''));
  if (name !== undefined) marks.push(`n ${[first, last].sort().join(' ')}`);
  // It may have the family name first.
  const words = name === undefined || name.isOrdered ? [] : [...name.given, ...name.family];
  if (words.length > 2) marks.push(`n ${words.slice(0, 2).map(soundOf).sort().join(' ')}`);
  marks.push(...phones.slice(0, 4).map((one) => `p ${tailOf(one)}`));
  if (first !== '' && birthday !== undefined) marks.push(`b ${first} ${birthday.day}`);
  // An initial, a familiar form.
  if (first !== '' && last !== '') marks.push(`i ${last} ${first.charAt(0)}`);
  if (name === undefined && organisation.length > 0) marks.push(`o ${organisation.join(' ')}`);
  return marks;
}
