/** The sizes that a client takes: what its messages say of them is kept in the session. */
import type { Message } from '../../message/model.ts';
import type { SessionState } from '../model/session-state.ts';

/** Notes the client's limits in a message, in bytes (H18). They hold until a later message names others. */
export function takeLimits(state: SessionState, { header: { meta } }: Message): void {
  if (meta?.maxMsgSize !== undefined) state.maxMsgSize = meta.maxMsgSize;
  if (meta?.maxObjSize !== undefined) state.maxObjSize = meta.maxObjSize;
}
