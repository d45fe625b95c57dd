/** The form of a change that goes to the client. */
import type { Change, Command } from '../message/model.ts';
import type { Item } from './records.ts';
import type { Sent } from './state.ts';

/** Puts a command into the open Sync if it fits; it then waits for its Status. */
export type Offer = (command: Command, sent: Omit<Sent, 'd'>) => boolean;

/** C33, C34: an Add names our GUID, a Replace the client's LUID, both the content type. */
export const itemCommand = (
  op: 'add' | 'replace',
  item: Item,
  luid: string | undefined,
  data: string,
): Change => ({
  name: op === 'add' ? 'Add' : 'Replace',
  cmdId: '',
  meta: { type: item.content?.type ?? 'text/plain' },
  items: [op === 'add' ? { source: { uri: item.guid }, data } : { target: { uri: luid ?? '' }, data }],
});
