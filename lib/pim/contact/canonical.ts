/** vCards as they are stored: vCard 3.0 with one spelling for each thing, so that equal means equal. */

import { kindOf, PARTS } from '../kinds.ts';
import {
  type Component,
  type Dialect,
  isEmpty,
  isOld,
  type Property,
  paramOf,
  paramValues,
  sorted,
  typesOf,
  withoutParams,
  withParam,
} from '../model.ts';
import {
  escapeText,
  joinList,
  joinParts,
  looseText,
  textList,
  textParts,
  unescapeText,
} from '../syntax/text.ts';

/** From the tree of a reader. */
export function toCanonical(card: Component, dialect: Dialect): Component {
  const properties = card.properties.flatMap((one) =>
    one.name === 'VERSION' ? [] : [sorted(canonicalProperty(one, dialect))].filter((p) => !isEmpty(p)),
  );
  return {
    name: 'VCARD',
    properties: [{ name: 'VERSION', params: [], value: '3.0' }, ...properties],
    components: card.components.map((inner) =>
      inner.name === 'VCARD' ? toCanonical(inner, dialect) : inner,
    ),
  };
}

function canonicalProperty(source: Property, dialect: Dialect): Property {
  const typed = withTypes(dialect === 'vcard-4.0' ? fromFour(source) : source);
  return { ...typed, value: canonicalValue(typed, isOld(dialect)) };
}

/** One TYPE, in upper case and in order; what is so anyway is not said. */
function withTypes(source: Property): Property {
  const format =
    paramOf(source, 'ENCODING') === 'b' && typesOf(source).length === 0 ? formatOf(source.value) : undefined;
  if (format !== undefined) return withParam(source, 'TYPE', format);
  const types = [...new Set(typesOf(source))]
    .filter((type) => !(source.name === 'EMAIL' && type === 'INTERNET'))
    .sort();
  const others = withoutParams(
    source,
    'TYPE',
    ...(paramOf(source, 'VALUE')?.toLowerCase() === 'text' ? ['VALUE'] : []),
  );
  return types.length === 0 ? others : withParam(others, 'TYPE', ...types);
}

/** Of a picture, by its first bytes. */
const formatOf = (base64: string): string | undefined =>
  Object.entries({ '/9j/': 'JPEG', iVBOR: 'PNG', R0lG: 'GIF' }).find(([start]) =>
    base64.startsWith(start),
  )?.[1];

function canonicalValue(source: Property, old: boolean): string {
  const { name, value } = source;
  if (paramOf(source, 'ENCODING') === 'b') return value;
  switch (kindOf(name)) {
    case 'text':
      return escapeText(unescapeText(value).trim());
    case 'parts':
      return joinParts(padded(textParts(value), PARTS[name] ?? 0));
    case 'list':
      return joinList(old ? unescapeText(value).split(/[,;]/).map(trimmed).filter(Boolean) : textList(value));
    case 'uri':
      return unescapeText(value).trim();
    case 'date':
      return name === 'REV' ? value.trim() : canonicalDate(value.trim());
    case 'other':
      return value.replace(/\\([\s\S])/g, (escaped, mark: string) => (/[,:]/.test(mark) ? mark : escaped));
  }
}

const trimmed = (text: string): string => text.trim();

function padded(parts: readonly string[], length: number): string[] {
  const texts = parts.map(trimmed);
  while (texts.length > length && texts.at(-1) === '') texts.pop();
  while (texts.length < length) texts.push('');
  return texts;
}

/** A birthday is a day: midnight of anywhere is no time. */
function canonicalDate(value: string): string {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)(?:T00:?00(?::?00(?:\.0+)?)?Z?)?$/.exec(value) ?? [];
  return year === undefined ? value : `${year}-${month}-${day}`;
}

/** Names of vCard 4.0, and what they are here. */
const FROM_FOUR: { readonly [name: string]: string } = { ANNIVERSARY: 'X-ANNIVERSARY' };

const renamed = (source: Property, names: { readonly [name: string]: string }): Property => ({
  ...source,
  name: names[source.name] ?? source.name,
});

const BINARY = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);

