/** What the engine's tests do again and again: messages with any header, sessions step by step, a look at the store. */
import { decode, encode } from '../../lib/codec/codec.ts';
import type { Version, Wire } from '../../lib/codec/tree.ts';
import type { Guid } from '../../lib/engine/model/ids.ts';
import type { Item as StoredItem } from '../../lib/engine/model/records.ts';
import type { Command, Message, StatusCommand, Sync, SyncHdr } from '../../lib/message/model.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import type { Store, Write } from '../../lib/store/port/port.ts';
import { inventoryRanges } from '../../lib/store/rows/keys.ts';
import { itemFromRow } from '../../lib/store/rows/shapes.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { queryAll } from '../../lib/store/step-io/reader.ts';
import { wholeContents } from '../../lib/store/step-io/whole-contents.ts';
import { alert, devInf, map, putDevInf, sync } from '../kit/drafts.ts';
import { startServer, type TestServer, USER } from '../kit/server.ts';
import { type Draft, type Exchange, Session, type SessionOptions } from '../kit/session.ts';

/** Gives the commands their CmdIDs in document order. */
export function numbered(drafts: readonly Draft[]): Command[] {
  let next = 0;
  const number = (draft: Draft): Command => {
    next += 1;
    const command = { ...draft, cmdId: draft.cmdId ?? String(next) } as Command;
    return 'commands' in command ? { ...command, commands: command.commands.map((c) => number(c)) } : command;
  };
  return drafts.map(number);
}

export interface Letter {
  readonly header?: Partial<SyncHdr>;
  readonly commands?: readonly Draft[];
  readonly final?: boolean;
  readonly wire?: Wire;
  readonly version?: Version;
  /** What the typed model cannot say, done to the XML. */
  readonly edit?: (xml: string) => string;
  /** Where it goes, with its query. */
  readonly uri?: string;
}

/** One message with whatever header a test wants; the rest as a first message of a phone. */
export async function post(server: TestServer, letter: Letter = {}): Promise<Exchange> {
  const { commands = [], final = true, wire = 'xml', version = '1.2', edit, uri = server.url } = letter;
  const header: SyncHdr = {
    verDTD: version,
    verProto: `SyncML/${version}`,
    sessionId: '1',
    msgId: 1,
    target: { uri },
    source: { uri: 'phone-1', name: USER },
    ...letter.header,
  };
  const bytes = encode(
    serializeMessage({ header, commands: numbered(commands), final }, version),
    wire,
    version,
  );
  const body = edit === undefined ? bytes : Buffer.from(edit(Buffer.from(bytes).toString('utf8')), 'utf8');
  const query = uri.includes('?') ? Object.fromEntries(new URL(uri).searchParams) : {};
  const http = await server.post({
    body,
    query,
    headers: { 'content-type': `application/vnd.syncml+${wire}` },
  });
  if (http.status !== 200) return { http, reply: undefined as unknown as Message };
  return { http, reply: parseMessage(decode(http.body, wire).root) };
}

/** Credentials of the test's user; `type` and `format` as a client may leave them out. */
export const basicCred = (text = 'anna:secret', meta: { type?: string; format?: string } = {}) => ({
  ...(Object.keys(meta).length > 0 && { meta }),
  data: Buffer.from(text).toString('base64'),
});

export const statusesOf = (reply: Message): StatusCommand[] =>
  reply.commands.flatMap((command) => (command.name === 'Status' ? [command] : []));
export const syncsOf = (reply: Message): Sync[] =>
  reply.commands.flatMap((command) => (command.name === 'Sync' ? [command] : []));
/** The code for the n-th command of that name (by its Cmd) in the reply. */
export const codeOf = (reply: Message, cmd: string, n = 0): number | undefined =>
  statusesOf(reply).filter((status) => status.cmd === cmd)[n]?.code;
/** Codes for items by the LUID that their Status names. */
export const codesByLuid = (reply: Message): { [luid: string]: number } =>
  Object.fromEntries(
    statusesOf(reply).flatMap(({ sourceRefs, cmd, code }) =>
      ['Add', 'Replace', 'Delete'].includes(cmd) && sourceRefs?.[0] !== undefined
        ? [[sourceRefs[0], code]]
        : [],
    ),
  );

