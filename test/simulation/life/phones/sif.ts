/** SIF, the XML of Outlook's plug-ins: fields of one level, but for the dates of a series and its zone. */

export interface Field {
  readonly name: string;
  readonly value: string;
}

const ENTITIES: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const plainOf = (text: string): string =>
  /^\s*</.test(text) ? text : Buffer.from(text, 'base64').toString('utf8');

/** All fields without fields inside, in their order. A document may come in base64, as such plug-ins send it themselves. */
export function readFields(text: string): Field[] {
  return [...plainOf(text).matchAll(/<(\w+)(?: [^>]*)?>([^<]*)<\/\1>/g)].map(([, name = '', value = '']) => ({
    name,
    value: unescaped(value),
  }));
}

/**
 * A document that comes in the place of another one. The plug-ins change only the fields that they find: what is to be gone has
 * to come as an empty field. Fields inside of others count by themselves.
 */
export function overDocument(text: string, before: string): string {
  const found = new Set(readFields(text).map(({ name }) => name));
  const left = readFields(before).filter(({ name, value }) => value !== '' && !found.has(name));
  const plain = plainOf(text);
  const at = plain.lastIndexOf('</');
  return `${plain.slice(0, at)}${left.map(({ name, value }) => element(name, value)).join('\n')}\n${plain.slice(at)}`;
}

const unescaped = (value: string): string =>
  value
    .replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) =>
      name.startsWith('#')
        ? String.fromCodePoint(Number(name.slice(1).replace(/^x/i, '0x')))
        : (ENTITIES[name] ?? whole),
    )
    .replace(/\r\n?/g, '\n');

/** A field with a value. A plug-in writes the fields that are empty, too. */
export const element = (name: string, value = ''): string =>
  `<${name}>${value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}</${name}>`;

export const documentOf = (root: string, elements: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>\n<SIFVersion>1.1</SIFVersion>\n${elements.join('\n')}\n</${root}>`;
