/**
 * The content of an item as a value: its tree, its text, its hash and its keys, each made when it is first asked for, and
 * once. Inside the server an item is this value. Its text is opened by readers and writers of formats and by rows alone.
 *
 * Must not know: SyncML, devices, stores.
 */
import { type ContentKeys, keysOf, linesInText, linesOfNote, significantLines } from './content-keys.ts';
import { digest } from './digest.ts';
import { isNote, journalOf, type Note, noteIn } from './formats/note.ts';
import { type ItemTree, type ParsedItem, STORED } from './formats/registry.ts';
import { CHANGE_NAMES } from './properties/table.ts';
import { asRead } from './vobject/as-read.ts';
import { type Component, type Dialect, sameComponent } from './vobject/model.ts';
import { FormatError, readObjects } from './vobject/read.ts';
import { unfoldedLines, writeObject } from './vobject/write.ts';

declare const canonical: unique symbol;
/** The text of an item as it is stored. */
export type ItemText = string & { readonly [canonical]: true };

/** A content as a row holds it. */
export interface StoredContent extends ContentKeys {
  readonly type: string;
  /** Hash of the exact text; names the part rows of a large one. */
  readonly hash: string;
  /** Bytes of the text. */
  readonly size: number;
  /** Absent while it lies in part rows that were not read. */
  readonly text?: string;
  /** How many part rows hold it. */
  readonly parts?: number;
  /** What a text in part rows is found by in a comparison. */
  readonly marks?: string;
}

export const isVFormat = (type: string): boolean => /vcard|calendar|vnote/i.test(type);

/** As it is stored: CRLF for vCard and iCalendar (XML turned it into LF), LF for plain text. */
function canonicalText(type: string, text: string): ItemText {
  const lines = text.replace(/\r\n?/g, '\n');
  if (!isVFormat(type)) return lines as ItemText;
  let end = lines.length;
  while (lines.charAt(end - 1) === '\n') end -= 1;
  return `${lines.slice(0, end)}\n`.replace(/\n/g, '\r\n') as ItemText;
}

const dialectOf = ({ name }: Component): Dialect => (name === 'VCARD' ? 'vcard-3.0' : 'icalendar-2.0');

export class Content {
  readonly type: string;
  /** What a row says; undefined for a content that no row holds yet. */
  readonly #row: StoredContent | undefined;
  /** The tree that the text is written of; undefined for a content that is made of its text. */
  readonly #ownTree: Component | undefined;
  /** Readers made the tree: they would make it of its text again. */
  #isRead = false;
  #text: ItemText | undefined;
  #objects: readonly Component[] | undefined;
  #note: { readonly is: Note | undefined } | undefined;
  #keys: ContentKeys | undefined;
  #hash: string | undefined;
  #size: number | undefined;
  #whole: Content | undefined;

  private constructor(type: string, tree: Component | undefined, text?: string, row?: StoredContent) {
    this.type = type;
    this.#row = row;
    this.#ownTree = tree;
    this.#text = text as ItemText | undefined;
  }

  /** `type`: of a tree that is kept under another one than its own. */
  static ofTree(tree: ItemTree, type?: string): Content {
    if (!isNote(tree))
      return new Content(type ?? (tree.name === 'VCARD' ? STORED.contact : STORED.calendar), tree);
    if (tree.rest.length > 0) return new Content(STORED.calendar, journalOf(tree));
    return new Content(STORED.note, undefined, canonicalText(STORED.note, tree.text));
  }

  /** Of the tree of a reader, in the form that is stored. */
  static ofRead(tree: ItemTree): Content {
    const content = Content.ofTree(tree);
    content.#isRead = !isNote(tree);
    return content;
  }

  /** Of a text that is kept as it came, but for its line ends. */
  static ofText(type: string, text: string): Content {
    return new Content(type, undefined, canonicalText(type, text));
  }

  static ofRow(row: StoredContent): Content {
    return new Content(row.type, undefined, row.text, row);
  }

  /** Is the text at hand? It may lie in part rows that were not read. */
  get isWhole(): boolean {
    return this.#ownTree !== undefined || this.#text !== undefined;
  }

  /** How many part rows hold the text; none of a content that was not in rows. */
  get parts(): number {
    return this.#row?.parts ?? 0;
  }
  /** By what a text in part rows is found in a comparison. */
  get marks(): string | undefined {
    return this.#row?.marks;
  }

