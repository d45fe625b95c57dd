/** Converts Outlook's contacts (SIF-C) to vCard 3.0 and back. The same tables serve both directions. */
import { isHabitType, isPreference } from '../../properties/parameters.ts';
import { isDay, valueTypeOf } from '../../properties/table.ts';
import {
  type Component,
  firstOf,
  isEmbedded,
  type Property,
  paramOf,
  propertiesOf,
  property,
  typesOf,
  withParam,
} from '../../vobject/model.ts';
import { escapeText, joinParts, textParts, unescapeText } from '../../vobject/text.ts';
import { dayToSif } from '../vcard/days.ts';
import { SHARED_FIELDS, sharedFromSif, sharedToSif } from './shared.ts';
import { givenBack, keptField } from './unknown.ts';
import { field, type SifField, wholeText } from './xml.ts';

/** Fields that are one text each. */
const TEXTS: readonly (readonly [field: string, property: string])[] = [
  ...([
    ['FileAs', 'FN'],
    ['NickName', 'NICKNAME'],
    ['JobTitle', 'TITLE'],
    ['Profession', 'ROLE'],
    ['Body', 'NOTE'],
    ['Spouse', 'X-SPOUSE'],
    ['ManagerName', 'X-MANAGER'],
    ['AssistantName', 'X-ASSISTANT'],
    ['Birthday', 'BDAY'],
    ['Anniversary', 'X-ANNIVERSARY'],
  ] as const),
];

/** Fields that are parts of structured values, in the order of the parts. */
const PARTS: readonly (readonly [property: string, type: string, ...fields: string[]])[] = [
  ['N', '', 'LastName', 'FirstName', 'MiddleName', 'Title', 'Suffix'],
  ['ORG', '', 'CompanyName', 'Department'],
  ...['Home', 'Business', 'Other'].map((kind): readonly [string, string, ...string[]] => {
    const of = (part: string) => `${kind}Address${part}`;
    const parts = [
      of('PostOfficeBox'),
      '',
      of('Street'),
      of('City'),
      of('State'),
      of('PostalCode'),
      of('Country'),
    ];
    return ['ADR', { Home: 'HOME', Business: 'WORK' }[kind] ?? '', ...parts];
  }),
];

/**
 * Fields for numbers and addresses, with their types. A field takes the first value that fits and is not in another
 * field.
 */
const SLOTS: readonly (readonly [property: string, field: string, ...types: string[]])[] = [
  ['TEL', 'MobileTelephoneNumber', 'CELL'],
  ['TEL', 'HomeFaxNumber', 'FAX', 'HOME'],
  ['TEL', 'BusinessFaxNumber', 'FAX', 'WORK'],
  ['TEL', 'OtherFaxNumber', 'FAX'],
  ['TEL', 'PagerNumber', 'PAGER'],
  ['TEL', 'CarTelephoneNumber', 'CAR'],
  ['TEL', 'CompanyMainTelephoneNumber', 'X-COMPANY'],
  ['TEL', 'AssistantTelephoneNumber', 'X-ASSISTANT'],
  ['TEL', 'CallbackTelephoneNumber', 'X-CALLBACK'],
  ['TEL', 'RadioTelephoneNumber', 'X-RADIO'],
  ['TEL', 'TelexNumber', 'X-TELEX'],
  ['TEL', 'HomeTelephoneNumber', 'HOME'],
  ['TEL', 'Home2TelephoneNumber', 'HOME'],
  ['TEL', 'BusinessTelephoneNumber', 'WORK'],
  ['TEL', 'Business2TelephoneNumber', 'WORK'],
  ['TEL', 'PrimaryTelephoneNumber', 'PREF'],
  ['TEL', 'OtherTelephoneNumber'],
  ['EMAIL', 'Email1Address'],
  ['EMAIL', 'Email2Address'],
  ['EMAIL', 'Email3Address'],
  ['URL', 'HomeWebPage', 'HOME'],
  ['URL', 'BusinessWebPage', 'WORK'],
  ['URL', 'WebPage'],
  ['IMPP', 'IMAddress'],
];
/** Types that do not matter for the choice of a field. */
const isQuiet = (type: string): boolean => isHabitType(type) || isPreference(type);

/** The fields that are converted. All others are kept. */
const KNOWN = new Set([
  ...TEXTS.map(([name]) => name),
  ...PARTS.flatMap(([, , ...names]) => names),
  ...SLOTS.map(([, name]) => name),
  ...['Email1AddressType', 'Email2AddressType', 'Email3AddressType', 'Photo', 'SIFVersion'],
  ...SHARED_FIELDS,
]);

