/**
 * Reads vCard 2.1, 3.0 and 4.0, vCalendar 1.0, iCalendar 2.0 and VNOTE 1.1 into trees, and survives what devices write.
 * Transfer encodings and charsets are undone; values have the escapes of vCard 3.0 and iCalendar 2.0 afterwards.
 */
import { type Component, type Dialect, isOld, type Param, type Property, paramOf } from '../model.ts';
import { decodeBytes, quotedPrintable } from './charset.ts';
import { type Head, readHead } from './head.ts';
import { fromOld } from './text.ts';

/** The text is not what its type says; the message is for people and quotes nothing of it. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

export interface VObject {
  readonly dialect: Dialect;
  readonly component: Component;
}

/** What only dialects of the first generation have. */
const OLD_LINE =
  /^([^:]*;(QUOTED-PRINTABLE|ENCODING=QUOTED|(HOME|WORK|CELL|VOICE)[;:])|[ADMP]ALARM[;:]|DCREATED[;:])/i;

interface Open {
  readonly name: string;
  readonly properties: Property[];
  readonly components: Component[];
}

/** What the text does not say itself. */
export interface ReadHints {
  /** The device's own, for bytes that name none. */
  readonly charset?: string | undefined;
  /** That of the content type, for objects without a VERSION. */
  readonly dialect?: Dialect | undefined;
}

/** `input` as text, or as the bytes that came. */
export function readObjects(input: string | Uint8Array, hints: ReadHints = {}): VObject[] {
  return new Reader(input, hints).read();
}

class Reader {
  private readonly lines: readonly string[];
  /** The lines are bytes, one character each. */
  private readonly binary: boolean;
  private readonly charset: string | undefined;
  private readonly expected: Dialect | undefined;
  private at = 0;
  private dialect: Dialect = 'icalendar-2.0';
  private readonly stack: Open[] = [];
  private readonly found: VObject[] = [];

  constructor(input: string | Uint8Array, { charset, dialect }: ReadHints) {
    this.binary = typeof input !== 'string';
    const text = typeof input === 'string' ? input : Buffer.from(input).toString('latin1');
    this.lines = text.replace(/^(\uFEFF|\u00EF\u00BB\u00BF)/, '').split(/\r\n|\n|\r/);
    this.charset = charset;
    this.expected = dialect;
  }

  read(): VObject[] {
    while (this.at < this.lines.length) this.readLine();
    while (this.stack.length > 0) this.close();
    if (this.found.length === 0) throw new FormatError('There is no BEGIN in it.');
    return this.found;
  }

  private readLine(): void {
    const line = this.logicalLine();
    if (line.trim() === '') return;
    const head = readHead(line);
    if (head === undefined) return this.goOn(line);
    const word = line.slice(head.valueAt).trim().toUpperCase();
    if (head.name === 'BEGIN') return this.open(word);
    if (head.name === 'END') return this.end(word);
    this.stack.at(-1)?.properties.push(this.property(head, line.slice(head.valueAt)));
  }

  private open(name: string): void {
    if (this.stack.length === 0) this.dialect = this.dialectOf(name);
    this.stack.push({ name, properties: [], components: [] });
  }

  /** Closes what the END names; one that was never begun is passed over. */
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

  /** From the VERSION of the object that begins here; without one, from its type or how it is written. */
  private dialectOf(name: string): Dialect {
    const rest = this.lines.slice(this.at, this.at + 10_000);
    const end = rest.findIndex((line) => line.trim().toUpperCase() === `END:${name}`);
    const own = end < 0 ? rest : rest.slice(0, end);
    const version = own.map((line) => /^VERSION[^:]*:\s*(\S+)/i.exec(line)?.[1]).find(Boolean);
    if (name === 'VNOTE') return 'vnote-1.1';
    const looksOld =
      version === undefined &&
      (own.some((line) => OLD_LINE.test(line)) || (this.expected !== undefined && isOld(this.expected)));
    if (name !== 'VCARD') return version === '1.0' || looksOld ? 'vcalendar-1.0' : 'icalendar-2.0';
    if (version === '4.0') return 'vcard-4.0';
    return version === '2.1' || looksOld ? 'vcard-2.1' : 'vcard-3.0';
  }

