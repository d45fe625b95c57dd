/**
 * Tolerant access to elements: by local name, in any case, order and namespace.
 *
 * Owns: how a child is found, and how its text is read (Q04, Q06, Q09). Must not know: which elements there are.
 */
import { type Element, isElement } from '../../codec/tree.ts';
import { bytesToText } from '../bytes.ts';

/**
 * The local name in lower case, so that `FreeId`, `CmdId` and `mi:MaxMsgSize` equal the spelling of the DTD (Q09).
 */
export const localNameOf = (el: Element): string => el.name.slice(el.name.lastIndexOf(':') + 1).toLowerCase();

const named = (name: string) => {
  const key = name.toLowerCase();
  return (el: Element) => el.name === name || localNameOf(el) === key;
};

export const elements = (el: Element): Element[] => el.children.filter(isElement);

export function child(el: Element | undefined, name: string): Element | undefined {
  if (el === undefined) return undefined;
  const isNamed = named(name);
  return el.children.find((node): node is Element => isElement(node) && isNamed(node));
}

export const childrenNamed = (el: Element, name: string): Element[] => elements(el).filter(named(name));

function wholeText(el: Element): string {
  const parts = el.children.map((node) => {
    if (node instanceof Uint8Array) return bytesToText(node);
    return typeof node === 'string' ? node : '';
  });
  return parts.join('');
}

/** Text without white space around it (Q06). For codes, anchors and URIs; never for LUIDs and the Data of an item. */
export const text = (el: Element): string => wholeText(el).trim();

export function textIn(parent: Element | undefined, name: string): string | undefined {
  const el = child(parent, name);
  return el === undefined ? undefined : text(el);
}

export const textsOf = (parent: Element, name: string): string[] => childrenNamed(parent, name).map(text);

/** The number of a decimal text; undefined for any other text. */
export function toNumber(value: string | undefined): number | undefined {
  if (value === undefined || !/^\d+$/.test(value)) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

export const numberOf = (parent: Element | undefined, name: string): number | undefined =>
  toNumber(textIn(parent, name));

/** Is the flag set? A flag is an empty element: NoResp, Final, MoreData. */
export const flagIn = (parent: Element | undefined, name: string): true | undefined =>
  child(parent, name) === undefined ? undefined : true;

/** The LocURI in an element, or the element's own text if the peer leaves LocURI out. */
export const uriOf = (el: Element): string => text(child(el, 'LocURI') ?? el);

/**
 * The LUID in an element. Blanks count, because `a` and ` a` are two items of the client. Only the line ends and the
 * indentation around it go, which a client writes to make its XML readable (Q06). Blanks alone are no LUID.
 */
export function luidIn(el: Element): string {
  const whole = wholeText(child(el, 'LocURI') ?? el);
  if (whole.trim() === '') return '';
  return whole.replace(/^\s*[\r\n][ \t]*/, '').replace(/[\r\n]\s*$/, '');
}

type Fields<T> = { readonly [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K] };

/** The record without the members that are undefined. */
export function defined<T extends object>(fields: Fields<T>): T {
  const record: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) record[name] = value;
  return record as T;
}

export const nonEmpty = <T>(list: readonly T[]): readonly T[] | undefined =>
  list.length === 0 ? undefined : list;
