/**
 * Reads vCard 2.1, 3.0 and 4.0, vCalendar 1.0, iCalendar 2.0 and VNOTE 1.1 into trees, and tolerates the mistakes of
 * devices. Transfer encodings and charsets are decoded. The values in the tree have the escapes of vCard 3.0 and
 * iCalendar 2.0.
 */

import { spend } from '../work/budget.ts';
import { weightOf } from '../work/weight.ts';
import { decodeBytes, isMostlyUtf8, markedText, quotedPrintable } from './charset.ts';
import { dialectOf } from './dialect.ts';
import { type LineHead, readHead } from './head.ts';
import { base64Value, Lines, logicalLine, plainValue, quotedValue, strayBase64 } from './lines.ts';
import {
  type Component,
  type Dialect,
  isFirstGeneration,
  type Param,
  type Property,
  paramOf,
} from './model.ts';
import { fromFirstGeneration } from './text.ts';
import { keptParams, textFromBase64, valueFrom } from './values.ts';

/** The text does not fit its type. The message is for people and does not quote the text. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

export interface VObject {
  readonly dialect: Dialect;
  readonly component: Component;
}

/** The deepest nesting of components. Real objects have 3: an alarm of an event in a calendar, an agent of an agent. */
const MAX_DEPTH = 20;

interface Open {
  readonly name: string;
  readonly properties: Property[];
  readonly components: Component[];
}

/** Facts that the text itself does not tell. */
export interface ReadHints {
  /** The usual charset of the device, for bytes without a declared charset. */
  readonly charset?: string | undefined;
  /** The dialect of the content type, for objects without a VERSION. */
  readonly dialect?: Dialect | undefined;
}

/** Reads all objects. `input` is a text, or the bytes that came. Throws a FormatError. */
export function readObjects(input: string | Uint8Array, hints: ReadHints = {}): VObject[] {
  return new Reader(input, hints).read();
}

/** What a logical line costs until it is stored (lib/pim/work/budget.ts). */
const LINE = 8;
/** The same for a value of a parameter. */
const PARAM = 2;

const NO_BYTES = new Uint8Array(0);

class Reader {
  private readonly lines: Lines;
  /** Do the lines have one character for each byte? */
  private readonly binary: boolean;
  private readonly bytes: Uint8Array;
  private isUtf8: boolean | undefined;
  private readonly charset: string | undefined;
  private readonly expected: Dialect | undefined;
  private dialect: Dialect = 'icalendar-2.0';
  private readonly stack: Open[] = [];
  private readonly found: VObject[] = [];

  constructor(source: string | Uint8Array, { charset, dialect }: ReadHints) {
    const input = typeof source === 'string' ? source : (markedText(source) ?? source);
    this.binary = typeof input !== 'string';
    this.bytes = typeof input === 'string' ? NO_BYTES : input;
    this.lines = new Lines(typeof input === 'string' ? input : Buffer.from(input).toString('latin1'));
    this.charset = charset;
    this.expected = dialect;
  }

  read(): VObject[] {
    while (!this.lines.isDone) this.readLine();
    while (this.stack.length > 0) this.close();
    if (this.found.length === 0) throw new FormatError('There is no BEGIN in it.');
    return this.found;
  }

  private get firstGeneration(): boolean {
    return isFirstGeneration(this.dialect);
  }

  private readLine(): void {
    const line = logicalLine(this.lines, this.firstGeneration);
    if (line.trim() === '') return;
    spend(LINE + weightOf(line));
    const head = readHead(line, this.dialect);
    if (head === undefined) return this.goOn(line);
    const value = line.slice(head.valueAt);
    const word = value.length > 100 ? '' : value.trim().toUpperCase();
    if (head.name === 'BEGIN') return this.open(word);
    if (head.name === 'END') return this.end(word);
    const own = this.stack.at(-1)?.properties;
    if (own === undefined) return;
    // The card of an agent begins after its name, or on the next line.
    const isAgent = head.name === 'AGENT' && word === 'BEGIN:VCARD';
    own.push(this.property(head, isAgent ? '' : value));
    if (isAgent) this.open('VCARD');
  }

