/**
 * Message -> element tree, strictly by the DTD of the version (H01, Q03).
 *
 * Owns: the frame of a message. Must not know: behaviour, wires, sizes.
 */
import type { Element, Version } from '../../codec/tree.ts';
import type { Message, SyncHdr } from '../model.ts';
import { serializeCommand } from './command.ts';
import { serializeLocation } from './item.ts';
import { credOf, metaOf } from './meta.ts';
import { writerOf } from './write.ts';

export { serializeCommand };

const { flag, leaf, leaves, parent } = writerOf('syncml');

/** [RP12 6.2.2] VerDTD and VerProto are written as they stand in the header. */
function serializeHeader(header: SyncHdr, version: Version): Element {
  return parent('SyncHdr', [
    leaf('VerDTD', header.verDTD),
    leaf('VerProto', header.verProto),
    leaf('SessionID', header.sessionId),
    ...leaves('MsgID', header.msgId),
    serializeLocation('Target', header.target, version),
    serializeLocation('Source', header.source, version),
    ...leaves('RespURI', header.respURI),
    ...flag('NoResp', header.noResp),
    ...credOf(header.cred, version),
    ...metaOf(header.meta, version),
  ]);
}

/** The document of a message, with elements of `version` and older only. */
export function serializeMessage(message: Message, version: Version): Element {
  return parent('SyncML', [
    serializeHeader(message.header, version),
    parent('SyncBody', [
      ...message.commands.map((command) => serializeCommand(command, version)),
      ...flag('Final', message.final),
    ]),
  ]);
}
