/** Every limit of the engine, in bytes, items or seconds; one place for each. */

/** MaxMsgSize that the server announces (H19), and that it assumes of a client that announces none. */
export const MAX_MSG_SIZE = 150_000;
/**
 * The least MaxMsgSize: a client that announces less is treated as if it had announced this, because Statuses must fit.
 */
export const MIN_MSG_SIZE = 2_000;
/** Bytes of a message to a client that announced this MaxMsgSize. */
export const messageLimit = (announced: number | undefined): number =>
  Math.max(MIN_MSG_SIZE, Math.min(announced ?? MAX_MSG_SIZE, MAX_MSG_SIZE));
/** MaxObjSize that the server announces (L01): one object with its version must fit a transaction. */
export const MAX_OBJ_SIZE = 3_000_000;
/** Bytes of the longest LUID and anchor; longer ones are refused (414, 400). */
export const MAX_LUID = 512;
export const MAX_ANCHOR = 512;
/** Characters of the largest device information that is kept, as JSON. */
export const MAX_DEVINF = 300_000;
/**
 * Items that may be left to send again in the next session. With more of them the session does not move the anchors.
 */
export const MAX_DUE = 8_000;
/** Commands sent in a session without Status or Map before the package is ended. */
export const MAX_OUTSTANDING = 10_000;
/** Windows of the log, and read-aheads of items, that one message looks through. */
export const MAX_WINDOWS = 15;
export const MAX_READ_AHEADS = 3;
/** A large object is begun only if the message has room for this many bytes of it. */
export const MIN_CHUNK = 1_000;
/**
 * Bytes of the largest packed text that lies in the item's row, so that the row is read for one unit. A larger text lies
 * in part rows of its own (docs/adr/0017).
 */
export const BODY_IN_ROW = 3_500;
/** Bytes of the texts in part rows that are read ahead in one round for an outgoing message, and for all of it. */
export const ROUND_TEXTS = 4_000_000;
export const MESSAGE_TEXTS = 8_000_000;
/** Bytes of the texts in part rows that the changes of one message are merged with. */
export const MERGED_TEXTS = 48_000_000;
/** Bytes of a text in one part row, before it is packed. */
export const BODY_PART = 250_000;
/**
 * Rows and bytes of items in one transaction. The rows from here to 100 are for commit, head, session, reply, anchors.
 */
export const TRANSACTION_ROWS = 84;
export const TRANSACTION_BYTES = 3_200_000;
/** Bytes of the largest packed answer that lies in the row with its MsgID. A larger one has a row of its own. */
export const REPLY_IN_ROW = 16_000;
/** Atomics of one message that are carried out. Each of them costs a copy of all that was decided before. */
export const MAX_ATOMICS = 500;
/** Bytes of the match index in one row, before it is packed. */
export const INDEX_BYTES = 300_000;
/** Room for the rest of the message beside the Statuses of an Atomic, bytes. */
export const ATOMIC_MARGIN = 1_000;
/** Items read ahead for one outgoing message: bytes of budget per item. */
export const READ_AHEAD_BYTES = 500;

/** A session without a message for so long is over; the record of a 1.2 session stays longer, for a resume (P43). */
export const SESSION_SECONDS = 24 * 3600;
export const RESUME_SECONDS = 30 * 24 * 3600;
export const VERSION_SECONDS = 30 * 24 * 3600;
export const LOG_SECONDS = 180 * 24 * 3600;
/** How long a row is kept for a device that was challenged and never authenticated. */
export const CHALLENGE_SECONDS = 7 * 24 * 3600;
/** Consecutive Alert 222 without anything else from a client before the package is ended (P37). */
export const MAX_EMPTY_REQUESTS = 3;
