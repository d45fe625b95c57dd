/**
 * What one message of the client is answered with, in order: Statuses, Results and Alerts. Commands say here what they
 * answer; respond.ts puts that into the reply, where it gets CmdIDs. What does not fit the reply waits for the next
 * message.
 */
import { Status, type StatusCode } from '../../message/codes.ts';
import type { Command, Fault, Message, MessageItem, StatusCommand } from '../../message/model.ts';
import type { KnownDevice } from '../device/known-device.ts';
import type { SessionState } from '../model/session-state.ts';
import { traitsOf } from '../state/sync-kind.ts';

export type Answerable = Exclude<Command, StatusCommand>;

/**
 * The Status of a command; undefined when the client wants none (H16, H17), or the command has no CmdID (P14, P16).
 */
export function statusFor(
  { header }: Message,
  command: Answerable,
  code: StatusCode,
): StatusCommand | undefined {
  if (command.cmdId === '' || command.noResp === true || header.noResp === true) return undefined;
  return {
    name: 'Status',
    cmdId: '',
    msgRef: String(header.msgId ?? 0),
    cmdRef: command.cmdId,
    cmd: command.name === 'Unknown' ? (command.element ?? 'Unknown') : command.name,
    code,
  };
}

export interface Refs {
  readonly target?: string;
  readonly source?: string;
}

/** The addresses that a Status copies from an item (P17). */
export const itemRefs = (item: MessageItem): Refs => ({
  ...(item.target && { target: item.target.uri }),
  ...(item.source && { source: item.source.uri }),
});

/** Commands that bring items of the client. If one is refused, the list of the client's items has a gap (Y20). */
const LISTS: readonly string[] = ['Sync', 'Add', 'Replace', 'Copy', 'Move', 'Atomic', 'Sequence'];
const CHANGES: readonly string[] = ['Add', 'Replace', 'Delete', 'Copy'];

/** Whom the answers go to. */
interface Addressee {
  readonly message: Message;
  readonly session: SessionState;
  readonly device: KnownDevice;
}

export class Answers {
  private readonly to: Addressee;
  private readonly commands: Command[];
  private refused = 0;

  /** `before`: answers to the message that is carried out before this one. */
  constructor(to: Addressee, before: readonly Command[] = []) {
    this.to = to;
    this.commands = [...before];
  }

  get all(): readonly Command[] {
    return this.commands;
  }

  /** Commands and items of the message that were refused. */
  get refusals(): number {
    return this.refused;
  }

  say(...commands: readonly Command[]): void {
    this.commands.push(...commands);
  }

  /** Answers a command by a Status, unless the client wants none. */
  status(command: Answerable, code: StatusCode, refs: Refs & { items?: readonly MessageItem[] } = {}): void {
    if (code >= 400 && code !== Status.serverWins) this.noteRefusal(command.name);
    if (this.isUnwanted(command, code)) return;
    const status = statusFor(this.to.message, command, code);
    if (status === undefined) return;
    this.say({
      ...status,
      ...(refs.target !== undefined && { targetRefs: [refs.target] }),
      ...(refs.source !== undefined && { sourceRefs: [refs.source] }),
      ...(refs.items && { items: refs.items }),
    });
  }

  /** Answers a command that could not be read. The Item of the Status says what is wrong (C24). */
  fault(command: Answerable, { status, text }: Fault): void {
    const code = status === 412 ? Status.incomplete : Status.badRequest;
    this.status(command, code, { items: [{ data: text }] });
  }

  /** Answers a command that is not carried out, and all commands inside it. */
  refuseNested(command: Command, code: StatusCode): void {
    if (command.name === 'Status') return;
    this.status(command, code);
    if (!('commands' in command)) return;
    for (const child of command.commands) this.refuseNested(child, code);
  }

  /** Removes all answers after the first `count`, and returns them. */
  takeFrom(count: number): readonly Command[] {
    return this.commands.splice(count);
  }

  /** Returns a function that restores the answers as they are now. Refusals stay counted. */
  savepoint(): () => void {
    const { length } = this.commands;
    return () => {
      this.commands.length = length;
    };
  }

  private noteRefusal(name: string): void {
    this.refused += 1;
    if (!LISTS.includes(name)) return;
    for (const datastore of this.to.session.datastores)
      if (traitsOf(datastore).isCompared) datastore.incoming.hasGaps = true;
  }

  /** E03: a device that cannot take many Statuses gets none for changes that succeeded. */
  private isUnwanted(command: Answerable, code: StatusCode): boolean {
    const succeeded = code === Status.ok || code === Status.itemAdded;
    return succeeded && CHANGES.includes(command.name) && this.to.device.options.omitItemStatuses === true;
  }
}
