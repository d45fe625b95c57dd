/** Bytes as they come from a transport -> element tree -> message: codec/codec.ts, then parse/message.ts. */
import { decode } from '../codec/codec.ts';
import type { Message, Wire } from './model.ts';
import { parseMessage } from './parse/message.ts';

/** Reads a message. `charset`: from the transport (Q11). Throws CodecError or MessageError for other bytes (T22). */
export const readMessage = (bytes: Uint8Array, wire: Wire, charset?: string): Message =>
  parseMessage(decode(bytes, wire, undefined, charset).root);
