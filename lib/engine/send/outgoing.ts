/** The form of a change that goes to the client. */
import type { Command, ItemCommand } from '../../message/model.ts';
import type { FormattedItem } from '../../pim/device/format-item.ts';
import { isSif } from '../../pim/formats/sif/items.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import type { Luid } from '../model/ids.ts';
import type { Item } from '../model/records.ts';
import type { Sent } from '../model/session-state.ts';
import type { Reply } from '../reply/reply.ts';

/** Puts a command into the open Sync if it fits; it then waits for its Status. */
export type Offer = (command: Command, sent: Omit<Sent, 'd'>) => boolean;

/** The open Sync of one datastore in the reply. */
export interface Sending {
  readonly sync: DatastoreSync;
  readonly reply: Reply;
  readonly offer: Offer;
}

/** An item on its way to the client; without a LUID the client does not have it. */
export interface Outgoing {
  readonly item: Item;
  readonly op: 'add' | 'replace';
  readonly luid: Luid | undefined;
}

/** What the session keeps of it until its Status comes. */
export const sentAs = ({
  item,
  op,
  luid,
}: Omit<Outgoing, 'op'> & { readonly op: Sent['op'] }): Omit<Sent, 'd'> => ({
  op,
  guid: item.guid,
  ...(luid !== undefined && { luid }),
});

/** The text of the Data: clients of SIF want base64 (C32). */
export const dataOf = ({ type, body }: FormattedItem): string =>
  isSif(type) ? Buffer.from(body, 'utf8').toString('base64') : body;

interface ItemData {
  readonly type: string;
  /** Our GUID in an Add (as the device can hold it), the client's LUID in a Replace (C33, C34). */
  readonly name: string;
  readonly data: string;
  readonly size?: number;
}

export const itemCommand = (op: 'add' | 'replace', { type, name, data, size }: ItemData): ItemCommand => ({
  name: op === 'add' ? 'Add' : 'Replace',
  cmdId: '',
  meta: { type, ...(isSif(type) && { format: 'b64' }), ...(size !== undefined && { size }) },
  items: [op === 'add' ? { source: { uri: name }, data } : { target: { uri: name }, data }],
});
