/** Reads and writes the head of a line, which is the part before the value: group, name, parameters. */
import type { Param } from './model.ts';

export interface LineHead {
  readonly group?: string;
  readonly name: string;
  readonly params: readonly Param[];
  /** The index at which the value begins. */
  readonly valueAt: number;
}

/** Undefined for a line that is not a property. A group may have several parts. */
export function readHead(line: string): LineHead | undefined {
  const colon = endOfHead(line);
  if (colon === undefined) return undefined;
  const [full = '', ...params] = cut(line.slice(0, colon), ';');
  const match = /^(?:(\S+)\.)?([A-Za-z0-9_\-/ ]+)$/.exec(full.trim());
  if (match === null) return undefined;
  const [, group, name = ''] = match;
  return {
    ...(group !== undefined && { group }),
    name: name.trim().toUpperCase(),
    params: merged(params.map((param) => readParam(param))),
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
function readParam(text: string): Param {
  const equals = text.indexOf('=');
  const bare = text.trim();
  if (equals < 0) return { name: nameOfBare(bare), values: bare.replace(/"/g, '').split(',') };
  const name = text.slice(0, equals).trim().toUpperCase();
  const words = cut(text.slice(equals + 1), ',').map((value) => value.trim());
  const values = text.includes('"') ? words.map((value) => value.replace(/^"([\s\S]*)"$/, '$1')) : words;
  // vCard 4.0 quotes the whole list.
  return { name, values: name === 'TYPE' ? values.flatMap((value) => value.split(',')) : values };
}

/** The name of the parameter to which a bare word belongs. */
export function nameOfBare(word: string): string {
  const upper = word.toUpperCase();
  if (ENCODINGS.has(upper)) return 'ENCODING';
  return PLACES.has(upper) ? 'VALUE' : 'TYPE';
}

/** The parameters that a reader would find if these were written. If nothing changes, the same list is returned. */
export function paramsAsRead(params: readonly Param[]): readonly Param[] {
  return params.every(isReadAsWritten) && params.filter(({ name }) => name === 'TYPE').length < 2
    ? params
    : merged(params.map(({ name, values }) => readParam(`${name}=${values.map(paramText).join(',')}`)));
}

/**
 * Would a reader find the parameter unchanged? It must have no quotes, line ends or outer blanks, and no repeated
 * types.
 */
function isReadAsWritten({ name, values }: Param): boolean {
  if (values.length === 0 || values.some((value) => /["\r\n]|^\s|\s$/.test(value))) return false;
  if (name !== 'TYPE') return name !== '';
  return (
    !values.some((value) => value === '' || value.includes(',')) && new Set(values).size === values.length
  );
}

/**
 * The text of a parameter value. It is quoted if it contains a separator, also in dialects without quotes: programs
 * then read at least as much as without them.
 */
export function paramText(value: string): string {
  // A quote cannot be written, because everything after it would be quoted.
  const line = value.replace(/[\r\n]+/g, ' ').replace(/"/g, "'");
  return /[:;,]/.test(line) ? `"${line}"` : line;
}

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
