/** Items and merges in tests. */

import type { Capacities } from '../../../lib/pim/device/capacity.ts';
import type { Held, Winner } from '../../../lib/pim/merge/sides.ts';
import { mergeEdit, readItem, type TextItem } from '../../kit/items.ts';

export const card = (...lines: readonly string[]): TextItem =>
  readItem('text/vcard', ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n'));
/** Several events in one item. */
export const calendar = (...events: (readonly string[])[]): TextItem =>
  readItem(
    'text/calendar',
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0'],
      ...events.flatMap((one) => ['BEGIN:VEVENT', ...one, 'END:VEVENT']),
      ...['END:VCALENDAR', ''],
    ].join('\r\n'),
  );
export const event = (...lines: readonly string[]): TextItem => calendar(lines);
export const note = (body: string): TextItem => ({ type: 'text/plain', body });
export const linesOf = ({ body }: TextItem): string[] =>
  body
    .replace(/\r\n /g, '')
    .split('\r\n')
    .filter((line) => !/^(BEGIN|END|VERSION|$)/.test(line));

interface Past {
  readonly winner?: Winner;
  readonly view?: (item: TextItem) => TextItem;
  readonly unseen?: readonly string[];
  readonly held?: Held;
  readonly capacities?: Capacities;
}
export function merge(
  base: TextItem | undefined,
  current: TextItem,
  sent: TextItem,
  { winner = 'client', view = (item) => item, unseen = [], held = 'all', capacities }: Past = {},
) {
  const known = base && { item: base, seen: view(base) };
  return mergeEdit({ current, base: known, sent, held, capacities, unseen: new Set(unseen), winner });
}
