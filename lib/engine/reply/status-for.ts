/** The Status of a command, before it says anything of the command's items (P14, P16). */
import type { StatusCode } from '../../message/codes.ts';
import type { Command, Message, StatusCommand } from '../../message/model.ts';

export type Answerable = Exclude<Command, StatusCommand>;

/** Undefined when the sender asked for no response (H16, H17), or gave no CmdID that a Status could refer to. */
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
