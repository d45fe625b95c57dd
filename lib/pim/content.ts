/**
 * The content of an item as a value: its tree, text, hash and keys. Each is made once, when it is first asked for.
 * Inside the server items are passed as this value. Only the readers and writers of formats and the rows of the store
 * use the text.
 *
 * Must not know: SyncML, devices, stores.
 */
import { canonicalText, isVFormat } from './canonical-text.ts';
import { type ContentKeys, keysOf, linesInText, linesOfNote, significantLines } from './content-keys.ts';
import { digest } from './digest.ts';
import { isNote, journalOf, type Note, noteIn } from './formats/note.ts';
import { type ItemTree, type ParsedItem, STORED } from './formats/registry.ts';
import { CHANGE_NAMES } from './properties/table.ts';
import { asRead } from './vobject/as-read.ts';
import { type Component, type Dialect, sameComponent } from './vobject/model.ts';
import { FormatError, readObjects } from './vobject/read.ts';
import { textOfLines, unfoldedLines, writeObject } from './vobject/write.ts';
import { unpaid } from './work/budget.ts';

declare const canonical: unique symbol;
/** The text of an item in the stored form. */
export type ItemText = string & { readonly [canonical]: true };

/** A content as a row holds it. */
export interface StoredContent extends ContentKeys {
  readonly type: string;
  /** Hash of the exact text. A large text lies in part rows, and their keys contain this hash. */
  readonly hash: string;
  /** The number of bytes of the text. */
  readonly size: number;
  /** How many part rows hold the text. */
  readonly parts?: number;
  /** The blocking keys of a text in part rows, as the match index holds them. */
  readonly blockingKeys?: string;
}

const dialectOf = ({ name }: Component): Dialect => (name === 'VCARD' ? 'vcard-3.0' : 'icalendar-2.0');

/** What a content is made from. Nothing while its text lies in part rows that were not read. */
interface Source {
  readonly tree?: Component;
  readonly text?: (() => string) | undefined;
}

export class Content {
  readonly type: string;
  /** The row that holds the content. Undefined for a content that is not stored yet. */
  readonly #row: StoredContent | undefined;
  /** The tree from which the text is written. Undefined for a content that was made from its text. */
  readonly #ownTree: Component | undefined;
  /** Makes the text. Undefined while the text lies in part rows that were not read. */
  readonly #makeText: (() => string) | undefined;
  /** Did a reader make the tree? Then reading the text again gives the same tree. */
  #isRead = false;
  #unfolded: readonly string[] | undefined;
  #text: ItemText | undefined;
  #objects: readonly Component[] | undefined;
  #note: { readonly is: Note | undefined } | undefined;
  #keys: ContentKeys | undefined;
  #hash: string | undefined;
  #size: number | undefined;
  #whole: Content | undefined;

  private constructor(type: string, { tree, text }: Source, row?: StoredContent) {
    this.type = type;
    this.#row = row;
    this.#ownTree = tree;
    this.#makeText = tree === undefined ? text : () => textOfLines(this.#linesOf(tree));
  }

  /** The content of a tree. `type` is given where the tree is stored under another type than its own. */
  static ofTree(tree: ItemTree, type?: string): Content {
    if (!isNote(tree))
      return new Content(type ?? (tree.name === 'VCARD' ? STORED.contact : STORED.calendar), { tree });
    if (tree.rest.length > 0) return new Content(STORED.calendar, { tree: journalOf(tree) });
    return Content.ofText(STORED.note, tree.text);
  }

  /** The content of a tree that a reader made, already in the stored form. */
  static ofRead(tree: ItemTree): Content {
    const content = Content.ofTree(tree);
    content.#isRead = !isNote(tree);
    return content;
  }

  /** The content of a text that is stored as it came, except for its line ends. */
  static ofText(type: string, text: string): Content {
    return new Content(type, { text: () => canonicalText(type, text) });
  }

  /** The content of a row. `text` unpacks the text of the row. It is absent where the text lies in part rows. */
  static ofRow(row: StoredContent, text?: () => string): Content {
    return new Content(row.type, { text }, row);
  }

  /** Is the text at hand? It may lie in part rows that were not read. */
  get isWhole(): boolean {
    return this.#makeText !== undefined;
  }

  /** How many part rows hold the text. Zero for a content that is not stored in part rows. */
  get parts(): number {
    return this.#row?.parts ?? 0;
  }
  /** The blocking keys of a text in part rows, as the match index holds them. */
  get blockingKeys(): string | undefined {
    return this.#row?.blockingKeys;
  }

  /** The content with the text of its part rows. It is the same value each time. */
  withText(text: string): Content {
    this.#whole ??= this.#row === undefined ? this : Content.ofRow(this.#row, () => text);
    return this.#whole;
  }

