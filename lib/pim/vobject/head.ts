/** Reads and writes the head of a line, which is the part before the value: group, name, parameters. */
import { type Dialect, isFirstGeneration, type Param } from './model.ts';

export interface LineHead {
  readonly group?: string;
  readonly name: string;
  readonly params: readonly Param[];
  /** The index at which the value begins. */
  readonly valueAt: number;
}

/** Undefined for a line that is not a property. A group may have several parts. */
export function readHead(line: string, dialect: Dialect): LineHead | undefined {
  const colon = endOfHead(line);
  if (colon === undefined) return undefined;
  const [full = '', ...params] = cut(line.slice(0, colon), ';');
  const match = /^(?:(\S+)\.)?([A-Za-z0-9_\-/ ]+)$/.exec(full.trim());
  if (match === null) return undefined;
  const [, group, name = ''] = match;
  return {
    ...(group !== undefined && { group }),
    name: name.trim().toUpperCase(),
    params: merged(params.map((param) => readParam(param, dialect))),
    valueAt: colon + 1,
  };
}

/** The index of the first colon outside quotes. A quote that never ends is ignored. */
function endOfHead(line: string): number | undefined {
  const first = line.indexOf(':');
  const quote = line.indexOf('"');
  if (quote < 0 || quote > first) return first < 0 ? undefined : first;
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') quoted = !quoted;
    else if (line[at] === ':' && !quoted) return at;
  }
  return first < 0 ? undefined : first;
}

/** Splits a text at separators outside quotes. */
function cut(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);
  const parts = [''];
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

const ENCODINGS = new Set(['QUOTED-PRINTABLE', 'BASE64', 'B', '7BIT', '8BIT']);
/** Bare words that tell where the value is [vCard 2.1]. They belong to the parameter VALUE. */
const PLACES = new Set(['URL', 'CONTENT-ID', 'CID', 'INLINE']);

/** Reads one parameter. In vCard 2.1 it may be a bare word: an encoding, a place or a type. */
function readParam(text: string, dialect: Dialect): Param {
  const equals = text.indexOf('=');
  const bare = text.trim();
  if (equals < 0) return { name: nameOfBare(bare), values: bare.replace(/"/g, '').split(',') };
  const name = text.slice(0, equals).trim().toUpperCase();
  const words = cut(text.slice(equals + 1), ',').map((value) => value.trim());
  const plain = text.includes('"') ? words.map((value) => value.replace(/^"([\s\S]*)"$/, '$1')) : words;
  const values = plain.map((value) => withoutEscapes(value, dialect));
  // vCard 4.0 quotes the whole list.
  return { name, values: name === 'TYPE' ? values.flatMap((value) => value.split(',')) : values };
}

/** The name of the parameter to which a bare word belongs. */
export function nameOfBare(word: string): string {
  const upper = word.toUpperCase();
  if (ENCODINGS.has(upper)) return 'ENCODING';
  return PLACES.has(upper) ? 'VALUE' : 'TYPE';
}

/** The escapes of parameter values [RFC 6868]. The stored form has them, so vCard 3.0 is written with them, too. */
const CARETS: { readonly [mark: string]: string } = { n: '\n', "'": '"', '^': '^' };

/**
 * The first generation has neither quotes nor escapes in parameters. There a separator would end the parameter or the
 * head of the line, and a device would take the rest for the value of the property. So separators, quotes and line ends
 * are written in the form of quoted-printable. No parameter of a device has it: the words of vCard 2.1 have no `=`.
 */
const HEXADECIMAL = /=(0A|22|2C|3A|3B|3D)/g;

function withoutEscapes(value: string, dialect: Dialect): string {
  if (!isFirstGeneration(dialect))
    return value.replace(/\^([n'^])/g, (_, mark: string) => CARETS[mark] ?? '');
  return value.replace(HEXADECIMAL, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function withEscapes(value: string, dialect: Dialect): string {
  const text = value.replace(/\r\n?/g, '\n');
  if (isFirstGeneration(dialect)) return text.replace(/=(?=[0-9A-F]{2})|[:;,"\n]/g, inHexadecimal);
  const escaped = text.replace(/[\n"^]/g, (one) => (one === '"' ? "^'" : one === '^' ? '^^' : '^n'));
  return /[:;,]/.test(escaped) ? `"${escaped}"` : escaped;
}

const inHexadecimal = (character: string): string =>
  `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** The parameters that a reader would find if these were written. If nothing changes, the same list is returned. */
export function paramsAsRead(params: readonly Param[], dialect: Dialect): readonly Param[] {
  return params.every(isReadAsWritten) && params.filter(({ name }) => name === 'TYPE').length < 2
    ? params
    : merged(params.map((param) => readParam(paramText(param, dialect), dialect)));
}

/** Would a reader find the parameter unchanged? It must have no outer blanks, and no repeated types. */
function isReadAsWritten({ name, values }: Param): boolean {
  if (values.length === 0 || values.some((value) => /\r|^\s|\s$/.test(value))) return false;
  if (name !== 'TYPE') return name !== '';
  return (
    !values.some((value) => value === '' || value.includes(',')) && new Set(values).size === values.length
  );
}

/** The text of a parameter. In the second generation values with separators are quoted. */
export const paramText = ({ name, values }: Param, dialect: Dialect): string =>
  `${name}=${values.map((value) => withEscapes(value, dialect)).join(',')}`;

/** Is there one TYPE parameter at most, and nothing in it twice or empty? */
const hasOneTypeAtMost = (params: readonly Param[]): boolean => {
  const [first, ...others] = params.filter(({ name }) => name === 'TYPE');
  const { values = [] } = first ?? {};
  return others.length === 0 && !values.includes('') && new Set(values).size === values.length;
};

/** Merges all TYPE parameters into one with all values in their order. */
function merged(params: readonly Param[]): readonly Param[] {
  if (params.every((param) => param.name !== '') && hasOneTypeAtMost(params)) return params;
  const types = params.flatMap(({ name, values }) => (name === 'TYPE' ? values : []));
  const values = [...new Set(types.filter((type) => type !== ''))];
  const first = params.findIndex(({ name }) => name === 'TYPE');
  return params.flatMap((param, at) => {
    if (param.name !== 'TYPE') return param.values.join('') === '' && param.name === '' ? [] : [param];
    return at === first && values.length > 0 ? [{ name: 'TYPE', values }] : [];
  });
}