export function contactFromSif(fields: readonly SifField[]): Component {
  const text = (name: string) => wholeText(fields, name) ?? '';
  const properties: Property[] = [property('VERSION', '3.0')];
  for (const [name, type, ...names] of PARTS) {
    const parts = names.map(text);
    if (parts.some((part) => part !== '')) properties.push(typed(property(name, joinParts(parts)), type));
  }
  for (const [from, to] of TEXTS) if (text(from) !== '') properties.push(textFromSif(to, text(from)));
  for (const [name, from, ...types] of SLOTS)
    if (text(from) !== '') {
      const slot = typed(property(name, slotValue(name, text(from))), ...types);
      properties.push(name === 'EMAIL' ? withKind(slot, text(`${from}Type`).trim()) : slot);
    }
  properties.push(...sharedFromSif(fields), ...photoFromSif(fields));
  properties.push(...fields.filter(({ name }) => !KNOWN.has(name)).flatMap(keptField));
  return { name: 'VCARD', properties, components: [] };
}

/** Converts a text. A birthday that is not a date gets VALUE=text. */
function textFromSif(name: string, text: string): Property {
  if (isDay(name) && /^\s*[-\d:.TZ+]+\s*$/.test(text)) return property(name, text);
  const plain = property(name, escapeText(text));
  return valueTypeOf(name) === 'time' ? withParam(plain, 'VALUE', 'text') : plain;
}

/** The parameter for the type of a mailbox that is not an internet address (`EX`). It is stored with the address. */
const MAILBOX = 'X-ADDRESSTYPE';
const withKind = (mailbox: Property, kind: string): Property =>
  kind === '' || kind.toUpperCase() === 'SMTP' ? mailbox : withParam(mailbox, MAILBOX, kind);

const typed = (of: Property, ...types: readonly string[]): Property =>
  types.some(Boolean) ? withParam(of, 'TYPE', ...types) : of;

const slotValue = (name: string, text: string): string =>
  name === 'IMPP' && !/^\s*[a-z][a-z+.-]*:/i.test(text)
    ? `im:${text}`
    : valueTypeOf(name) === 'text'
      ? escapeText(text)
      : text;

function photoFromSif(fields: readonly SifField[]): Property[] {
  const photo = fields.find(({ name }) => name === 'Photo');
  const data = photo?.value.replace(/\s/g, '') ?? '';
  if (data === '') return [];
  const type = photo?.attributes.type?.toUpperCase().replace('JPG', 'JPEG') ?? '';
  return [typed(withParam(property('PHOTO', data), 'ENCODING', 'b'), type)];
}

export function contactToSif(card: Component): SifField[] {
  const fields: SifField[] = [];
  for (const [name, type, ...names] of PARTS) {
    const of = propertiesOf(card, name).find((one) => name !== 'ADR' || placeOf(one) === type);
    const parts = of === undefined ? [] : textParts(of.value);
    names.forEach((to, n) => {
      if (to !== '' && (parts[n] ?? '') !== '') fields.push(field(to, parts[n] ?? ''));
    });
  }
  for (const [to, from] of TEXTS) {
    const one = firstOf(card, from);
    const text = one && (isDay(from) ? dayToSif(one) : textOf(one));
    if (text !== undefined && text !== '') fields.push(field(to, text));
  }
  fields.push(...slotsOf(card));
  fields.push(...sharedToSif(card), ...photoToSif(card));
  return [...fields, ...givenBack(card, fields)];
}

/** The plain text of a property. Links have no escapes. */
const textOf = (of: Property): string => {
  const isText = paramOf(of, 'VALUE')?.toLowerCase() === 'text';
  return !isText && valueTypeOf(of.name) === 'uri' ? of.value : unescapeText(of.value);
};

/** The type HOME or WORK of a property, or empty. */
const placeOf = (of: Property): string =>
  typesOf(of).find((type) => type === 'HOME' || type === 'WORK') ?? '';

function slotsOf(card: Component): SifField[] {
  const left = new Map(['TEL', 'EMAIL', 'URL', 'IMPP'].map((name) => [name, propertiesOf(card, name)]));
  return SLOTS.flatMap(([name, to, ...types]) => {
    const list = left.get(name) ?? [];
    const at = list.findIndex((one) => fits(one, types));
    const [taken] = at < 0 ? [] : list.splice(at, 1);
    if (taken === undefined) return [];
    const text = textOf(taken);
    const slot = field(to, name === 'IMPP' ? text.replace(/^im:/, '') : text);
    return name === 'EMAIL' ? [slot, field(`${to}Type`, paramOf(taken, MAILBOX) ?? 'SMTP')] : [slot];
  });
}

/** Does the property have just these types? Types that do not matter are ignored. For mailboxes no type matters. */
function fits(one: Property, types: readonly string[]): boolean {
  if (one.name === 'EMAIL' || one.name === 'IMPP') return true;
  const own = typesOf(one);
  if (types.join() === 'PREF') return own.includes('PREF') && own.every(isQuiet);
  const telling = own.filter((type) => !isQuiet(type));
  return telling.length === types.length
    ? types.every((type) => telling.includes(type))
    : types.length === 1 && (types[0] === 'CELL' || types[0] === 'PAGER') && telling.includes(types[0]);
}

function photoToSif(card: Component): SifField[] {
  const photo = propertiesOf(card, 'PHOTO').find(isEmbedded);
  if (photo === undefined) return [];
  const type = typesOf(photo)[0];
  return [{ ...field('Photo', photo.value), attributes: type === undefined ? {} : { type } }];
}
