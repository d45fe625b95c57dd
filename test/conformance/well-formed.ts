/** What every reply must keep, whatever the transcript says [RP12 6.1.4, 6.4.1; P12, P14, P16, P21; H01-H09]. */
import { decode } from '../../lib/codec/codec.ts';
import type { Command, Message } from '../../lib/message/model.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import type { Exchange, Session } from '../kit/session.ts';
import { answerable } from './client-commands.ts';

/** What the tester sent in a session and waits for, by `MsgID.CmdID`. */
export type Waiting = Map<string, { readonly name: string; answered: boolean }>;

export function noteSent(session: Session, waiting: Waiting): void {
  const { header, commands } = parseMessage(decode(session.lastBytes, session.wire).root);
  waiting.set(`${header.msgId}.0`, { name: 'SyncHdr', answered: false });
  for (const { name, cmdId } of answerable(commands))
    waiting.set(`${header.msgId}.${cmdId}`, { name, answered: false });
}

/** What is wrong with the reply to the session's last message. */
export function faultsOf(session: Session, { http, reply }: Exchange, waiting: Waiting): string[] {
  const { header, commands } = reply;
  const { msgId, version, options } = session;
  const first = commands[0];
  const all = everything(commands);
  const ids = all.map(({ cmdId }) => cmdId);
  const claims: readonly (readonly [boolean, string])[] = [
    [http.headers['content-type']?.startsWith('application/vnd.syncml+xml') === true, 'Content-Type'],
    [header.verDTD === version && header.verProto === `SyncML/${version}`, 'VerDTD and VerProto are echoed'],
    [header.sessionId === options.sessionId, 'SessionID is echoed'],
    [header.msgId === msgId, 'MsgID counts up from 1'],
    [header.target.uri === options.device, 'Target is the client'],
    [new Set(ids).size === ids.length && ids.every((id) => /^[1-9]\d*$/.test(id)), 'CmdIDs are unique'],
    [all.every(({ fault }) => fault === undefined), 'each command is complete'],
    [
      first?.name === 'Status' && first.cmdRef === '0' && isFor(first.msgRef, msgId),
      'SyncHdr is answered first',
    ],
  ];
  return [
    ...claims.flatMap(([holds, what]) => (holds ? [] : [`not so: ${what}`])),
    ...wrongStatuses(commands, waiting),
  ];
}

const isFor = (msgRef: string, msgId: number): boolean => msgRef === String(msgId);

const everything = (commands: readonly Command[]): Command[] =>
  commands.flatMap((command) =>
    'commands' in command ? [command, ...everything(command.commands)] : [command],
  );

/** Each Status names a command that was sent, by its right name. */
function wrongStatuses(commands: Message['commands'], waiting: Waiting): string[] {
  return commands.flatMap((command) => {
    if (command.name !== 'Status') return [];
    const sent = waiting.get(`${command.msgRef}.${command.cmdRef}`);
    if (sent?.name !== command.cmd)
      return [`a Status for ${command.cmd} ${command.msgRef}.${command.cmdRef}, which was not sent`];
    sent.answered = true;
    return [];
  });
}

/** At the end of a session nothing may be unanswered. */
export const unanswered = (waiting: Waiting): string[] =>
  [...waiting].filter(([, sent]) => !sent.answered).map(([ref, { name }]) => `no Status for ${name} ${ref}`);
