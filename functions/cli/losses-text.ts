/** What a device does not hold, for a terminal. */
import type { DatastoreLosses, FieldLoss } from '../../lib/app/losses.ts';

const WHY: { readonly [reason in FieldLoss['reason']]: string } = {
  format: 'its format cannot say it',
  'not-listed': 'the device does not list it',
  'too-many': 'the device takes fewer of them',
  cut: 'cut at the length that the device takes',
  'not-taken': 'too long, or a value that the device does not take',
};

const number = (n: number): string => n.toLocaleString('en');
const counted = (n: number, word: string): string => `${number(n)} ${word}${n === 1 ? '' : 's'}`;

export function lossesText(device: string, datastores: readonly DatastoreLosses[]): string {
  const parts = datastores.map((one) => [headOf(one), ...linesOf(one)].join('\n'));
  return `${device} does not hold of each item what is listed here; on the server, and on devices that can, it stays.\n\n${parts.join('\n\n')}`;
}

const headOf = ({ datastore, items, formats }: DatastoreLosses): string =>
  `${datastore}: ${counted(items, 'item')}${formats.length === 0 ? '' : ` as ${formats.join(', ')}`}`;

function linesOf({ items, notTaken, fields }: DatastoreLosses): string[] {
  const refused = notTaken === 0 ? [] : [`  ${counted(notTaken, 'item')} in no format that the device takes`];
  const width = Math.max(0, ...fields.map(({ field }) => field.length));
  const rows = fields.map(
    ({ field, reason, items: n, values }) =>
      `  ${field.padEnd(width)}  ${counted(n, 'item').padEnd(12)} ${counted(values, 'value').padEnd(13)} ${WHY[reason]}`,
  );
  return items > 0 && rows.length + refused.length === 0 ? ['  nothing is lost'] : [...refused, ...rows];
}
