/** Commands as the scripted device writes them; CmdIDs are given when a message is put together. */
import { alertCode, statusCode } from '../../lib/message/codes.ts';
import type { Command, Location } from '../../lib/message/model.ts';
import { devInf } from '../kit/drafts.ts';
import type { Change } from './scripted-device.ts';

export type Draft = Command extends infer C
  ? C extends Command
    ? Omit<C, 'cmdId' | 'commands'> & { commands?: readonly Draft[] }
    : never
  : never;

/** CmdIDs in document order [RP12 6.1.4]. */
export function numbered(commands: readonly Draft[]): Command[] {
  let last = 0;
  const number = (draft: Draft): Command => {
    last += 1;
    const cmdId = String(last);
    const { commands: nested } = draft;
    return { ...draft, cmdId, ...(nested && { commands: nested.map(number) }) } as Command;
  };
  return commands.map(number);
}

export const status = (msgRef: string, cmd: string, cmdRef: string, code: number): Draft => ({
  name: 'Status',
  msgRef,
  cmdRef,
  cmd,
  code: statusCode(code),
});

export const nextMessage = (url: string, device: string): Draft => ({
  name: 'Alert',
  code: alertCode(222),
  items: [{ target: { uri: url }, source: { uri: device } }],
});

export const sync = (changes: readonly Change[], at: { target: Location; source: Location }): Draft => ({
  name: 'Sync',
  ...at,
  commands: changes.map(commandOf),
});

function commandOf(change: Change): Draft {
  const source = { uri: change.luid };
  return change.op === 'Delete'
    ? { name: 'Delete', items: [{ source }] }
    : { name: change.op, meta: { type: 'text/vcard' }, items: [{ source, data: change.data }] };
}

/** Device information of a phone with contacts. */
export const putDevInf = (device: string): Draft => ({
  name: 'Put',
  meta: { type: 'application/vnd.syncml-devinf+wbxml' },
  items: [{ source: { uri: './devinf12' }, data: { devInf: devInf({ devId: device }) } }],
});
