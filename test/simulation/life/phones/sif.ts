/** Fields of SIF, the XML of Outlook plug-ins, read and written as such a plug-in does. */

const ENTITIES: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The fields of an item, each text by its name. It comes in base64, as such plug-ins send it themselves. */
export function sifFields(sent: string): ReadonlyMap<string, string> {
  const text = sent.trimStart().startsWith('<') ? sent : Buffer.from(sent, 'base64').toString('utf8');
  const inside = /<(contact|appointment|task|note)>([\s\S]*)<\/\1>/.exec(text)?.[2];
  if (inside === undefined) throw new Error(`no item of SIF: ${text.slice(0, 80)}`);
  const fields = [...inside.matchAll(/<(\w+)>([^<]*)<\/\1>/g)];
  return new Map(fields.map(([, name = '', value = '']) => [name, unescaped(value)]));
}

const unescaped = (value: string): string =>
  value
    .replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) =>
      name.startsWith('#')
        ? String.fromCodePoint(Number(name.slice(1).replace(/^x/i, '0x')))
        : (ENTITIES[name] ?? whole),
    )
    .replace(/\r\n/g, '\n');

/** An item of these fields. A plug-in writes the fields that are empty, too. */
export const sifItem = (
  kind: 'contact' | 'appointment' | 'task' | 'note',
  fields: readonly (readonly [name: string, value: string | undefined])[],
): string =>
  [
    `<?xml version="1.0" encoding="UTF-8"?>\r\n<${kind}>`,
    ...fields.map(([name, value = '']) => `<${name}>${escapedXml(value)}</${name}>`),
    `</${kind}>`,
  ].join('');

const escapedXml = (value: string): string =>
  value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '\r\n');
