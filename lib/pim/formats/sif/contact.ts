/** Converts Outlook's contacts (SIF-C) to vCard 3.0 and back. The same tables serve both directions. */
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
  valueIn,
  withParam,
} from '../../vobject/model.ts';
import { escapeText, joinParts, textParts, unescapeText } from '../../vobject/text.ts';
import { namedIn } from '../vcard/aliases.ts';
import { dayToSif } from '../vcard/days.ts';
import { SHARED_FIELDS, sharedFromSif, sharedToSif } from './shared.ts';
import { ADDRESS_SLOTS, inSlots, SLOTS } from './slots.ts';
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
const PARTS: readonly (readonly [property: string, ...fields: string[]])[] = [
  ['N', 'LastName', 'FirstName', 'MiddleName', 'Title', 'Suffix'],
  ['ORG', 'CompanyName', 'Department'],
];
/** The fields of an address, behind its kind (`HomeAddressStreet`). There is none for the second line of the street. */
const ADDRESS_PARTS = ['PostOfficeBox', '', 'Street', 'City', 'State', 'PostalCode', 'Country'];
const addressFields = (kind: string): string[] =>
  ADDRESS_PARTS.map((part) => (part === '' ? '' : `${kind}${part}`));

/** The fields that are converted, by their names. All others are kept. */
const CONVERTED: readonly string[] = [
  ...PARTS.flatMap(([, ...names]) => names),
  ...ADDRESS_SLOTS.flatMap(({ field: kind }) => addressFields(kind)).filter((name) => name !== ''),
  ...TEXTS.map(([name]) => name),
  ...SLOTS.map(({ field: name }) => name),
  ...['Categories', 'Photo'],
];
const KNOWN = new Set([
  ...CONVERTED,
  ...['Email1AddressType', 'Email2AddressType', 'Email3AddressType', 'SIFVersion'],
  ...SHARED_FIELDS,
]);

export function contactFromSif(fields: readonly SifField[]): Component {
  const text = (name: string) => wholeText(fields, name) ?? '';
  const properties: Property[] = [property('VERSION', '3.0')];
  const addParts = (name: string, names: readonly string[], types: readonly string[] = []) => {
    const parts = names.map(text);
    if (parts.some((part) => part !== '')) properties.push(typed(property(name, joinParts(parts)), ...types));
  };
  for (const [name, ...names] of PARTS) addParts(name, names);
  for (const { property: name, field: kind, types } of ADDRESS_SLOTS)
    addParts(name, addressFields(kind), types);
  for (const [from, to] of TEXTS) if (text(from) !== '') properties.push(textFromSif(to, text(from)));
  for (const { property: name, field: from, types } of SLOTS)
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
  for (const [name, ...names] of PARTS) fields.push(...partFields(valueIn(card, name) ?? '', names));
  for (const [{ field: kind }, address] of inSlots(ADDRESS_SLOTS, propertiesOf(card, 'ADR')))
    fields.push(...partFields(address.value, addressFields(kind)));
  for (const [to, from] of TEXTS) {
    const one = firstNamed(card, from);
    const text = one && (isDay(from) ? dayToSif(one) : textOf(one));
    if (text !== undefined && text !== '') fields.push(field(to, text));
  }
  fields.push(...slotsOf(card));
  fields.push(...sharedToSif(card), ...photoToSif(card));
  return [...fields, ...emptyFields(card, fields), ...givenBack(card, fields)];
}

/** The property under this name, or under another one that programs have for it. */
const firstNamed = (card: Component, name: string): Property | undefined =>
  firstOf(card, name) ?? namedIn(card.properties, name)[0]?.usual;

/** The plain text of a property. Links have no escapes. */
const textOf = (of: Property): string => {
  const isText = paramOf(of, 'VALUE')?.toLowerCase() === 'text';
  return !isText && valueTypeOf(of.name) === 'uri' ? of.value : unescapeText(of.value);
};

/**
 * The fields that the card has no values for. They are written empty, because Outlook's clients change only the fields that
 * they find in a document (`WinContactSIF::parse` of Funambol's): a deleted value would stay in Outlook, and come back. A
 * value that Outlook cannot show says nothing of its field: then the field is not written.
 */
function emptyFields(card: Component, written: readonly SifField[]): SifField[] {
  const names = new Set(written.map(({ name }) => name));
  for (const [name, from] of TEXTS) if (firstNamed(card, from) !== undefined) names.add(name);
  if (firstOf(card, 'PHOTO') !== undefined) names.add('Photo');
  return CONVERTED.filter((name) => !names.has(name)).map((name) => field(name, ''));
}

function partFields(value: string, names: readonly string[]): SifField[] {
  const parts = textParts(value);
  return names.flatMap((name, n) => (name === '' || !parts[n] ? [] : [field(name, parts[n])]));
}

function slotsOf(card: Component): SifField[] {
  return [...inSlots(SLOTS, card.properties)].flatMap(([{ property: name, field: to }, value]) => {
    const text = textOf(value);
    const filled = field(to, name === 'IMPP' ? text.replace(/^im:/, '') : text);
    return name === 'EMAIL' ? [filled, field(`${to}Type`, paramOf(value, MAILBOX) ?? 'SMTP')] : [filled];
  });
}

function photoToSif(card: Component): SifField[] {
  const photo = propertiesOf(card, 'PHOTO').find(isEmbedded);
  if (photo === undefined) return [];
  const type = typesOf(photo)[0];
  return [{ ...field('Photo', photo.value), attributes: type === undefined ? {} : { type } }];
}