function fromFour(source: Property): Property {
  const { name, value } = renamed(source, FROM_FOUR);
  const preferred = paramOf(source, 'PREF') === '1';
  const typed = preferred
    ? withParam(withoutParams(source, 'PREF'), 'TYPE', ...paramValues(source, 'TYPE'), 'PREF')
    : source;
  const [, media = '', data] =
    /^data:(?:[a-z]+\/)?([^;,]*);base64,(.*)$/is.exec(value.replace(/\\([,;:])/g, '$1')) ?? [];
  if (BINARY.has(name) && data !== undefined) {
    const plain = withoutParams(typed, 'VALUE', 'MEDIATYPE');
    const encoded = withParam({ ...plain, name, value: data.replace(/\s/g, '') }, 'ENCODING', 'b');
    return media === '' || media === 'octet-stream'
      ? encoded
      : withParam(encoded, 'TYPE', media.toUpperCase());
  }
  if (name !== 'TEL' || !/^tel:/i.test(value)) return { ...typed, name };
  return { ...withoutParams(typed, 'VALUE'), name, value: unescapeText(value).slice(4) };
}

/** As a dialect has it, from the canonical form. */
export function fromCanonical(card: Component, dialect: Dialect): Component {
  const properties = card.properties.flatMap((one) => {
    if (one.name === 'VERSION') return [{ ...one, value: VERSIONS[dialect] ?? '3.0' }];
    return [dialectProperty(one, dialect)];
  });
  return { ...card, properties: [...properties, ...required(card, dialect)] };
}

const VERSIONS: { readonly [dialect in Dialect]?: string } = {
  'vcard-2.1': '2.1',
  'vcard-3.0': '3.0',
  'vcard-4.0': '4.0',
};

/** The form of one property; every dialect has one for each. */
function dialectProperty(source: Property, dialect: Dialect): Property {
  if (dialect === 'vcard-4.0') return toFour(source);
  if (dialect === 'vcard-3.0') return source;
  const internet =
    source.name === 'EMAIL' ? withParam(source, 'TYPE', 'INTERNET', ...typesOf(source)) : source;
  const plain = withoutParams(internet, 'PREF', 'ALTID', 'PID', 'SORT-AS', 'MEDIATYPE');
  // Old devices look for the encoding behind the kind.
  if (paramOf(plain, 'ENCODING') === 'b') return withParam(plain, 'ENCODING', 'b');
  switch (kindOf(source.name)) {
    case 'text':
      return { ...plain, value: looseText(escapeText(unescapeText(source.value))) };
    case 'uri':
      return { ...plain, value: looseText(escapeText(source.value)) };
    case 'date':
      return source.name === 'BDAY'
        ? { ...plain, value: source.value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$1$2$3') }
        : plain;
    case 'list':
      return {
        ...plain,
        value: textList(source.value)
          .map((text) => escapeText(text.replace(/[,;]/g, ' ')))
          .join(','),
      };
    default:
      return plain;
  }
}

const TO_FOUR: { readonly [name: string]: string } = { 'X-ANNIVERSARY': 'ANNIVERSARY' };

function toFour(source: Property): Property {
  const types = typesOf(source);
  const others = types.filter((type) => type !== 'PREF').map((type) => type.toLowerCase());
  const plain = withoutParams(renamed(source, TO_FOUR), 'TYPE', 'ENCODING');
  if (BINARY.has(source.name) && paramOf(source, 'ENCODING') === 'b') {
    const [format = 'octet-stream'] = others;
    const media = `${source.name === 'SOUND' ? 'audio' : source.name === 'KEY' ? 'application' : 'image'}/${format}`;
    return { ...plain, value: `data:${media};base64,${source.value}` };
  }
  const typed = others.length > 0 ? withParam(plain, 'TYPE', ...others) : plain;
  const value =
    kindOf(source.name) === 'date' ? source.value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$1$2$3') : source.value;
  return types.includes('PREF') ? withParam({ ...typed, value }, 'PREF', '1') : { ...typed, value };
}

/** FN and N must be there: from each other, or from what else names the contact. */
function required(card: Component, dialect: Dialect): Property[] {
  const values = (name: string) => card.properties.find((one) => one.name === name)?.value;
  const [n, fn] = [values('N'), values('FN')];
  const named = (name: string, text: string): Property[] => [{ name, params: [], value: text }];
  if (n === undefined) {
    const text =
      fn ??
      escapeText(
        textParts(values('ORG') ?? values('EMAIL') ?? '')
          .join(' ')
          .trim(),
      );
    return [
      ...named('N', `${text};;;;`),
      ...(fn === undefined && dialect !== 'vcard-2.1' ? named('FN', text) : []),
    ];
  }
  if (fn !== undefined || dialect === 'vcard-2.1') return [];
  return named('FN', formattedName(n));
}

/** The FN that follows from a N. */
export function formattedName(n: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = textParts(n);
  return escapeText([prefix, given, middle, family, suffix].filter(Boolean).join(' '));
}