  /**
   * An equal content that nobody keeps, so that what is made of it goes with it. The same value where the tree is made
   * already.
   */
  get forOneLook(): Content {
    return this.#row === undefined || this.#objects !== undefined
      ? this
      : Content.ofRow(this.#row, this.#makeText);
  }

  get storedText(): ItemText {
    if (this.#makeText === undefined) throw new Error('the text lies in rows that were not read');
    this.#text ??= this.#makeText() as ItemText;
    return this.#text;
  }

  get hash(): string {
    this.#hash ??= this.#row?.hash ?? digest(`${this.type.toLowerCase()}\n${this.storedText}`);
    return this.#hash;
  }

  get size(): number {
    this.#size ??= this.#row?.size ?? Buffer.byteLength(this.storedText, 'utf8');
    return this.#size;
  }

  get key(): string {
    return this.keys.key;
  }
  get about(): string {
    return this.keys.about;
  }
  private get keys(): ContentKeys {
    this.#keys ??= this.#row ?? keysOf(this.type, this.lines);
    return this.#keys;
  }

  /** The objects of vCard or iCalendar in the content. None where it cannot be parsed. */
  get objects(): readonly Component[] {
    this.#objects ??= unpaid(() =>
      this.#ownTree ? readBack(this.#ownTree) : isVFormat(this.type) ? parsed(this.storedText) : [],
    );
    return this.#objects;
  }

  /** The object of a contact or calendar item in the stored form. Undefined for any other type, and for several objects. */
  get tree(): Component | undefined {
    if (this.type !== STORED.contact && this.type !== STORED.calendar) return undefined;
    const [tree, ...others] = this.objects;
    return others.length === 0 ? tree : undefined;
  }

  /** The result that a reader of the text would have. Undefined where the content has no tree. */
  get parsed(): ParsedItem | undefined {
    const { tree } = this;
    if (tree === undefined || asRead(tree, dialectOf(tree)) === undefined) return undefined;
    return { objects: [{ dialect: dialectOf(tree), component: tree }] };
  }

  /** The content as a note. Undefined if it is not one. */
  get note(): Note | undefined {
    this.#note ??= { is: this.#noteIn() };
    return this.#note.is;
  }
  #noteIn(): Note | undefined {
    if (this.type === STORED.note) return { text: this.storedText, rest: [] };
    const tree = this.type === STORED.calendar ? this.tree : undefined;
    return tree && noteIn(tree);
  }

  /** The time of the last change that the item states, as 14 digits. Undefined where it states none. */
  get modifiedAt(): string | undefined {
    const stated = this.objects.flatMap(changeIn)[0];
    return stated?.replace(/\D/g, '').padEnd(14, '0');
  }

  /** The lines of the text before they are folded. The text and the keys are made from them. */
  #linesOf(tree: Component): readonly string[] {
    this.#unfolded ??= unfoldedLines(tree, dialectOf(tree));
    return this.#unfolded;
  }

  /** The logical lines that count for the keys, and where two contents are compared. */
  get lines(): readonly string[] {
    if (this.#ownTree) return significantLines(this.#linesOf(this.#ownTree));
    return isVFormat(this.type) ? linesInText(this.storedText) : linesOfNote(this.storedText);
  }

  /** Are the two contents the same to the letter? If both have trees, the trees are compared, which is enough. */
  isSame(other: Content): boolean {
    if (this === other || this.type !== other.type) return this === other;
    if (this.#text !== undefined && other.#text !== undefined) return this.#text === other.#text;
    return other.tree === undefined ? this.storedText === other.storedText : this.isOf(other.tree);
  }

  /** Is this the tree of the content? */
  isOf(tree: Component): boolean {
    const own = this.tree;
    return own !== undefined && sameComponent(own, tree);
  }

  /**
   * Is it known that a reader of the text would make the very same content? An earlier version may have written the
   * row.
   */
  get isReadAgain(): boolean {
    return this.#isRead && this.#ownTree !== undefined && this.tree === this.#ownTree;
  }
}

/** The dates of change of a component and of all components inside it. */
const changeIn = ({ properties, components }: Component): string[] => [
  ...properties
    .filter(({ name, group }) => group === undefined && CHANGE_NAMES.includes(name))
    .flatMap(({ value }) => /^[-0-9T:]{8,}/.exec(value)?.[0] ?? []),
  ...components.flatMap(changeIn),
];

/** The objects that a reader finds in the text that is written from the tree. */
function readBack(tree: Component): readonly Component[] {
  const dialect = dialectOf(tree);
  const seen = asRead(tree, dialect);
  return seen === undefined ? parsed(writeObject(tree, dialect)) : [seen];
}

function parsed(text: string): readonly Component[] {
  try {
    return readObjects(text).map(({ component }) => component);
  } catch (error) {
    if (error instanceof FormatError) return []; // the text is kept as it came
    throw error;
  }
}
