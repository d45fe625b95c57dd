/** Lines of vCard, vCalendar and iCalendar, read and written as other people's programs do: plainly, each in its generation. */

/** `old`: vCard 2.1, vCalendar 1.0 and VNOTE. `new`: vCard 3.0 and 4.0, iCalendar. */
export type Generation = 'old' | 'new';

export interface Line {
  readonly name: string;
  /** In upper case; an old parameter without a name is a TYPE. Several values of one name are joined by commas. */
  readonly params: ReadonlyMap<string, string>;
  /** Decoded from quoted-printable, still with the escapes of its generation. */
  readonly value: string;
}

/** An object between BEGIN and END. */
export interface Part {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly parts: readonly Part[];
}

/** The first object of a text. Throws where BEGIN and END do not fit. */
export function readPart(text: string): Part {
  const open: { name: string; lines: Line[]; parts: Part[] }[] = [{ name: '', lines: [], parts: [] }];
  for (const one of unfolded(text)) {
    const line = readLine(one);
    const top = open.at(-1);
    if (top === undefined) throw new Error('an END too many');
    if (line.name === 'BEGIN') open.push({ name: line.value.toUpperCase(), lines: [], parts: [] });
    else if (line.name !== 'END') top.lines.push(line);
    else if (top.name !== line.value.toUpperCase())
      throw new Error(`${line.value} ends inside of ${top.name}`);
    else open.at(-2)?.parts.push(open.pop() as Part);
  }
  const [part] = open[0]?.parts ?? [];
  if (part === undefined || open.length > 1) throw new Error('no whole object');
  return part;
}

/** Folded lines of either generation, and soft breaks of quoted-printable, put together. */
function unfolded(text: string): string[] {
  const lines: string[] = [];
  for (const raw of text.split(/\r\n|\n/)) {
    const last = lines.at(-1);
    if (last !== undefined && /^[^:]*QUOTED-PRINTABLE[^:]*:/i.test(last) && last.endsWith('='))
      lines[lines.length - 1] = last.slice(0, -1) + raw;
    else if (last !== undefined && /^[ \t]/.test(raw))
      // The old generation folds where a blank stands, and keeps it.
      lines[lines.length - 1] = last + (isOld(lines) ? raw : raw.slice(1));
    else if (raw !== '') lines.push(raw);
  }
  return lines;
}

const isOld = (lines: readonly string[]): boolean =>
  lines.some((line) => /^VERSION:(2\.1|1\.0)$/i.test(line)) || /^BEGIN:VNOTE/i.test(lines[0] ?? '');

function readLine(line: string): Line {
  const at = colonIn(line);
  const [head = '', ...rest] = line.slice(0, at).split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const params = new Map<string, string>();
  for (const param of rest) {
    const [, name = 'TYPE', value = ''] = /^(?:([^=]+)=)?(.*)$/.exec(param) ?? [];
    const before = params.get(name.toUpperCase());
    const own = value.replace(/^"(.*)"$/, '$1').toUpperCase();
    params.set(name.toUpperCase(), before === undefined ? own : `${before},${own}`);
  }
  const name = head.replace(/^.*\./, '').toUpperCase();
  const isQuoted = [params.get('ENCODING'), params.get('TYPE')].some((one) =>
    one?.includes('QUOTED-PRINTABLE'),
  );
  const value = line.slice(at + 1);
  return { name, params, value: isQuoted ? fromQuotedPrintable(value) : value };
}

/** The colon that ends name and parameters: not one in quotation marks. */
function colonIn(line: string): number {
  let isInside = false;
  for (const [at, sign] of [...line].entries()) {
    if (sign === '"') isInside = !isInside;
    if (sign === ':' && !isInside) return [...line].slice(0, at).join('').length;
  }
  throw new Error(`no colon in ${line.slice(0, 80)}`);
}

function fromQuotedPrintable(value: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < value.length; at += 1) {
    const code = /^=([0-9A-F]{2})/i.exec(value.slice(at, at + 3))?.[1];
    if (code === undefined) bytes.push(...Buffer.from(value.charAt(at)));
    else {
      bytes.push(Number.parseInt(code, 16));
      at += 2;
    }
  }
  return Buffer.from(bytes).toString('utf8');
}

/** As text of several lines; with `parts`, of each of several values between semicolons or commas. */
export const plainText = (value: string, generation: Generation): string =>
  generation === 'old'
    ? value.replace(/\\([;:\\,])/g, '$1').replace(/\r\n|\r/g, '\n')
    : value.replace(/\\([nN;,:\\])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));

/** The values of a structured one, each as text. */
export function partsOf(value: string, generation: Generation, separator: ';' | ',' = ';'): string[] {
  const parts = [''];
  for (let at = 0; at < value.length; at += 1) {
    const sign = value.charAt(at);
    if (sign === '\\' && at + 1 < value.length) {
      parts[parts.length - 1] += value.slice(at, at + 2);
      at += 1;
    } else if (sign === separator) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => plainText(part, generation));
}

/** A line with a text as its value. `head`: name and parameters. */
export function textLine(generation: Generation, head: string, ...parts: readonly string[]): string {
  if (generation === 'new') return `${head}:${parts.map(escaped).join(';')}`;
  const value = parts.map((part) => part.replace(/;/g, parts.length > 1 ? '\\;' : ';')).join(';');
  const isPlain = /^[ -<>-~]*$/.test(value);
  return isPlain
    ? `${head}:${value}`
    : `${head};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${quotedPrintable(value)}`;
}

export const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\n/g, '\\n');

/** The most signs of a line before a soft break. */
const QUOTED_ROW = 66;

/** In rows with soft breaks between them, none of which parts the signs of a byte. */
function quotedPrintable(value: string): string {
  const rows = [''];
  for (const byte of Buffer.from(value.replace(/\n/g, '\r\n'))) {
    const isPlain = byte > 32 && byte < 127 && byte !== 61;
    const sign = isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    const row = rows.at(-1) ?? '';
    if (row.length + sign.length > QUOTED_ROW) rows.push(sign);
    else rows[rows.length - 1] = row + sign;
  }
  return rows.join('=\r\n');
}

/** An object of these lines. Long lines of the new generation are folded. */
export const objectOf = (generation: Generation, name: string, lines: readonly string[]): string =>
  [`BEGIN:${name}`, ...lines, `END:${name}`]
    .map((line) => (generation === 'new' && !line.includes('\r\n') ? folded(line) : line))
    .join('\r\n')
    .concat('\r\n');

/** By characters: no program of today cuts one in two. */
function folded(line: string): string {
  const signs = [...line];
  const rows: string[] = [];
  for (let at = 0; at < signs.length; at += 70) rows.push(signs.slice(at, at + 70).join(''));
  return rows.join('\r\n ');
}

/** The first line of this name. */
export const lineIn = ({ lines }: Part, name: string): Line | undefined =>
  lines.find((line) => line.name === name);
export const linesIn = ({ lines }: Part, name: string): Line[] => lines.filter((line) => line.name === name);
/** The value of the first line of this name, as text. */
export const textIn = (part: Part, name: string, generation: Generation): string | undefined => {
  const line = lineIn(part, name);
  return line && plainText(line.value, generation);
};