  /** With the text of its part rows: the same value each time. */
  withText(text: string): Content {
    this.#whole ??= this.#row === undefined ? this : Content.ofRow({ ...this.#row, text });
    return this.#whole;
  }

  get text(): ItemText {
    this.#text ??= this.#ownTree && (writeObject(this.#ownTree, dialectOf(this.#ownTree)) as ItemText);
    if (this.#text === undefined) throw new Error('the text lies in rows that were not read');
    return this.#text;
  }

  get hash(): string {
    this.#hash ??= this.#row?.hash ?? digest(`${this.type.toLowerCase()}\n${this.text}`);
    return this.#hash;
  }

  get size(): number {
    this.#size ??= this.#row?.size ?? Buffer.byteLength(this.text, 'utf8');
    return this.#size;
  }

  get key(): string {
    return this.keys.key;
  }
  get about(): string {
    return this.keys.about;
  }
  private get keys(): ContentKeys {
    this.#keys ??= this.#row ?? keysOf(this.type, this.#lines());
    return this.#keys;
  }

  /** Objects of vCard or iCalendar that are in it; none where it cannot be read. */
  get objects(): readonly Component[] {
    this.#objects ??= this.#ownTree ? readBack(this.#ownTree) : isVFormat(this.type) ? parsed(this.text) : [];
    return this.#objects;
  }

  /** The one object of a content that is stored in a form of ours. */
  get tree(): Component | undefined {
    if (this.type !== STORED.contact && this.type !== STORED.calendar) return undefined;
    const [tree, ...others] = this.objects;
    return others.length === 0 ? tree : undefined;
  }

  /** As a reader finds it in its text; undefined where it is in no form of ours. */
  get parsed(): ParsedItem | undefined {
    const { tree } = this;
    if (tree === undefined || asRead(tree, dialectOf(tree)) === undefined) return undefined;
    return { objects: [{ dialect: dialectOf(tree), component: tree }] };
  }

  /** Undefined for what is no note. */
  get note(): Note | undefined {
    this.#note ??= { is: this.#noteIn() };
    return this.#note.is;
  }
  #noteIn(): Note | undefined {
    if (this.type === STORED.note) return { text: this.text, rest: [] };
    const tree = this.type === STORED.calendar ? this.tree : undefined;
    return tree && noteIn(tree);
  }

  /** Digits of the time at which it says that it was changed; undefined where it says nothing of that. */
  get modifiedAt(): string | undefined {
    const said = this.objects.flatMap(changeIn)[0];
    return said?.replace(/\D/g, '').padEnd(14, '0');
  }

  /** Its logical lines, as far as they count in a comparison. */
  #lines(): readonly string[] {
    if (this.#ownTree) return significantLines(unfoldedLines(this.#ownTree, dialectOf(this.#ownTree)));
    return isVFormat(this.type) ? linesInText(this.text) : linesOfNote(this.text);
  }

  /** Are the two the same to the letter? The texts of two trees are so when the trees are. */
  isSame(other: Content): boolean {
    if (this === other || this.type !== other.type) return this === other;
    if (this.#text !== undefined && other.#text !== undefined) return this.#text === other.#text;
    return other.tree === undefined ? this.text === other.text : this.isOf(other.tree);
  }

  /** Is this its tree? */
  isOf(tree: Component): boolean {
    const own = this.tree;
    return own !== undefined && sameComponent(own, tree);
  }

  /** Would a reader of its text make the very same content? A row may be of a server that stored things in another way. */
  get isReadAgain(): boolean {
    return this.#isRead && this.#ownTree !== undefined && this.tree === this.#ownTree;
  }
}

/** Dates of a component and of all in it that are dates of a change. */
const changeIn = ({ properties, components }: Component): string[] => [
  ...properties
    .filter(({ name, group }) => group === undefined && CHANGE_NAMES.includes(name))
    .flatMap(({ value }) => /^[-0-9T:]{8,}/.exec(value)?.[0] ?? []),
  ...components.flatMap(changeIn),
];

/** What a reader makes of the text that is written of a tree. */
function readBack(tree: Component): readonly Component[] {
  const dialect = dialectOf(tree);
  const seen = asRead(tree, dialect);
  return seen === undefined ? parsed(writeObject(tree, dialect)) : [seen];
}

function parsed(text: string): readonly Component[] {
  try {
    return readObjects(text).map(({ component }) => component);
  } catch (error) {
    if (error instanceof FormatError) return []; // kept as it came
    throw error;
  }
}
