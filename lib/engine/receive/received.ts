/** An item that a peer sent, and what became of it. */
import type { StatusCode } from '../../message/codes.ts';
import type { Content } from '../../pim/content.ts';
import type { Guid, Luid } from '../model/ids.ts';

/** An item that a peer sent. Both commands mean: the item's content is now this (C02, C03). */
export interface ReceivedItem {
  readonly name: 'Add' | 'Replace';
  readonly luid: Luid;
  readonly content: Content;
}

/** What became of a change. */
export interface Applied {
  readonly code: StatusCode;
  /** The peer is to be sent this item: it does not have the item as it is, and the log does not say so. */
  readonly send?: Guid;
  /**
   * The peer's change took the place of an earlier change of others, by its sequence: the peer is not sent that one.
   */
  readonly overtakes?: { readonly guid: Guid; readonly sequence: number };
}
