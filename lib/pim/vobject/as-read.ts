/**
 * What a reader has of an object that was written in a dialect, told from the tree alone: the values go through the
 * dialect's spelling and charset, parameters through their syntax, and no text is made and parsed.
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
import { keptParams, recoded, spelledValue, type TextCharset, textFromBase64 } from './values.ts';

/** Undefined where lines decide what becomes of the tree: names that no line has, a card in a card, no version. */
export function asRead(
  component: Component,
  dialect: Dialect,
  charset: TextCharset = 'utf-8',
): Component | undefined {
  if (!saysDialect(component, dialect) || !isPlain(component, 0, isFirstGeneration(dialect)))
    return undefined;
  return partAsRead(component, dialect, charset);
}

const VERSIONS: { readonly [root: string]: { readonly [dialect in Dialect]?: string } } = {
  VCARD: { 'vcard-2.1': '2.1', 'vcard-3.0': '3.0', 'vcard-4.0': '4.0' },
  VCALENDAR: { 'vcalendar-1.0': '1.0', 'icalendar-2.0': '2.0' },
};

/** Its first line tells a reader the dialect. */
function saysDialect({ name, properties: [first] }: Component, dialect: Dialect): boolean {
  if (name === 'VNOTE') return dialect === 'vnote-1.1';
  const version = VERSIONS[name]?.[dialect];
  return (
    first?.name === 'VERSION' && first.group === undefined && first.value === version && version !== undefined
  );
}

/** As deep as a reader goes, and one for the root. */
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

/** A card in a card is that of an agent; a calendar in a calendar hides what version the outer one is. */
const isCard = (inner: Component, outer: string): boolean =>
  inner.name === 'VCARD' || inner.name === 'VCALENDAR' || inner.name === 'VNOTE' || outer === 'VNOTE';

function isPlainProperty(one: Property, firstGeneration: boolean): boolean {
  const { group, name, params, value } = one;
  if (!NAME.test(name) || name === 'BEGIN' || name === 'END') return false;
  if (group !== undefined && !GROUP.test(group)) return false;
  if (name === 'AGENT' && /^\s*BEGIN:VCARD\s*$/i.test(value)) return false;
  // A soft line break before such a word is taken for the end of the object.
  if (firstGeneration && /(?:BEGIN|END):/i.test(value)) return false;
  if (params.length === 0) return true;
  const coding = paramOf(one, 'ENCODING');
  if (coding !== undefined && (coding !== 'b' || !BASE64.test(value))) return false;
  return params.every(
    ({ name: word, values }) =>
      NAME.test(word) &&
      word !== 'CHARSET' &&
      values.length > 0 &&
      !values.some((text) => /QUOTED-PRINTABLE/i.test(text)),
  );
}

/** The part itself where a reader finds all of it as it was. */
function partAsRead(part: Component, dialect: Dialect, charset: TextCharset): Component {
  const properties = withEach(part.properties, (one) => propertyAsRead(one, dialect, charset));
  const components = withEach(part.components, (inner) => partAsRead(inner, dialect, charset));
  const isSame = properties === part.properties && components === part.components;
  return isSame ? part : { name: part.name, properties, components };
}

function propertyAsRead(source: Property, dialect: Dialect, charset: TextCharset): Property {
  const params = paramsAsRead(source.params);
  if (isEmbedded(source)) {
    const text = textFromBase64(source.name, source.value, dialect);
    if (text !== undefined) return { ...source, params: keptParams(params, false), value: text };
    return params === source.params ? source : { ...source, params };
  }
  const spelled = spelledValue(source.value, dialect);
  // A text with a backslash is quoted-printable.
  const value = isFirstGeneration(dialect) ? fromFirstGeneration(recoded(spelled, charset), true) : spelled;
  return params === source.params && value === source.value ? source : { ...source, params, value };
}