/** A server whose writes are seen, one after the other and as the transactions that they were. */
export async function watchedServer(options: Omit<Parameters<typeof startServer>[0], 'store'> = {}) {
  let clock = (): number => Date.UTC(2030, 0, 1);
  const store = sqliteStore({ file: ':memory:', now: () => clock() });
  const writes: Write[] = [];
  const transactions: (readonly Write[])[] = [];
  const watched: Store = {
    get: (keys) => store.get(keys),
    query: (range) => store.query(range),
    transact: async (batch) => {
      const done = await store.transact(batch);
      if (done !== 'committed') return done;
      writes.push(...batch);
      transactions.push(batch);
      return done;
    },
    close: () => store.close(),
  };
  const server: TestServer = await startServer({ store: watched, ...options });
  clock = () => server.time;
  writes.length = transactions.length = 0;
  return { server, writes, transactions };
}
export const tablesOf = (writes: readonly Write[]): string[] =>
  [...new Set(writes.map((write) => ('row' in write ? write.row.table : write.key.table)))].sort();

/** Live items of a datastore as the server holds them, with their texts. */
export async function liveItems(
  server: TestServer,
  datastore = 'contacts',
  user = USER,
): Promise<StoredItem[]> {
  const ranges = inventoryRanges({ user, datastore }).map((range) => queryAll(server.store, range));
  const items = (await Promise.all(ranges)).flat().map((row) => itemFromRow(row.sk.slice(2) as Guid, row));
  const live = items.flatMap((item) => (item.content ? [{ ...item, content: item.content }] : []));
  const contents = await wholeContents(server.store, { user, datastore }, live);
  return live.map((item, n) => ({ ...item, content: contents[n] ?? item.content }));
}
export const bodiesOf = async (server: TestServer, datastore = 'contacts', user = USER): Promise<string[]> =>
  (await liveItems(server, datastore, user))
    .map((item) => (item.content?.isWhole ? item.content.storedText : ''))
    .sort();

export interface Start extends SessionOptions {
  readonly code?: number;
  readonly datastore?: string;
  readonly last?: string;
  readonly next?: string;
  /** Device information to Put; false sends none. */
  readonly info?: ReturnType<typeof devInf> | false;
}

/** Packages #1 and #2. */
export async function begin(server: TestServer, start: Start = {}) {
  const { code = 201, datastore = 'contacts', last, next = 'n1', info = devInf(), ...options } = start;
  const session = new Session(server, options);
  const put = info === false ? [] : [putDevInf(info)];
  const init = await session.send([
    ...put,
    alert(code, datastore, { ...(last !== undefined && { last }), next }),
  ]);
  return { session, init: init.reply };
}

/** Package #3 in one message, with the Statuses that are due. */
export async function upload(
  session: Session,
  changes: readonly Draft[] = [],
  how: { datastore?: string; final?: boolean } = {},
): Promise<Message> {
  const { datastore = 'contacts', final = true } = how;
  return (await session.send([...session.statuses(), sync(changes, datastore)], { final })).reply;
}

/** Package #5: Statuses, and a Map of what was added under LUIDs made from `luids`. */
export async function confirm(
  session: Session,
  pairs: readonly (readonly [guid: string, luid: string])[] = [],
  codes: { [name: string]: number } = {},
): Promise<Message> {
  const maps = pairs.length > 0 ? [map(pairs)] : [];
  return (await session.send([...session.statuses(codes), ...maps])).reply;
}

/** A whole session in three messages; Adds of the server are mapped to `M-` and their GUID. */
export async function wholeSync(server: TestServer, start: Start, changes: readonly Draft[] = []) {
  const { session, init } = await begin(server, start);
  const reply = await upload(
    session,
    changes,
    start.datastore === undefined ? {} : { datastore: start.datastore },
  );
  const guids = addedGuids(reply);
  const end = await confirm(
    session,
    guids.map((guid) => [guid, `M-${guid}`]),
  );
  return { session, init, reply, end };
}

/** GUIDs of the Adds in a reply. */
export const addedGuids = (reply: Message): string[] =>
  syncsOf(reply).flatMap(({ commands }) =>
    commands.flatMap((command) =>
      command.name === 'Add' ? command.items.map((item) => item.source?.uri ?? '') : [],
    ),
  );
