/** The meaning of a contact. vCard 3.0 and 4.0 are read by ical.js; others bring properties that they have read. */
import ICAL from 'ical.js';
import { Fields, type Meaning, pictureText } from './fields.ts';

export interface CardProperty {
  /** Upper case. */
  readonly name: string;
  /** Such as HOME, in any case. */
  readonly types: readonly string[];
  /** Without escapes; of a name or an address, what `structured` makes of its parts. */
  readonly values: readonly string[];
}

/** Name, parameters, type, values. */
type JCardProperty = readonly [
  name: string,
  parameters: { readonly [name: string]: string | readonly string[] },
  type: string,
  ...values: (string | readonly Part[])[],
];
/** The part of a GEO is a number. */
type Part = string | number | readonly string[];

/** Written by whichever program stored the item last; nothing that a user entered. */
const OF_THE_WRITER = new Set(['VERSION', 'PRODID', 'REV', 'UID', 'X-ABUID']);
/** Types that every value of the property has, said or not. */
const TAKEN_FOR_GRANTED = new Set(['TEL VOICE', 'EMAIL INTERNET', 'ADR POSTAL', 'ADR PARCEL', 'ADR INTL']);
const PICTURES = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);
const DATES = new Set(['BDAY', 'ANNIVERSARY', 'X-ANNIVERSARY', 'X-EVOLUTION-ANNIVERSARY']);
/** Names of before the fourth generation. */
const OTHER_NAMES: { readonly [name: string]: string } = { 'X-ANNIVERSARY': 'ANNIVERSARY' };
const STRUCTURED = new Set(['N', 'ADR', 'ORG', 'GEO']);

/** Throws for a text that ical.js cannot read. */
export function cardMeaning(text: string): Meaning {
  const [, properties] = ICAL.parse(unblanked(text)) as unknown as [string, JCardProperty[]];
  return meaningOfCard(properties.map(fromJCard));
}

export function meaningOfCard(properties: readonly CardProperty[]): Meaning {
  const fields = new Fields();
  for (const property of properties.filter(({ name }) => !OF_THE_WRITER.has(name)))
    for (const value of property.values) fields.add(labelOf(property), valueText(property.name, value));
  return fields.meaning(properties.find(({ name }) => name === 'FN')?.values[0] ?? '(no name)');
}

/** ical.js takes an empty line in an item for a broken property, and a place that is empty for 0;0. */
const unblanked = (text: string): string =>
  text
    .replace(/^GEO:;?\r?\n/gim, '')
    .replace(/(\r?\n)(\r?\n)+/g, '$1')
    .trim();

function fromJCard([name, parameters, , ...values]: JCardProperty): CardProperty {
  const given = parameters.type ?? [];
  const types = typeof given === 'string' ? given.split(',') : [...given];
  return {
    name: name.toUpperCase(),
    types: parameters.pref === undefined ? types : [...types, 'pref'],
    // ical.js leaves the escape of a semicolon in texts.
    values: values.map((value) =>
      typeof value === 'string' ? value.replaceAll('\\;', ';') : structured(value),
    ),
  };
}

/** One text of the parts of a value. */
export const structured = (parts: readonly Part[]): string =>
  parts
    .map((part) => (typeof part === 'object' ? part.join(',') : String(part)).replaceAll(';', '\\;'))
    .join(';');

/** The property with its types, such as "TEL home work". */
function labelOf({ name, types }: CardProperty): string {
  // The type of a picture shows in its bytes.
  const shown = PICTURES.has(name)
    ? []
    : types.filter((type) => !TAKEN_FOR_GRANTED.has(`${name} ${type.toUpperCase()}`));
  const said = new Set(shown.map((type) => type.toLowerCase()).toSorted());
  return [OTHER_NAMES[name] ?? name, ...said].join(' ');
}

function valueText(name: string, value: string): string {
  if (PICTURES.has(name)) return pictureOf(value);
  if (DATES.has(name)) return dayOf(value);
  if (name === 'GEO') return value.replace(/^geo:/, '').replace(',', ';');
  // Empty parts at the end are the writer's choice: ORG:Example and ORG:Example;; are one.
  return STRUCTURED.has(name) ? value.replace(/;+$/, '') : value;
}

function pictureOf(value: string): string {
  const data = /^data:[^,]*;base64,(.*)$/s.exec(value)?.[1];
  const isElsewhere = data === undefined && /^\w+:/.test(value);
  return isElsewhere || value.trim() === '' ? value : pictureText(data ?? value);
}

/** 19700305 and 1970-03-05T00:00:00Z are the day 1970-03-05. */
const dayOf = (value: string): string =>
  value.replace(/^(\d{4})-?(\d\d)-?(\d\d)(?:T00:?00:?00Z?)?$/, '$1-$2-$3');
