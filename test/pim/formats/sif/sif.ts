/** SIF in tests: documents, and items as lines. */

import { ALL } from '../../../../lib/pim/device/capabilities.ts';
import { readItem, writeItem } from '../../../kit/items.ts';

export const [C, E, T, N] = ['c', 'e', 't', 'n'].map((letter) => `text/x-s4j-sif${letter}`) as [
  string,
  string,
  string,
  string,
];
export const xml = (root: string, fields: { readonly [name: string]: string }): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('\n')}</${root}>`;
/** Lines of the stored form, folds undone, without the frame. */
export const linesOf = (body: string): string[] =>
  body
    .replace(/\r\n /g, '')
    .split('\r\n')
    .filter((line) => line !== '' && !/^(BEGIN|END):VC|^VERSION:|^X-SIF-SIFVERSION/.test(line));
export const stored = (type: string, root: string, fields: { readonly [name: string]: string }): string[] =>
  linesOf(readItem(type, xml(root, fields)).body);
/** Fields that a stored item is written with. */
export const written = (type: string, lines: readonly string[], utc = true): { [name: string]: string } => {
  const frame = type === C ? ['VCARD', '3.0'] : ['VCALENDAR', '2.0'];
  const item = readItem(
    type === C ? 'text/vcard' : 'text/calendar',
    [`BEGIN:${frame[0]}`, `VERSION:${frame[1]}`, ...lines, `END:${frame[0]}`, ''].join('\r\n'),
  );
  const { body } = writeItem(item, { type }, { ...ALL, utc });
  return Object.fromEntries(
    [...body.matchAll(/<(\w+)(?: [^>]*)?>([^<\n]+)<\/\1>/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
};
export const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
