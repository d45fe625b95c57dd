/**
 * Sizes of parts of a message before it is written, so that it keeps to MaxMsgSize (H18).
 *
 * Owns: the sums. Must not know: what is left out when a message is full.
 */
import { encode, encodedSize } from '../../codec/codec.ts';
import type { Command, SyncHdr, Version, Wire } from '../model.ts';
import { serializeCommand, serializeMessage } from './message.ts';

/** Bytes of one command in a body. */
export const commandSize = (command: Command, wire: Wire, version: Version): number =>
  encodedSize(serializeCommand(command, version), wire, version);

/**
 * Bytes of a message without commands: prolog, SyncHdr, SyncBody and Final. With the `commandSize` of each
 * command added this is an upper bound of the message.
 */
export const headerSize = (header: SyncHdr, wire: Wire, version: Version): number =>
  encode(serializeMessage({ header, commands: [], final: true }, version), wire, version).length;
