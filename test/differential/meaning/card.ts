/** The meaning of a vCard 3.0 or 4.0. */
import ICAL from 'ical.js';
import { Fields, type Meaning, pictureText } from './fields.ts';

/** A property in jCard: name, parameters, type, values. */
type CardProperty = readonly [
  name: string,
  parameters: { readonly [name: string]: string | readonly string[] },
  type: string,
  ...values: (string | readonly (string | readonly string[])[])[],
];

/** Written by whichever program stored the item last; nothing that a user entered. */
const OF_THE_WRITER = new Set(['version', 'prodid', 'rev', 'uid', 'x-abuid']);
/** Types that every value of the property has, said or not. */
const TAKEN_FOR_GRANTED = new Set(['tel voice', 'email internet', 'adr postal', 'adr parcel', 'adr intl']);
const PICTURES = new Set(['photo', 'logo', 'sound', 'key']);
const DATES = new Set(['bday', 'anniversary', 'x-anniversary', 'x-evolution-anniversary']);

export function cardMeaning(text: string): Meaning {
  const [, properties] = ICAL.parse(unblanked(text)) as unknown as [string, CardProperty[]];
  const fields = new Fields();
  for (const property of properties) {
    const [name] = property;
    if (OF_THE_WRITER.has(name)) continue;
    for (const value of valuesOf(property)) fields.add(labelOf(property), value);
  }
  const title = properties.find(([name]) => name === 'fn');
  return fields.meaning((title && valuesOf(title)[0]) ?? '(no name)');
}

/** ical.js takes an empty line in an item for a broken property. */
const unblanked = (text: string): string => text.replace(/(\r?\n)(\r?\n)+/g, '$1').trim();

/** The property with its types, such as "TEL home work". */
function labelOf([name, parameters]: CardProperty): string {
  const given = parameters.type ?? [];
  const types = (typeof given === 'string' ? given.split(',') : given).map((type) => type.toLowerCase());
  if (parameters.pref !== undefined) types.push('pref');
  // The type of a picture shows in its bytes.
  const shown = PICTURES.has(name) ? [] : types.filter((type) => !TAKEN_FOR_GRANTED.has(`${name} ${type}`));
  return [name.toUpperCase(), ...new Set(shown.toSorted())].join(' ');
}

function valuesOf([name, , type, ...values]: CardProperty): string[] {
  if (PICTURES.has(name))
    return values.map((value) => (type === 'uri' ? pictureAt(String(value)) : pictureText(String(value))));
  if (DATES.has(name)) return values.map((value) => dayOf(String(value)));
  // The order of categories and nicknames says nothing.
  return values.map((value) => (typeof value === 'string' ? value : structured(value)));
}

const pictureAt = (uri: string): string => {
  const data = /^data:[^,]*;base64,(.*)$/s.exec(uri)?.[1];
  return data === undefined ? uri : pictureText(data);
};

/** Empty parts at the end are the writer's choice: ORG:Example and ORG:Example;; are one. */
const structured = (parts: readonly (string | readonly string[])[]): string =>
  parts
    .map((part) => (typeof part === 'string' ? part : part.join(',')))
    .join(';')
    .replace(/;+$/, '');

/** 19700305 and 1970-03-05T00:00:00Z are the day 1970-03-05. */
const dayOf = (value: string): string =>
  value.replace(/^(\d{4})-?(\d\d)-?(\d\d)(?:T00:?00:?00Z?)?$/, '$1-$2-$3');
