/** How far the sending of a large object has come (L13, L17, L18). Other files note by name what happened to it. */
import type { Outbound, OutgoingState } from '../model/datastore-state.ts';
import type { Guid } from '../model/ids.ts';

type Sending = Pick<OutgoingState, 'object'>;

/** Is its last chunk sent? */
export const isAllSent = ({ sent, size }: Outbound): boolean => sent >= size;

/** Does a chunk wait for the client's answer? */
export const isUnanswered = ({ sent, confirmed }: Outbound): boolean => sent > confirmed;

/** The client has the chunk that was sent last, unless that ends the object: then only a Status says so. */
export function confirmChunk({ object }: Sending): void {
  if (object !== undefined && !isAllSent(object)) object.confirmed = object.sent;
}

/** The client lost the first part of the object: it gets the object from its beginning. */
export function beginAgain({ object }: Sending): void {
  if (object !== undefined && object.resumed !== true) Object.assign(object, { confirmed: 0, sent: 0 });
}

/** The client has answered the last chunk of the object. The object, if it was this one. */
export function endObject(outgoing: Sending, guid: Guid | undefined): Outbound | undefined {
  const { object } = outgoing;
  if (object === undefined || object.guid !== guid || !isAllSent(object)) return undefined;
  delete outgoing.object;
  return object;
}
