/** Converts properties between vCard 4.0 and the stored form, vCard 3.0. */
import { isTelUri, withoutTel } from '../../properties/phone.ts';
import { STORED_CONTACT_NAMES, valueTypeOf } from '../../properties/table.ts';
import {
  type Property,
  paramOf,
  paramValues,
  typesOf,
  withoutParams,
  withParam,
} from '../../vobject/model.ts';
import { unescapeText } from '../../vobject/text.ts';
import { mediaToV40 } from './media.ts';
import { withTypes } from './types.ts';

/** Names of vCard 4.0 with the stored names. vCard 4.0 has no name for an agent. */
const FROM_V40 = STORED_CONTACT_NAMES;
const TO_V40: { readonly [name: string]: string } = Object.fromEntries(
  Object.entries(FROM_V40).map(([there, here]) => [here, there]),
);

const renamed = (source: Property, names: { readonly [name: string]: string }): Property => ({
  ...source,
  name: names[source.name] ?? source.name,
});

export function fromV40(source: Property): Property {
  const named = renamed(source, FROM_V40);
  const typed =
    paramOf(named, 'PREF') === '1'
      ? withTypes(withoutParams(named, 'PREF'), [...paramValues(named, 'TYPE'), 'PREF'])
      : named;
  if (named.name !== 'TEL' || !isTelUri(named.value)) return typed;
  return { ...withoutParams(typed, 'VALUE'), value: withoutTel(unescapeText(named.value)) };
}

export function toV40(source: Property): Property {
  const named = renamed(source, TO_V40);
  const isPreferred = typesOf(source).includes('PREF');
  const plain = mediaToV40(named) ?? withValue(withLowerTypes(named), source);
  return isPreferred ? withParam(plain, 'PREF', '1') : plain;
}

const withLowerTypes = (source: Property): Property =>
  withTypes(
    withoutParams(source, 'ENCODING'),
    typesOf(source)
      .filter((type) => type !== 'PREF')
      .map((type) => type.toLowerCase()),
  );

function withValue(plain: Property, { name, value }: Property): Property {
  if (valueTypeOf(name) === 'time' && paramOf(plain, 'VALUE') !== 'text')
    return { ...plain, value: value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$1$2$3') };
  if (name !== 'GEO') return plain;
  const place = /^([-+\d.]+);([-+\d.]+)$/.exec(value);
  return { ...plain, value: place === null ? unescapeText(value) : `geo:${place[1]},${place[2]}` };
}
