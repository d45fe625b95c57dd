/** Cards in every version, for tests of what each says in its own way. */

import type { Format } from '../../../../lib/pim/formats/registry.ts';
import { readItem, type TextItem } from '../../../kit/items.ts';

export const OLD: Format = { type: 'text/x-vcard', version: '2.1' };
export const THREE: Format = { type: 'text/vcard', version: '3.0' };
export const FOUR: Format = { type: 'text/vcard', version: '4.0' };
export const FORMATS = [OLD, THREE, FOUR];

export const card = ({ version }: Format, ...lines: readonly string[]): string =>
  ['BEGIN:VCARD', `VERSION:${version}`, 'N:A;B;;;', 'FN:B A', ...lines, 'END:VCARD', ''].join('\r\n');
export const read = (format: Format, ...lines: readonly string[]): TextItem =>
  readItem(format.type, card(format, ...lines));
/** Without the frame, folds undone. */
export const linesOf = ({ body }: TextItem): string[] =>
  body
    .replace(/\r\n /g, '')
    .split('\r\n')
    .filter((line) => line !== '' && !/^(BEGIN|END|VERSION|N|FN):/.test(line));
