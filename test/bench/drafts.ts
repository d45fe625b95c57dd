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

const TYPES = {
  contacts: { type: 'text/vcard', version: '3.0' },
  calendar: { type: 'text/calendar', version: '2.0' },
} as const;
export type DatastoreName = keyof typeof TYPES;

/** A datastore at the server and at the device. */
export const placeOf = (name: DatastoreName): { target: Location; source: Location } => ({
  target: { uri: name },
  source: { uri: `./${name}` },
});

export const sync = (changes: readonly Change[], datastore: DatastoreName): Draft => ({
  name: 'Sync',
  ...placeOf(datastore),
  commands: changes.map((change) => commandOf(change, TYPES[datastore].type)),
});

function commandOf(change: Change, type: string): Draft {
  const source = { uri: change.luid };
  return change.op === 'Delete'
    ? { name: 'Delete', items: [{ source }] }
    : { name: change.op, meta: { type }, items: [{ source, data: change.data }] };
}

/** Device information of a phone with this datastore alone. */
export function putDevInf(device: string, datastore: DatastoreName): Draft {
  const base = devInf({ devId: device });
  const [rxPref, txPref] = [TYPES[datastore], TYPES[datastore]];
  const dataStores = base.dataStores.map((one) => ({ ...one, sourceRef: `./${datastore}`, rxPref, txPref }));
  return {
    name: 'Put',
    meta: { type: 'application/vnd.syncml-devinf+wbxml' },
    items: [{ source: { uri: './devinf12' }, data: { devInf: { ...base, dataStores } } }],
  };
}
