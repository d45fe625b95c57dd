/**
 * Items, locations, filters and Data: element -> typed.
 *
 * Owns: what an Item can hold. Must not know: which command holds it.
 */
import { type Element, isElement, type Node } from '../../codec/tree.ts';
import { bytesToText, concat, textToBytes } from '../bytes.ts';
import type { Data, Filter, Location, MapItem, MessageItem } from '../model.ts';
import { parseDevInf } from './devinf.ts';
import { parseAnchor, parseMeta, unwrapMetInf } from './meta.ts';
import { child, childrenNamed, defined, flagIn, luidIn, textIn, uriOf } from './read.ts';

function parseFilter(el: Element | undefined): Filter | undefined {
  if (el === undefined) return undefined;
  const itemOf = (name: string) => {
    const item = child(child(el, name), 'Item');
    return item === undefined ? undefined : parseItem(item);
  };
  return defined<Filter>({
    meta: parseMeta(child(el, 'Meta')),
    field: itemOf('Field'),
    record: itemOf('Record'),
    filterType: textIn(el, 'FilterType'),
  });
}

/** How the id in an element is read: a URI, or a LUID. */
type ReadId = (el: Element) => string;

/** `uri` is '' where the peer left it empty (E26). */
export function parseLocation(el: Element | undefined, readId: ReadId = uriOf): Location | undefined {
  if (el === undefined) return undefined;
  return defined<Location>({
    uri: readId(el),
    name: textIn(el, 'LocName'),
    filter: parseFilter(child(el, 'Filter')),
  });
}

/** Markup other than DevInf and Anchor as text, as if it had been escaped (Q05). */
function markup(el: Element): string {
  const name = el.name;
  return el.children.length === 0
    ? `<${name}/>`
    : `<${name}>${el.children.map(markupNode).join('')}</${name}>`;
}

function markupNode(node: Node): string {
  if (isElement(node)) return markup(node);
  const value = typeof node === 'string' ? node : bytesToText(node);
  return value.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));
}

/** The data without trimming. Several strings are one text; opaque data stays bytes. */
function content(el: Element): string | Uint8Array {
  const parts = el.children.map((node) => (isElement(node) ? markup(node) : node));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  if (parts.every((part) => typeof part === 'string')) return parts.join('');
  return concat(parts.map((part) => (typeof part === 'string' ? textToBytes(part) : part)));
}

export function parseData(data: Element): Data {
  const el = unwrapMetInf(data);
  const devInf = child(el, 'DevInf');
  if (devInf !== undefined) return { devInf: parseDevInf(devInf) };
  const anchor = parseAnchor(el);
  return anchor === undefined ? content(data) : { anchor };
}

const parentOf = (el: Element, name: string): string | undefined => {
  const parent = child(el, name);
  return parent === undefined ? undefined : uriOf(parent);
};

export function parseItem(el: Element, readId: ReadId = uriOf): MessageItem {
  const data = child(el, 'Data');
  return defined<MessageItem>({
    target: parseLocation(child(el, 'Target'), readId),
    source: parseLocation(child(el, 'Source'), readId),
    sourceParent: parentOf(el, 'SourceParent'),
    targetParent: parentOf(el, 'TargetParent'),
    meta: parseMeta(child(el, 'Meta')),
    data: data === undefined ? undefined : parseData(data),
    moreData: flagIn(el, 'MoreData'),
  });
}

export const parseItems = (el: Element, readId: ReadId = uriOf): MessageItem[] =>
  childrenNamed(el, 'Item').map((item) => parseItem(item, readId));

/** Undefined when the item lacks one of its two ids [RP12 6.5.9]. */
export function parseMapItem(el: Element): MapItem | undefined {
  const [target, from] = [parentOf(el, 'Target'), child(el, 'Source')];
  const source = from && luidIn(from);
  if (target === undefined || target === '' || source === undefined || source === '') return undefined;
  return { target, source };
}
