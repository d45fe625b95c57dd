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
/**
 * MaxObjSize that the server announces (L01), bytes of an object as the client sends it, base64 decoded. As it is stored
 * it may be longer: lines are folded, commas escaped.
 */
export const MAX_OBJ_SIZE = 3_000_000;
/** Bytes of such an object in base64 with line breaks. */
export const MAX_ENCODED_SIZE = 1.4 * MAX_OBJ_SIZE;
/** Bytes of the longest LUID and anchor; longer ones are refused (414, 400). */
export const MAX_LUID = 512;
export const MAX_ANCHOR = 512;
/** Characters of the largest device information that is kept, as JSON. */
export const MAX_DEVINF = 300_000;
/**
 * Items that may be left to send again in the next session. With more of them the session does not move the anchors.
 */
export const MAX_DUE = 8_000;
/** How many of a device's sessions before this one are looked at for Adds that wait for their Map. */
export const MAX_SESSIONS_BACK = 5;
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
 * Work for one item and for all items of one message, in units of about a microsecond (docs/adr/0023). An item with more
 * work is refused, kept apart or not merged. The rest of the time of a message is for the store and for its answer.
 */
export const ITEM_WORK = 1_500_000;
export const MESSAGE_WORK = 8_000_000;
/**
 * Rows and bytes of items in one transaction. The rows from here to 100 are for commit, head and a row of the match
 * index in each of four datastores, and for session, reply, device, anchors.
 */
export const TRANSACTION_ROWS = 78;
export const TRANSACTION_BYTES = 3_200_000;
/** Bytes of the largest packed answer that lies in the row with its MsgID. A larger one has a row of its own. */
export const REPLY_IN_ROW = 16_000;
/** Atomics of one message that are carried out. Each of them costs a copy of all that was decided before. */
export const MAX_ATOMICS = 500;
/** When the entries of the match index in the newest commits have more bytes, they go into a row of the index. */
export const INDEX_TAIL_BYTES = 3_000;
/** Bytes of a row of the match index that is made of its own entries. */
export const INDEX_ROW_BYTES = 200_000;
/** Such rows in one transaction. */
export const INDEX_ROWS_TOGETHER = 8;
/** Items with a key that very many have: so many of them are looked at in one message. */
export const MAX_LOOKED_AT = 3_000;
/** LUIDs under which a peer may hold one item; and items of equal content that are looked at to find one with room for more. */
export const MAX_LUIDS = 20;
export const MAX_EQUAL_LOOKED_AT = 24;
/** The same for items that a peer may see so: a blocking key with more entries in the index says too little. */
export const MAX_SEEN_LOOKED_AT = 8;
export const MAX_KEY_ENTRIES = 100;
/** Items that one portion takes into a match index that is made anew. */
export const INDEX_PORTION = 500;
/** Room for the rest of the message beside the Statuses of an Atomic, bytes. */
export const ATOMIC_MARGIN = 1_000;
/** Bytes that an item is taken to have in an outgoing message before it is read. */
export const READ_AHEAD_BYTES = 500;
/** Items that are read ahead for an outgoing message if it is not known how many fit one. */
export const FIRST_READ_AHEAD = 100;
/**
 * Items in a page of a walk through all items: in the first one if nothing is known, at least, and at most. And how many
 * items one message walks past.
 */
export const FIRST_PAGE_ITEMS = 100;
export const LEAST_PAGE_ITEMS = 5;
export const MAX_PAGE_ITEMS = 1_000;
export const MAX_WALKED_ITEMS = 2_000;
/** Pages of one message. Some may be empty, where the store still has rows that have expired. */
export const MAX_PAGES = 10;
/** Items that one message deletes because the client did not name them. */
export const MAX_SWEPT_ITEMS = 400;

/** A session without a message for so long is over; the record of a 1.2 session stays longer, for a resume (P43). */
export const SESSION_SECONDS = 24 * 3600;
export const RESUME_SECONDS = 30 * 24 * 3600;
export const VERSION_SECONDS = 30 * 24 * 3600;
export const LOG_SECONDS = 180 * 24 * 3600;
/** The entries in the newest commits go into a row of the match index long before the commits expire. */
export const INDEX_TAIL_SECONDS = LOG_SECONDS / 2;
/** How long a row is kept for a device that was challenged and never authenticated. */
export const CHALLENGE_SECONDS = 7 * 24 * 3600;
/** Consecutive Alert 222 without anything else from a client before the package is ended (P37). */
export const MAX_EMPTY_REQUESTS = 3;
/** The same while the server owes the end of its own package, for example because a match index is being made. */
export const MAX_OWED_REQUESTS = 100;
