/** Every limit of the engine, in bytes, items or seconds; one place for each. */

/** MaxMsgSize that we announce (H19), and what we assume of a client that announces none. */
export const MAX_MSG_SIZE = 150_000;
/** A client that announces less than this is treated as if it had announced this: statuses must fit. */
export const MIN_MSG_SIZE = 2_000;
/** MaxObjSize that we announce (L01): one object with its version must fit a transaction. */
export const MAX_OBJ_SIZE = 3_000_000;
/** Below this rest of a message no chunk of a large object is begun. */
export const MIN_CHUNK = 1_000;
/** A body above this is split into part rows. */
export const BODY_PART = 250_000;
/** Rows and bytes of one chunk (= one transaction); the rest up to 100 is for commit, head, session, reply, anchors. */
export const CHUNK_ROWS = 84;
export const CHUNK_BYTES = 3_200_000;
/** Entries of the match index in one row. */
export const INDEX_ENTRIES = 4_000;
/** Items read ahead for one outgoing message: bytes of budget per item. */
export const READ_AHEAD_BYTES = 500;

export const SESSION_SECONDS = 24 * 3600;
export const VERSION_SECONDS = 30 * 24 * 3600;
export const LOG_SECONDS = 180 * 24 * 3600;
/** A device row that only holds a challenge, before the device ever authenticated. */
export const CHALLENGE_SECONDS = 7 * 24 * 3600;
/** Consecutive Alert 222 without anything else from a client before the package is ended (P37). */
export const MAX_EMPTY_REQUESTS = 3;