  private open(name: string): void {
    const around = this.stack.at(-1);
    if (name === 'VCARD' && around?.name === 'VCARD') {
      const last = around.properties.at(-1);
      if (last?.name === 'AGENT' && last.value.trim() === '') around.properties.pop();
      // Any other card is the next object: the END before it is missing.
      else while (this.stack.length > 0) this.close();
    }
    if (this.stack.length >= MAX_DEPTH) throw new FormatError('There is too much in one another.');
    if (this.stack.length === 0) this.dialect = dialectOf(name, this.lines, this.expected);
    this.stack.push({ name, properties: [], components: [] });
  }

  /** Closes the component that the END names, and those inside it. An END without a BEGIN is ignored. */
  private end(name: string): void {
    const at = this.stack.findLastIndex((open) => open.name === name);
    while (at >= 0 && this.stack.length > at) this.close();
  }

  private close(): void {
    const done = this.stack.pop();
    if (done === undefined) return;
    const parent = this.stack.at(-1);
    if (parent === undefined) this.found.push({ dialect: this.dialect, component: done });
    else parent.components.push(done);
  }

  private property({ group, name, params }: LineHead, start: string): Property {
    for (const { values } of params) spend(PARAM * values.length);
    const paramIn = (wanted: string) => params.find((param) => param.name === wanted)?.values[0];
    const encoding = paramIn('ENCODING')?.toUpperCase();
    const charset = paramIn('CHARSET');
    const named = { ...(group !== undefined && { group }), name };
    const kept = (binary: boolean) => this.decoded(keptParams(params, binary));
    if (encoding === 'BASE64' || encoding === 'B') {
      const value = base64Value(this.lines, start);
      const text = textFromBase64(name, value, this.dialect, [charset, this.charset]);
      return { ...named, params: kept(text === undefined), value: text ?? value };
    }
    const isEncoded = encoding === 'QUOTED-PRINTABLE';
    const text = isEncoded
      ? this.unquoted(quotedValue(this.lines, start, this.firstGeneration), charset)
      : this.text(plainValue(this.lines, start, this.firstGeneration), charset);
    const spelled = { name, text, isEncoded, form: paramIn('VALUE') };
    return { ...named, params: kept(false), value: valueFrom(spelled, this.dialect) };
  }

  private decoded(params: readonly Param[]): readonly Param[] {
    if (!this.binary) return params;
    return params.map(({ name, values }) => ({ name, values: values.map((value) => this.text(value)) }));
  }

  private text(raw: string, charset?: string): string {
    return this.binary ? this.decode(Buffer.from(raw, 'latin1'), charset) : raw;
  }

  private unquoted(raw: string, charset: string | undefined): string {
    const binary = this.binary ? raw : Buffer.from(raw, 'utf8').toString('latin1');
    return this.decode(quotedPrintable(binary), charset);
  }

  private decode(bytes: Uint8Array, charset: string | undefined): string {
    return decodeBytes(bytes, charset ?? this.charsetAround(bytes), this.charset);
  }

  /** The charset that the other values are in, for a value of bytes that are not ASCII. */
  private charsetAround(bytes: Uint8Array): string | undefined {
    if (bytes.every((byte) => byte < 0x80)) return undefined;
    this.isUtf8 ??= isMostlyUtf8(this.bytes);
    return this.isUtf8 ? 'utf-8' : undefined;
  }

  /** A line that is not a property continues the value before it. */
  private goOn(line: string): void {
    const properties = this.stack.at(-1)?.properties;
    const last = properties?.at(-1);
    if (last === undefined || properties === undefined) return;
    const isBinary = paramOf(last, 'ENCODING') === 'b';
    const text = isBinary ? strayBase64(line) : `\\n${fromFirstGeneration(this.text(line), false)}`;
    properties[properties.length - 1] = { ...last, value: `${last.value}${text}` };
  }
}
