/** A contact as it is compared: names, addresses and numbers in one spelling, and the marks under which it is found. */
import { type Component, type Property, propertiesOf, typesOf, valueIn } from '../model.ts';
import { textParts, unescapeText } from '../syntax/text.ts';
import { isTelling, soundOf, wordsOf } from './fold.ts';
import { FIRM_WORDS, type Name, nameOf } from './names.ts';
import { type Phone, phoneOf, tailOf } from './phones.ts';

export interface PreparedContact {
  readonly kind: 'contact';
  readonly name?: Name;
  /** What FN says, where N says a name too. */
  readonly formatted?: Name;
  readonly uid?: string;
  /** `yyyy-mm-dd`. */
  readonly birthday?: string;
  readonly emails: readonly string[];
  readonly phones: readonly ContactPhone[];
  /** Words of the firm's name. */
  readonly organisation: readonly string[];
  /** Street and place, folded. */
  readonly addresses: readonly string[];
}

export interface ContactPhone extends Phone {
  /** Whose it is: one person's, a household's, a firm's; unknown when the number does not say. */
  readonly use: 'mobile' | 'home' | 'work' | 'fax' | 'unknown';
}

/** Mailboxes that nobody has for himself. */
const ROLES = new Set(
  'info office kontakt contact mail post team sales vertrieb buero buro support service hello hallo admin webmaster zentrale empfang family familie'.split(
    ' ',
  ),
);
export const isRole = (email: string): boolean => ROLES.has(email.split('@')[0] ?? '');

export function prepareContact(card: Component): PreparedContact {
  const text = (name: string) => unescapeText(valueIn(card, name) ?? '').trim();
  const organisation = firmOf(textParts(valueIn(card, 'ORG') ?? '')[0] ?? '');
  const formatted = text('FN');
  const name = nameOf(textParts(valueIn(card, 'N') ?? ''), formatted);
  const isFirm = name !== undefined && organisation.length > 0 && isNamed(name, organisation);
  const inFull = nameOf([], formatted);
  const [uid, birthday] = [text('UID'), dayOf(valueIn(card, 'BDAY') ?? '')];
  return {
    kind: 'contact',
    ...(name !== undefined && !isFirm && { name }),
    ...(inFull !== undefined && { formatted: inFull }),
    ...(isTelling(uid) && { uid }),
    ...(birthday !== undefined && { birthday }),
    emails: [...new Set(propertiesOf(card, 'EMAIL').map(emailOf).filter(Boolean))],
    phones: propertiesOf(card, 'TEL').flatMap(phoneIn),
    organisation: organisation.length > 0 || name !== undefined ? organisation : firmOf(formatted),
    addresses: propertiesOf(card, 'ADR').flatMap(addressOf),
  };
}

/** A firm's name, with its legal form only where nothing else is left. */
function firmOf(text: string): string[] {
  const words = wordsOf(text);
  const own = words.filter((word) => !FIRM_WORDS.has(word));
  return own.length > 0 ? own : words;
}

/** The name is the firm's. */
export const isNamed = ({ given, family }: Name, organisation: readonly string[]): boolean =>
  [...new Set([...given, ...family])].sort().join() === [...organisation].sort().join();

const emailOf = (of: Property): string =>
  unescapeText(of.value)
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase();

function phoneIn(of: Property): ContactPhone[] {
  const phone = phoneOf(unescapeText(of.value));
  if (phone === undefined) return [];
  const types = typesOf(of);
  const has = (...names: string[]) => names.some((name) => types.includes(name));
  const use = has('FAX')
    ? 'fax'
    : has('CELL', 'X-MOBILE', 'CAR', 'PAGER')
      ? 'mobile'
      : has('WORK')
        ? 'work'
        : has('HOME')
          ? 'home'
          : 'unknown';
  return [{ ...phone, use }];
}

const dayOf = (value: string): string | undefined => {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)/.exec(value) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
};

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
  marks.push(...phones.slice(0, 4).map((one) => `p ${tailOf(one)}`));
  if (first !== '' && birthday !== undefined) marks.push(`b ${first} ${birthday}`);
  // An initial, a familiar form.
  if (first !== '' && last !== '') marks.push(`i ${last} ${first.charAt(0)}`);
  if (name === undefined && organisation.length > 0) marks.push(`o ${organisation.join(' ')}`);
  return marks;
}
