/**
 * Element tree -> message. Tolerant (Q01-Q12): every message that can be answered is read.
 *
 * Owns: the frame of a message, SyncHdr and SyncBody. Must not know: behaviour, wires.
 */
import type { Element } from '../../codec/tree.ts';
import type { Message, SyncHdr } from '../model.ts';
import { parseCommand } from './command.ts';
import { inherit } from './inherit.ts';
import { parseLocation } from './item.ts';
import { parseCred, parseMeta } from './meta.ts';
import { child, childrenNamed, defined, elements, flagIn, localNameOf, numberOf, textIn } from './read.ts';

/** The error of a document that cannot be answered as a message. `reason` quotes no content, so it can be shown. */
export class MessageError extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.name = 'MessageError';
    this.reason = reason;
  }
}

function parseHeader(el: Element): SyncHdr {
  const source = parseLocation(child(el, 'Source'));
  if (source === undefined || source.uri === '') throw new MessageError('SyncHdr has no Source LocURI');
  const sessionId = textIn(el, 'SessionID');
  if (sessionId === undefined || sessionId === '') throw new MessageError('SyncHdr has no SessionID');
  return defined<SyncHdr>({
    verDTD: textIn(el, 'VerDTD') ?? '',
    verProto: textIn(el, 'VerProto') ?? '',
    sessionId,
    msgId: numberOf(el, 'MsgID'),
    target: parseLocation(child(el, 'Target')) ?? { uri: '' },
    source,
    respURI: textIn(el, 'RespURI'),
    noResp: flagIn(el, 'NoResp'),
    cred: parseCred(child(el, 'Cred')),
    meta: parseMeta(child(el, 'Meta')),
  });
}

/**
 * The message of a decoded document.
 * @throws MessageError when there is no SyncML root or no SyncHdr with Source LocURI and SessionID (T22).
 */
export function parseMessage(root: Element): Message {
  if (localNameOf(root) !== 'syncml') throw new MessageError('the root is not SyncML');
  const header = child(root, 'SyncHdr');
  if (header === undefined) throw new MessageError('there is no SyncHdr');
  const bodies = childrenNamed(root, 'SyncBody');
  const commands = bodies.flatMap(elements).filter((el) => localNameOf(el) !== 'final');
  return {
    header: parseHeader(header),
    commands: commands.map((el) => inherit(parseCommand(el))),
    final: bodies.some((body) => flagIn(body, 'Final') === true),
  };
}
