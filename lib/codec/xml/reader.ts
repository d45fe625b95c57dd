/**
 * XML -> element tree.
 *
 * Owns: the parser's options, namespaces by declaration or by place. Must not know: any SyncML command. Tolerant where
 * phones differ (Q01-Q11), strict where data could be lost: tags must match, text is not trimmed and not turned into
 * numbers, and the order is kept.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { settle } from '../children.ts';
import { type Budget, checkDepth, LimitError } from '../limits.ts';
import { isKnown, spaceOfXmlNamespace } from '../tables.ts';
import { CodecError, type Element, type Namespace, type Node, type Version } from '../tree.ts';
import { fromRoot, xmlText } from './prolog.ts';
import { markReturns, resolveReferences, unmarkReturns } from './text.ts';

export interface Document {
  readonly root: Element;
  /** Absent where the document does not say. */
  readonly version?: Version;
}

/** An element as the parser returns it with preserveOrder: its name is a key, its attributes are under `:@`. */
interface Ordered {
  readonly [name: string]: readonly Ordered[] | Attributes | string;
}
interface Attributes {
  readonly [name: string]: string;
}

/** Namespaces in scope, by prefix; '' is the default. */
type Scope = ReadonlyMap<string, Namespace>;

/** Where an element stands. */
interface Place {
  readonly parent: Namespace | undefined;
  readonly scope: Scope;
  /** Depth of the element; that of the message's root is 1. */
  readonly depth: number;
}

export function readXml(bytes: Uint8Array, budget: Budget, httpCharset?: string): Document {
  return readXmlText(xmlText(bytes, httpCharset), budget, 0);
}

/** Reads a document. `outer`: the number of elements around an embedded one. */
function readXmlText(text: string, budget: Budget, outer: number): Document {
  const source = fromRoot(text);
  const roots = parseOrdered(source, budget, outer).filter((item) => !isText(open(item).tag));
  const [first] = roots;
  if (first === undefined || roots.length > 1) throw new CodecError('the XML has not one root element');
  const version = versionOf(open(first).attributes ?? {});
  const root = build(first, { parent: undefined, scope: new Map(), depth: outer + 1 }, budget);
  return version === undefined ? { root } : { root, version };
}

const isText = (tag: string): boolean => tag === '#text' || tag === '#cdata';

/** The parser. Each option is set because its default loses data; a test pins each of them. */
function parserFor(budget: Budget, outer: number): XMLParser {
  return new XMLParser({
    preserveOrder: true,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    textNodeName: '#text',
    cdataPropName: '#cdata',
    ignoreDeclaration: true,
    ignorePiTags: true,
    // The parser does not resolve &#13; and limits the number of references, so text.ts resolves them.
    processEntities: false,
    htmlEntities: false,
    maxNestedTags: budget.limits.depth + 1,
    jPath: false,
    updateTag: (name, path) => {
      budget.node();
      if (typeof path !== 'string') checkDepth(outer + path.getDepth(), budget.limits);
      return name;
    },
  });
}

function parseOrdered(source: string, budget: Budget, outer: number): readonly Ordered[] {
  if (XMLValidator.validate(source) !== true) throw new CodecError('the XML is not well-formed');
  try {
    return parserFor(budget, outer).parse(markReturns(source)) as readonly Ordered[];
  } catch (error) {
    if (error instanceof CodecError) throw error;
    throw new CodecError('the XML is not well-formed');
  }
}

/**
 * An item has one key besides that of its attributes. One pass: each item has a shape of its own, which makes look-ups
 * slow.
 */
function open(item: Ordered): { readonly tag: string; readonly attributes: Attributes | undefined } {
  let tag = '';
  let attributes: Attributes | undefined;
  for (const key in item) {
    if (key === ':@') attributes = item[key] as Attributes;
    else tag = key;
  }
  return { tag, attributes };
}

function build(item: Ordered, place: Place, budget: Budget): Element {
  const { tag, attributes } = open(item);
  const scope = attributes === undefined ? place.scope : scopeWith(attributes, place.scope);
  const colon = tag.indexOf(':');
  const name = colon < 0 ? tag : tag.slice(colon + 1);
  const space = spaceOf(name, scope.get(colon < 0 ? '' : tag.slice(0, colon)), place.parent);
  const inside: Place = { parent: space, scope, depth: place.depth + 1 };
  const nodes = (item[tag] as readonly Ordered[]).map((inner) => nodeOf(inner, inside, budget));
  return { name, space, children: unfold({ name, space }, settle(nodes), budget, place.depth) };
}

function nodeOf(item: Ordered, place: Place, budget: Budget): Node {
  for (const key in item) {
    if (key === '#text') return resolveReferences(unmarkReturns(item[key] as string));
    if (key === '#cdata') return unmarkReturns(cdataOf(item[key] as readonly Ordered[]));
    break;
  }
  return build(item, place, budget);
}

const cdataOf = (sections: readonly Ordered[]): string =>
  sections.map((section) => String(section['#text'])).join('');

/** Most prefixes that are looked at, as each declaration copies the scope. A message needs three. */
const maxPrefixes = 16;

function scopeWith(attributes: Attributes, outer: Scope): Scope {
  let scope: Map<string, Namespace> | undefined;
  for (const name in attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    const prefix = name.slice('xmlns:'.length);
    const space = spaceOfXmlNamespace(attributes[name] ?? '');
    scope ??= new Map(outer);
    if (space === undefined) scope.delete(prefix);
    else if (scope.size < maxPrefixes) scope.set(prefix, space);
  }
  return scope ?? outer;
}

/**
 * The namespace of an element. Declared ones are often missing or wrong (Q04). But no name is in both MetInf and
 * SyncML, and all elements inside DevInf are DevInf.
 */
function spaceOf(name: string, declared: Namespace | undefined, parent: Namespace | undefined): Namespace {
  if (parent === 'devinf' || name.toLowerCase() === 'devinf') return 'devinf';
  if (declared !== undefined && isKnown(declared, name)) return declared;
  if (isKnown('syncml', name)) return 'syncml';
  if (isKnown('metinf', name)) return 'metinf';
  return declared ?? parent ?? 'syncml';
}

/** Reads DevInf that was escaped or put into CDATA as an element (Q05, W07). */
export function unfold(
  { name, space }: Pick<Element, 'name' | 'space'>,
  nodes: Node[],
  budget: Budget,
  depth: number,
): Node[] {
  const [text] = nodes;
  if (name !== 'Data' || space !== 'syncml' || nodes.length !== 1 || typeof text !== 'string') return nodes;
  if (!/^\s*<DevInf[\s/>]/.test(text)) return nodes;
  try {
    return [readXmlText(text, budget, depth).root];
  } catch (error) {
    // Text that begins like DevInf and cannot be read stays text.
    if (error instanceof CodecError && !(error instanceof LimitError)) return nodes;
    throw error;
  }
}

const versions: readonly Version[] = ['1.0', '1.1', '1.2'];

function versionOf(attributes: Attributes): Version | undefined {
  for (const name in attributes) {
    const spelled = /^\s*syncml:syncml(\d\.\d)/i.exec(attributes[name] ?? '')?.[1];
    const version = versions.find((known) => known === spelled);
    if (version !== undefined && name.startsWith('xmlns')) return version;
  }
  return undefined;
}
