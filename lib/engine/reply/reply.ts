/**
 * Puts a reply together: its header, the commands that fit the client's MaxMsgSize, CmdIDs [SP11 2.9, P12, P13, P23].
 */

import type { StatusCode } from '../../message/codes.ts';
import type {
  Chal,
  Command,
  Cred,
  Message,
  MessageItem,
  Sync,
  SyncHdr,
  Version,
  Wire,
} from '../../message/model.ts';
import { commandSize, headerSize } from '../../message/serialize/measure.ts';
import { statusFor } from '../context/answers.ts';
import type { Request } from '../io/request.ts';
import { MAX_MSG_SIZE, MAX_OBJ_SIZE, messageLimit } from '../model/limits.ts';
import type { Sent } from '../model/session-state.ts';

export interface ReplyOptions {
  readonly version: Version;
  readonly respURI?: string;
  readonly code: StatusCode;
  readonly chal?: Chal;
  readonly items?: readonly MessageItem[];
  /** The server's own credentials (U27). */
  readonly cred?: Cred;
}

/** The header of the reply: the client's Target and Source exchanged, its SessionID and version (H02, H06, H09). */
function replyHeader(request: Request, { version, respURI, cred }: ReplyOptions): SyncHdr {
  const { header } = request.message;
  return {
    verDTD: version,
    verProto: `SyncML/${version}`,
    sessionId: header.sessionId,
    msgId: header.msgId ?? 1,
    target: header.source,
    source: { uri: header.target.uri || request.endpoint },
    ...(respURI !== undefined && { respURI }),
    ...(cred && { cred }),
    meta: { maxMsgSize: MAX_MSG_SIZE, ...(version !== '1.0' && { maxObjSize: MAX_OBJ_SIZE }) },
  };
}

/** A command of the reply that has no CmdID yet. The session keeps `sent` under the CmdID until the Status comes. */
interface Draft {
  readonly command: Command;
  readonly sent?: Sent;
  readonly children?: Draft[];
}

/** A reply that is being put together. It takes commands as long as they fit. */
export class Reply {
  private readonly header: SyncHdr;
  private readonly drafts: Draft[] = [];
  private readonly wire: Wire;
  private readonly version: Version;
  private left: number;
  private readonly capacity: number;

  constructor(request: Request, options: ReplyOptions, maxMsgSize: number | undefined) {
    this.wire = request.wire;
    this.version = options.version;
    this.header = replyHeader(request, options);
    this.left = messageLimit(maxMsgSize) - headerSize(this.header, this.wire, this.version);
    const status = headerStatus(request, options);
    if (request.message.header.noResp !== true) this.push({ command: status }, this.size(status));
    this.capacity = this.left;
  }

  /** Bytes left for commands. */
  get room(): number {
    return this.left;
  }
  /** Bytes for commands in a message that holds only the Status of the header. */
  get emptyRoom(): number {
    return this.capacity;
  }
  get isEmpty(): boolean {
    return this.left === this.capacity;
  }
  /** Does the message hold a change of an item? */
  get hasChanges(): boolean {
    return this.drafts.some((draft) => draft.children !== undefined && draft.children.length > 0);
  }

  size(command: Command): number {
    return commandSize({ ...command, cmdId: '99999' }, this.wire, this.version);
  }

  /** Adds the command if it fits, or if the message is empty, because no other message has more room. */
  offer(command: Command, sent?: Sent): boolean {
    const size = this.size(command);
    if (size > this.left && !this.isEmpty) return false;
    this.push({ command, ...(sent && { sent }) }, size);
    return true;
  }

  /** Opens a Sync, to which `offerInside` adds commands; undefined when an empty Sync does not fit. */
  open(sync: Sync): Draft | undefined {
    const size = this.size(sync);
    if (size > this.left && !this.isEmpty) return undefined;
    const draft = { command: sync, children: [] };
    this.push(draft, size);
    return draft;
  }

  offerInside(open: Draft, command: Command, sent: Sent): boolean {
    const size = this.size(command);
    if (size > this.left) return false;
    this.left -= size;
    open.children?.push({ command, sent });
    return true;
  }

  private push(draft: Draft, size: number): void {
    this.left -= size;
    this.drafts.push(draft);
  }

  /** The message, with CmdIDs in document order, and the commands that wait for a Status, by `MsgID.CmdID`. */
  finish(final: boolean): { message: Message; sent: { [key: string]: Sent } } {
    const sent: { [key: string]: Sent } = {};
    let last = 0;
    const number = (draft: Draft): Command => {
      last += 1;
      const cmdId = String(last);
      if (draft.sent !== undefined) sent[`${this.header.msgId}.${cmdId}`] = draft.sent;
      const command = { ...draft.command, cmdId };
      return draft.children === undefined
        ? command
        : ({ ...command, commands: draft.children.map(number) } as Sync);
    };
    return { message: { header: this.header, commands: this.drafts.map(number), final }, sent };
  }
}

/** The Status for SyncHdr, always the first command (P12, P16, P17). */
function headerStatus(request: Request, options: ReplyOptions): Command {
  const { header } = request.message;
  return {
    name: 'Status',
    cmdId: '',
    msgRef: String(header.msgId ?? 0),
    cmdRef: '0',
    cmd: 'SyncHdr',
    targetRefs: [header.target.uri],
    sourceRefs: [header.source.uri],
    ...(options.chal && { chal: options.chal }),
    code: options.code,
    ...(options.items && { items: options.items }),
  };
}

/** A reply that executes nothing: one Status for each command received, and Final (U13, U14, C.1). */
export function refusal(request: Request, options: ReplyOptions): Message {
  const reply = new Reply(request, options, request.message.header.meta?.maxMsgSize);
  const refuse = (command: Command): void => {
    if (command.name === 'Status') return;
    const status = statusFor(request.message, command, options.code);
    if (status !== undefined) reply.offer(status);
    if ('commands' in command) command.commands.forEach(refuse);
  };
  request.message.commands.forEach(refuse);
  return reply.finish(true).message;
}
