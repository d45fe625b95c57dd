import type { Message } from '../../message/model.ts';
import type { SessionState } from '../model/session-state.ts';

/** Notes what a message of the client says of its limits, in bytes (H18): they hold until it says something else. */
export function takeLimits(state: SessionState, { header: { meta } }: Message): void {
  if (meta?.maxMsgSize !== undefined) state.maxMsgSize = meta.maxMsgSize;
  if (meta?.maxObjSize !== undefined) state.maxObjSize = meta.maxObjSize;
}
