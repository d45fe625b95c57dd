/**
 * Tells which tree a reader would get if an object were written in a dialect and read again. No text is made and
 * parsed: only the values are brought to the spelling and charset of the dialect, and the parameters to their syntax.
 */
import { paramsAsRead } from './head.ts';
import {
  type Component,
  type Dialect,
  isEmbedded,
  isFirstGeneration,
  type Property,
  paramOf,
  withEach,
} from './model.ts';
import { fromFirstGeneration } from './text.ts';
import {
  bareId,
  keptParams,
  recoded,
  spelledValue,
  type TextCharset,
  textFromBase64,
  valueFrom,
} from './values.ts';

/**
 * The tree that a reader would get. Undefined where only the text can tell: invalid names, a card in a card, no
 * version.
 */
export function asRead(
  component: Component,
  dialect: Dialect,
  charset: TextCharset = 'utf-8',
): Component | undefined {
  if (!tellsDialect(component, dialect) || !isPlain(component, 0, isFirstGeneration(dialect)))
    return undefined;
  return partAsRead(component, dialect, charset);
}

const VERSIONS: { readonly [root: string]: { readonly [dialect in Dialect]?: string } } = {
  VCARD: { 'vcard-2.1': '2.1', 'vcard-3.0': '3.0', 'vcard-4.0': '4.0' },
  VCALENDAR: { 'vcalendar-1.0': '1.0', 'icalendar-2.0': '2.0' },
};

/** Would a reader recognise the dialect? The first property has to be the version. */
function tellsDialect({ name, properties: [first] }: Component, dialect: Dialect): boolean {
  if (name === 'VNOTE') return dialect === 'vnote-1.1';
  const version = VERSIONS[name]?.[dialect];
  return (
    first?.name === 'VERSION' && first.group === undefined && first.value === version && version !== undefined
  );
}

/** Components may be nested as deep as in a reader. */
const MOST_DEPTH = 18;
const NAME = /^[A-Z0-9-]+$/;
const GROUP = /^[\w-]+(?:\.[\w-]+)*$/;
const BASE64 = /^[A-Za-z0-9+/=]*$/;

function isPlain(
  { name, properties, components }: Component,
  depth: number,
  firstGeneration: boolean,
): boolean {
  return (
    depth <= MOST_DEPTH &&
    NAME.test(name) &&
    properties.every((one) => isPlainProperty(one, firstGeneration)) &&
    components.every((inner) => !isCard(inner, name) && isPlain(inner, depth + 1, firstGeneration))
  );
}

/**
 * Is `inner` an object of its own? A reader takes a card in a card for an agent, and finds the wrong version in a
 * calendar that contains another one.
 */
const isCard = (inner: Component, outer: string): boolean =>
  inner.name === 'VCARD' || inner.name === 'VCALENDAR' || inner.name === 'VNOTE' || outer === 'VNOTE';

function isPlainProperty(one: Property, firstGeneration: boolean): boolean {
  const { group, name, params, value } = one;
  if (!NAME.test(name) || name === 'BEGIN' || name === 'END') return false;
  if (group !== undefined && !GROUP.test(group)) return false;
  if (name === 'AGENT' && /^\s*BEGIN:VCARD\s*$/i.test(value)) return false;
  // A reader takes a soft line break before such a word for the end of the object.
  if (firstGeneration && /(?:BEGIN|END):/i.test(value)) return false;
  if (params.length === 0) return true;
  const coding = paramOf(one, 'ENCODING');
  if (coding !== undefined && (coding !== 'b' || !BASE64.test(value))) return false;
  return params.every(
    ({ name: param, values }) =>
      NAME.test(param) &&
      param !== 'CHARSET' &&
      values.length > 0 &&
      !values.some((text) => /QUOTED-PRINTABLE/i.test(text)),
  );
}

/** The component as a reader finds it. If nothing changes, the same component is returned. */
function partAsRead(part: Component, dialect: Dialect, charset: TextCharset): Component {
  const properties = withEach(part.properties, (one) => propertyAsRead(one, dialect, charset));
  const components = withEach(part.components, (inner) => partAsRead(inner, dialect, charset));
  const isSame = properties === part.properties && components === part.components;
  return isSame ? part : { name: part.name, properties, components };
}

function propertyAsRead(source: Property, dialect: Dialect, charset: TextCharset): Property {
  const params = paramsAsRead(source.params, dialect);
  if (isEmbedded(source)) {
    const text = textFromBase64(source.name, source.value, dialect);
    if (text !== undefined) return { ...source, params: keptParams(params, false), value: text };
    return params === source.params ? source : { ...source, params };
  }
  const value = isFirstGeneration(dialect)
    ? firstGenerationAsRead(source, dialect, charset)
    : spelledValue(source.value, dialect);
  return params === source.params && value === source.value ? source : { ...source, params, value };
}

function firstGenerationAsRead(source: Property, dialect: Dialect, charset: TextCharset): string {
  const id = bareId(source, dialect);
  const spelled = { name: source.name, isEncoded: false, form: paramOf(source, 'VALUE') };
  if (id !== undefined) return valueFrom({ ...spelled, text: id }, dialect);
  // The writer encodes a text with a backslash as quoted-printable.
  return fromFirstGeneration(recoded(spelledValue(source.value, dialect), charset), true);
}
