/** Items and merges in tests. */
import { readItem, type StoredItem } from '../../lib/pim/formats/registry.ts';
import { mergeEdit } from '../../lib/pim/merge/merge-item.ts';
import type { Winner } from '../../lib/pim/merge/sides.ts';

export const card = (...lines: readonly string[]): StoredItem =>
  readItem('text/vcard', ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n'));
/** Several events in one item. */
export const calendar = (...events: (readonly string[])[]): StoredItem =>
  readItem(
    'text/calendar',
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0'],
      ...events.flatMap((one) => ['BEGIN:VEVENT', ...one, 'END:VEVENT']),
      ...['END:VCALENDAR', ''],
    ].join('\r\n'),
  );
export const event = (...lines: readonly string[]): StoredItem => calendar(lines);
export const note = (body: string): StoredItem => ({ type: 'text/plain', body });
export const linesOf = ({ body }: StoredItem): string[] =>
  body
    .replace(/\r\n /g, '')
    .split('\r\n')
    .filter((line) => !/^(BEGIN|END|VERSION|$)/.test(line));

interface Past {
  readonly winner?: Winner;
  readonly view?: (item: StoredItem) => StoredItem;
  readonly unseen?: readonly string[];
}
export function merge(
  base: StoredItem | undefined,
  current: StoredItem,
  sent: StoredItem,
  { winner = 'client', view = (item) => item, unseen = [] }: Past = {},
) {
  const known = base && { item: base, seen: view(base) };
  return mergeEdit({ current, base: known, sent, held: 'all', unseen: new Set(unseen), winner });
}
