/**
 * WBXML -> element tree: one walk over the tables.
 *
 * Owns: the token stream and its code pages. Must not know: any SyncML command. Strings may be inline, from the table,
 * entities or opaque, in any element (W04). An element whose token is not in the tables is skipped with all that is in
 * it (W08). Attributes are always skipped.
 */
import { settle } from '../children.ts';
import { type Budget, checkDepth, LimitError } from '../limits.ts';
import { codePages, elementOf, isKnown, wbxml } from '../tables.ts';
import { asText, decodeText } from '../text.ts';
import { CodecError, type Element, type Namespace, type Node } from '../tree.ts';
import { type Document, unfold } from '../xml/reader.ts';
import { character } from '../xml/text.ts';
import { ByteReader } from './bytes.ts';
import { type Header, isDevInfDocument, readHeader } from './header.ts';

/** An open element. Without a name it is skipped. */
interface Frame {
  readonly name: string | undefined;
  readonly space: Namespace;
  readonly nodes: Node[];
}

interface Walk {
  readonly input: ByteReader;
  readonly header: Header;
  readonly budget: Budget;
  /** Elements around this document. */
  readonly outer: number;
  readonly open: Frame[];
  readonly tableStrings: Map<number, string>;
  page: number;
  root: Element | undefined;
}

export const readWbxml = (bytes: Uint8Array, budget: Budget): Document => readDocument(bytes, budget, 0);

function readDocument(bytes: Uint8Array, budget: Budget, outer: number): Document {
  const input = new ByteReader(bytes);
  const header = readHeader(input, budget.limits);
  const state = { open: [], tableStrings: new Map(), page: 0, root: undefined };
  const walk: Walk = { input, header, budget, outer, ...state };
  while (walk.root === undefined) step(walk, input.byte());
  return header.version === undefined ? { root: walk.root } : { root: walk.root, version: header.version };
}

function step(walk: Walk, token: number): void {
  const { input } = walk;
  switch (token) {
    case wbxml.switchPage:
      walk.page = input.byte();
      break;
    case wbxml.end:
      close(walk);
      break;
    case wbxml.entity:
      addText(walk, character(input.integer()));
      break;
    case wbxml.inlineString:
      addText(walk, input.string(walk.header.charset));
      break;
    case wbxml.tableString:
      addText(walk, tableString(walk, input.integer()));
      break;
    case wbxml.opaque:
      addOpaque(walk, input.take(input.integer()));
      break;
    case wbxml.processingInstruction:
      skipAttributes(input);
      break;
    default:
      if (!skipExtension(input, token)) open(walk, token);
  }
}

function open(walk: Walk, token: number): void {
  checkDepth(walk.outer + walk.open.length + 1, walk.budget.limits);
  walk.budget.node();
  const frame = frameFor(walk, token & 0x3f);
  if ((token & wbxml.withAttributes) !== 0) skipAttributes(walk.input);
  walk.open.push(frame);
  if ((token & wbxml.withContent) === 0) close(walk);
}

function frameFor(walk: Walk, token: number): Frame {
  const parent = walk.open.at(-1);
  const space = codePages[walk.header.kind][walk.page];
  const literal = token === wbxml.literal ? tableString(walk, walk.input.integer()) : undefined;
  const unknown: Frame = { name: undefined, space: space ?? 'syncml', nodes: [] };
  if (space === undefined || (parent !== undefined && parent.name === undefined)) return unknown;
  if (literal !== undefined) return isKnown(space, literal) ? { ...unknown, name: literal } : unknown;
  return { ...unknown, name: tagName(space, token, parent) };
}

/**
 * The name of a tag. Token 0x1c of DevInf is MaxSize in elements that are new in 1.2, and Size in all others (B.3).
 */
function tagName(space: Namespace, token: number, parent: Frame | undefined): string | undefined {
  const name = elementOf(space, token);
  const isProperty = parent?.name === 'Property' || parent?.name === 'PropParam';
  return space === 'devinf' && name === 'Size' && isProperty ? 'MaxSize' : name;
}

function close(walk: Walk): void {
  const frame = walk.open.pop();
  if (frame === undefined) throw new CodecError('the WBXML ends an element that is not open');
  const { name, space } = frame;
  const parent = walk.open.at(-1);
  if (name === undefined) {
    if (parent === undefined) throw new CodecError('the root element is not known');
    return;
  }
  const depth = walk.outer + walk.open.length + 1;
  const children = unfold({ name, space }, settle(frame.nodes), walk.budget, depth);
  if (parent === undefined) walk.root = { name, space, children };
  else parent.nodes.push({ name, space, children });
}

function addText(walk: Walk, text: string): void {
  const frame = walk.open.at(-1);
  if (frame === undefined) throw new CodecError('the WBXML has text outside the root element');
  walk.budget.node();
  if (frame.name !== undefined) frame.nodes.push(text);
}

function addOpaque(walk: Walk, bytes: Uint8Array): void {
  const frame = walk.open.at(-1);
  const text = asText(bytes);
  if (text !== undefined || frame === undefined) {
    addText(walk, text ?? '');
    return;
  }
  walk.budget.node();
  if (frame.name !== undefined) frame.nodes.push(devInfOf(walk, frame, bytes) ?? new Uint8Array(bytes));
}

/**
 * A DevInf document in Data (W07); undefined if it cannot be read. The data stays opaque then, and its command fails.
 */
function devInfOf(walk: Walk, frame: Frame, bytes: Uint8Array): Element | undefined {
  const { budget } = walk;
  if (frame.name !== 'Data' || !isDevInfDocument(bytes, budget.limits)) return undefined;
  try {
    return readDocument(bytes, budget, walk.outer + walk.open.length).root;
  } catch (error) {
    if (error instanceof CodecError && !(error instanceof LimitError)) return undefined;
    throw error;
  }
}

function tableString(walk: Walk, index: number): string {
  const { stringTable, charset } = walk.header;
  if (index >= stringTable.length) throw new CodecError('a string is not in the string table');
  let text = walk.tableStrings.get(index);
  if (text === undefined) {
    const end = stringTable.indexOf(0, index);
    text = decodeText(stringTable.subarray(index, end < 0 ? stringTable.length : end), charset);
    walk.tableStrings.set(index, text);
  }
  walk.budget.text(text.length);
  return text;
}

/** Skips an extension token with its string or integer. SyncML does not use them. */
function skipExtension(input: ByteReader, token: number): boolean {
  if ((token & 0x3f) > 2) return false;
  switch (token & 0xc0) {
    case 0x40:
      input.terminated();
      return true;
    case 0x80:
      input.integer();
      return true;
    case 0xc0:
      return true;
    default:
      return false;
  }
}

/** Skips the attributes of a tag, or the content of a processing instruction, up to their END. */
function skipAttributes(input: ByteReader): void {
  for (;;) {
    const token = input.byte();
    if (token === wbxml.end) return;
    if (token === wbxml.inlineString) input.terminated();
    else if (token === wbxml.opaque) input.take(input.integer());
    else if (token === wbxml.switchPage) input.byte();
    else if (token === wbxml.entity || token === wbxml.tableString || token === wbxml.literal)
      input.integer();
    else skipExtension(input, token);
  }
}