  /** The next line, with its folds where they are undone in the same way for every property. */
  private logicalLine(): string {
    let line = this.take();
    const old = isOld(this.dialect);
    while (this.isFold() && (!old || !line.includes(':'))) line += this.take().slice(1);
    return line;
  }

  private take(): string {
    const line = this.lines[this.at] ?? '';
    this.at += 1;
    return line;
  }
  private get next(): string | undefined {
    return this.lines[this.at];
  }
  private isFold(): boolean {
    return /^[ \t]/.test(this.next ?? '') && (!isOld(this.dialect) || this.next?.trim() !== '');
  }

  private property({ group, name, params }: Head, start: string): Property {
    const wordOf = (wanted: string) => params.find((param) => param.name === wanted)?.values[0];
    const encoding = wordOf('ENCODING')?.toUpperCase();
    const kept = params.filter((param) => param.name !== 'ENCODING' && param.name !== 'CHARSET');
    const named = { ...(group !== undefined && { group }), name };
    if (encoding === 'BASE64' || encoding === 'B') {
      const inBase64 = params.flatMap((param): readonly Param[] =>
        param.name === 'ENCODING'
          ? [{ name: 'ENCODING', values: ['b'] }]
          : kept.includes(param)
            ? [param]
            : [],
      );
      return { ...named, params: this.decoded(inBase64), value: this.base64(start) };
    }
    const isEncoded = encoding === 'QUOTED-PRINTABLE';
    const charset = wordOf('CHARSET');
    const text = isEncoded ? this.quoted(start, charset) : this.plain(start, charset);
    const value = isOld(this.dialect) || isEncoded ? fromOld(text, isEncoded) : text;
    return { ...named, params: this.decoded(kept), value };
  }

  private decoded(params: readonly Param[]): readonly Param[] {
    if (!this.binary) return params;
    return params.map(({ name, values }) => ({ name, values: values.map((value) => this.text(value)) }));
  }

  private text(raw: string, charset?: string): string {
    return this.binary ? decodeBytes(Buffer.from(raw, 'latin1'), charset, this.charset) : raw;
  }

  /** Folds of the first generation lie before a blank, which stays. */
  private plain(start: string, charset: string | undefined): string {
    let value = start;
    while (isOld(this.dialect) && this.isFold()) value += this.take();
    return this.text(value, charset);
  }

  /** A line that ends with `=` goes on, but not into the end of the object. */
  private quoted(start: string, charset: string | undefined): string {
    let value = start;
    while (/=[ \t]*$/.test(value)) {
      value = value.replace(/=[ \t]*$/, '');
      const { next } = this;
      if (next === undefined || next.trim() === '' || /^(END|BEGIN):/i.test(next)) break;
      value += this.take();
    }
    const binary = this.binary ? value : Buffer.from(value, 'utf8').toString('latin1');
    return decodeBytes(quotedPrintable(binary), charset, this.charset);
  }

  /** Ends before the next property; blank lines do not matter. */
  private base64(start: string): string {
    let value = start;
    while (this.next !== undefined && /^[ \t]*[A-Za-z0-9+/=]*[ \t]*$/.test(this.next)) value += this.take();
    return value.replace(/\s/g, '');
  }

  /** A line that is no property belongs to the text before it. */
  private goOn(line: string): void {
    const last = this.stack.at(-1)?.properties.at(-1);
    const properties = this.stack.at(-1)?.properties;
    if (last === undefined || properties === undefined) return;
    const isBinary = paramOf(last, 'ENCODING') === 'b';
    const text = isBinary ? line.replace(/\s/g, '') : `\\n${fromOld(this.text(line), false)}`;
    properties[properties.length - 1] = { ...last, value: `${last.value}${text}` };
  }
}
