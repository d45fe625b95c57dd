/**
 * Element tree -> XML.
 *
 * Owns: namespaces on output, escape or CDATA. Must not know: any SyncML command.
 */
import { xmlNamespaces } from '../tables.ts';
import { bufferOn, utf8Length } from '../text.ts';
import type { Element, Namespace, Node, Version } from '../tree.ts';
import { cdata, escapeXml } from './text.ts';

const utf8 = new TextEncoder();
const prolog = '<?xml version="1.0" encoding="UTF-8"?>';

export const writeXml = (root: Element, version: Version): Uint8Array =>
  utf8.encode(prolog + markup(root, undefined, version));

/** Octets of an element within a message. */
export const xmlSize = (element: Element, version: Version): number =>
  utf8Length(markup(element, 'syncml', version));

function markup(element: Element, outer: Namespace | undefined, version: Version): string {
  const start = element.name + declaration(element.space, outer, version);
  if (element.children.length === 0) return `<${start}/>`;
  let content = '';
  for (const node of element.children) content += nodeMarkup(node, element, version);
  return `<${start}>${content}</${element.name}>`;
}

/**
 * The declaration of a namespace that differs from the outer one: on the first level of Meta content, and on DevInf.
 */
function declaration(space: Namespace, outer: Namespace | undefined, version: Version): string {
  if (space === outer) return '';
  if (space !== 'syncml') return ` xmlns='${xmlNamespaces[space]}'`;
  // Phones of 1.0 are confused by a default namespace on SyncML (E31).
  if (version === '1.0') return outer === undefined ? '' : " xmlns=''";
  return ` xmlns='${xmlNamespaces.syncml}${version}'`;
}

function nodeMarkup(node: Node, parent: Element, version: Version): string {
  if (typeof node === 'string') return needsCdata(node, parent) ? cdata(node) : escapeXml(node);
  if (node instanceof Uint8Array) return bufferOn(node).toString('base64');
  return markup(node, parent.space, version);
}

/** Is the text written as CDATA? Only in Data (Q07), because some peers do not understand CDATA in ids. */
const needsCdata = (text: string, parent: Element): boolean =>
  parent.name === 'Data' && parent.space === 'syncml' && /[<>&\r]/.test(text);
