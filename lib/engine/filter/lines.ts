/**
 * The logical lines of a vCard, iCalendar, vCalendar or vNote as text: unfolded, each with the component it stands in.
 *
 * Owns: folding, quoted-printable, escapes. Must not know: what a property means. Text that is no vFormat gives lines
 * without names; nothing throws.
 */
export interface Line {
  /** As it stands in the body, folds and line end included: all `raw` joined are the body. */
  readonly raw: string;
  /** Upper case, without its group (`item1.TEL` is TEL); '' for what is no property. */
  readonly name: string;
  /** Parameters in upper case, from the first `;` on. */
  readonly params: string;
  readonly value: string;
  /** Components around the line, outermost first; the same array for all lines of one component. */
  readonly path: readonly string[];
  /** vCard 2.1 or vCalendar 1.0: folds keep their blank, only the semicolon is escaped. */
  readonly legacy: boolean;
}

const PROPERTY = /^([\w-]+\.)*([\w-]+)(;(?:"[^"]*"|[^":])*)?:/;
/** A property's first physical line; its parameters may go on in the next one. */
const BEGINS = /^([\w-]+\.)*[\w-]+[;:]/;
/** Components inside each other; what lies deeper counts as part of the last. */
const DEEPEST = 8;
const LEGACY = /^VERSION:(?:2\.1|1\.0)[ \t]*\r?$/im;
const QUOTED = /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE/i;

export function readLines(body: string): Line[] {
  const legacy = LEGACY.test(body);
  const lines: Line[] = [];
  /** Paths of the components that are open, the whole item's first. */
  const open: (readonly string[])[] = [[]];
  for (const raw of logical(body)) {
    const text = unfold(raw, legacy);
    const found = PROPERTY.exec(text);
    const name = (found?.[2] ?? '').toUpperCase();
    const value = text.slice(found?.[0].length ?? 0);
    const component = value.trim().toUpperCase();
    const outer = open.at(-1) ?? [];
    if (name === 'BEGIN' && outer.length < DEEPEST) open.push([...outer, component]);
    const path = open.at(-1) ?? [];
    lines.push({ raw, name, params: (found?.[3] ?? '').toUpperCase(), value, path, legacy });
    const closed = path.lastIndexOf(component);
    if (name === 'END' && closed >= 0) open.length = closed + 1;
  }
  return lines;
}

/**
 * Physical lines joined where a property goes on: a blank in front, a soft line break before, or nothing in it that
 * looks like a property (base64 of devices that do not indent it, the empty line behind it).
 */
function logical(body: string): string[] {
  const lines: string[][] = [];
  for (const line of body.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const last = lines.at(-1);
    const soft = last !== undefined && QUOTED.test(last[0] ?? '') && /=\r?\n$/.test(last.at(-1) ?? '');
    // A soft break before END is a device's mistake.
    const begins = BEGINS.test(line) && (!soft || /^END:/i.test(line));
    if (last === undefined || begins) lines.push([line]);
    else last.push(line);
  }
  return lines.map((parts) => parts.join(''));
}

function unfold(raw: string, legacy: boolean): string {
  let end = raw.length;
  while (raw[end - 1] === '\n' || raw[end - 1] === '\r') end--;
  const text = raw.slice(0, end);
  if (QUOTED.test(text)) return text.replace(/=\r?\n/g, '').replace(/\r?\n|=$/g, '');
  return legacy ? text.replace(/\r?\n/g, '') : text.replace(/\r?\n[ \t]?/g, '');
}

/** The value as a person reads it: quoted-printable decoded, escapes resolved. Base64 stays as it is. */
export function textOf({ value, params, legacy }: Line): string {
  const decoded = params.includes('QUOTED-PRINTABLE') ? quotedPrintable(value, params) : value;
  const text = legacy
    ? decoded.replace(/\\([;,\\])/g, '$1')
    : decoded.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
  return text.trim();
}

function quotedPrintable(value: string, params: string): string {
  const charset = /;CHARSET="?([^;:"]+)/.exec(params)?.[1] ?? 'utf-8';
  const decoder = decoderFor(charset);
  const decode = (text: string) => {
    const octets = text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number(`0x${hex}`)),
    );
    return decoder.decode(Buffer.from(octets, 'latin1'));
  };
  // The second octet of a character may stand unencoded (Shift_JIS), so ASCII text is decoded as a whole.
  return /^[ -~\t]*$/.test(value) ? decode(value) : value.replace(/(?:=[0-9a-f]{2})+/gi, decode);
}

function decoderFor(charset: string) {
  try {
    return new TextDecoder(charset.trim());
  } catch {
    return new TextDecoder('utf-8');
  }
}

const INNER = new Set(['VTIMEZONE', 'VALARM']);

/** Does the line belong to the item itself, not to an alarm, a time zone or a card inside a card? */
export const isOwn = ({ path }: Line): boolean =>
  !path.some((component, i) => INNER.has(component) || (component === 'VCARD' && i > 0));
