/** The form of a change that is sent to the client. */
import type { Command, ItemCommand } from '../../message/model.ts';
import type { FormattedItem } from '../../pim/device/format-item.ts';
import { isSif } from '../../pim/formats/sif/items.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import type { Luid } from '../model/ids.ts';
import type { Item } from '../model/records.ts';
import type { Sent } from '../model/session-state.ts';
import type { Reply } from '../reply/reply.ts';
import type { TextBudget } from './text-budget.ts';

/** Puts a command into the open Sync if it fits. The session then waits for its Status. */
export type Offer = (command: Command, sent: Omit<Sent, 'd'>) => boolean;

/** The open Sync of one datastore in the reply. */
export interface Sending {
  readonly sync: DatastoreSync;
  readonly reply: Reply;
  readonly offer: Offer;
  /** Of all datastores together. */
  readonly texts: TextBudget;
  /** A large object has ended in this message: nothing goes behind it. */
  readonly isClosed?: boolean;
}

/** The text of an item as the client gets it. */
export interface Text {
  readonly type: string;
  readonly data: string;
}

/** An item that is sent to the client; without a LUID if the client does not have it. */
export interface Outgoing {
  readonly item: Item;
  readonly op: 'add' | 'replace';
  readonly luid: Luid | undefined;
  /** An earlier session, which this one resumes, sent it, and the client did not answer. */
  readonly again?: boolean;
  readonly text: Text;
}

/** What the session keeps of a sent command until its Status comes. */
export const sentAs = ({
  item,
  op,
  luid,
}: Pick<Outgoing, 'item' | 'luid'> & { readonly op: Sent['op'] }): Omit<Sent, 'd'> => ({
  op,
  guid: item.guid,
  ...(luid !== undefined && { luid }),
});

/** The text of the Data. SIF is written as base64, because its clients want that (C32). */
export const dataOf = ({ type, body }: FormattedItem): string =>
  isSif(type) ? Buffer.from(body, 'utf8').toString('base64') : body;

interface ItemData {
  readonly type: string;
  /** In an Add the GUID, as long as the device can hold; in a Replace the client's LUID (C33, C34). */
  readonly name: string;
  readonly data: string;
  readonly size?: number;
  /** At which byte of the object the data begins, for a client that may hold a part of it (S16, E53). */
  readonly position?: number;
}

export const itemCommand = (
  op: 'add' | 'replace',
  { type, name, data, size, position }: ItemData,
): ItemCommand => ({
  name: op === 'add' ? 'Add' : 'Replace',
  cmdId: '',
  meta: {
    ...{ type, ...(isSif(type) && { format: 'b64' }), ...(size !== undefined && { size }) },
    ...(position !== undefined && { emi: [`datapos=${position}`] }),
  },
  items: [op === 'add' ? { source: { uri: name }, data } : { target: { uri: name }, data }],
});
