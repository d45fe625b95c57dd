/** The form of a change that goes to the client. */
import type { Command, ItemCommand } from '../../message/model.ts';
import type { FormattedItem } from '../../pim/device/format-item.ts';
import { isSif } from '../../pim/formats/sif/items.ts';
import type { Sent } from '../model/session-state.ts';

/** Puts a command into the open Sync if it fits; it then waits for its Status. */
export type Offer = (command: Command, sent: Omit<Sent, 'd'>) => boolean;

/** The text of the Data: clients of SIF want base64 (C32). */
export const dataOf = ({ type, body }: FormattedItem): string =>
  isSif(type) ? Buffer.from(body, 'utf8').toString('base64') : body;

/** C33, C34: an Add names our GUID (as the device can hold it), a Replace the client's LUID, both the content type. */
export const itemCommand = (
  op: 'add' | 'replace',
  type: string,
  name: string,
  data: string,
  size?: number,
): ItemCommand => ({
  name: op === 'add' ? 'Add' : 'Replace',
  cmdId: '',
  meta: { type, ...(isSif(type) && { format: 'b64' }), ...(size !== undefined && { size }) },
  items: [op === 'add' ? { source: { uri: name }, data } : { target: { uri: name }, data }],
});
