/** The server and the devices of a fixture as the kit plays them: they know what the real ones knew. */
import type { Message } from '../../lib/message/model.ts';
import { canonical } from '../client/compare.ts';
import type { Datastore } from '../client/syncevolution.ts';
import { Device, type DeviceOptions, type Past } from '../kit/device.ts';
import type { Interrupted } from '../kit/device-messages.ts';
import { startServer, type TestServer } from '../kit/server.ts';
import { type Draft, Session } from '../kit/session.ts';
import { type Fixture, type FixtureDevice, type FixtureItem, load, type Recorded } from './fixture.ts';
import { messageOf, wireOf } from './recording.ts';

export const DATASTORES: readonly Datastore[] = ['contacts', 'calendar', 'tasks', 'notes'];

/** The store of the fixture under today's server; its clock goes on from the time at which the fixture was made. */
export async function serverOf(fixture: Fixture): Promise<TestServer> {
  const server = await startServer({ users: [] });
  server.time = fixture.now;
  await load(server.store, fixture);
  return server;
}

export function deviceNamed({ devices }: Fixture, name: string): FixtureDevice {
  const found = devices.find(({ device }) => device === name);
  if (found === undefined) throw new Error(`the fixture has no device ${name}`);
  return found;
}

/** The device with its items of one datastore, its anchor and its device information. */
export function known(server: TestServer, fixture: Fixture, name: string, datastore: Datastore): Device {
  const recorded = deviceNamed(fixture, name);
  const options = optionsOf(fixture, recorded, datastore);
  const device = new Device(server, { ...options, past: pastOf(recorded, datastore) });
  for (const { item, text } of itemsOf(fixture, name, datastore)) device.items.set(item, text);
  return device;
}

/** Another device of the same make, without items and without a past. */
export function another(server: TestServer, fixture: Fixture, like: string, datastore: Datastore): Device {
  const { nonce: _, ...options } = optionsOf(fixture, deviceNamed(fixture, like), datastore);
  return new Device(server, { ...options, device: `another ${like}` });
}

/** A device that takes every property there is, and lists none. */
export function anything(server: TestServer, fixture: Fixture, datastore: Datastore): Device {
  const type = {
    contacts: 'text/vcard',
    calendar: 'text/calendar',
    tasks: 'text/calendar',
    notes: 'text/plain',
  };
  const { login: user, password } = fixture;
  return new Device(server, { device: 'anything', user, password, datastore, type: type[datastore] });
}

export const itemsOf = ({ items }: Fixture, device: string, datastore: Datastore): FixtureItem[] =>
  items.filter((item) => item.device === device && item.datastore === datastore);

/** The first message that the device got through with: the one with its device information. */
function firstOf({ device, first, open = [] }: FixtureDevice): Message {
  const bytes = first ?? open.map(({ body }) => body).find((body) => putOf(messageOf(body)) !== undefined);
  if (bytes === undefined) throw new Error(`${device} never said what it is`);
  return messageOf(bytes);
}

const putOf = (message: Message): Draft | undefined => {
  const found = message.commands.find((command) => command.name === 'Put' || command.name === 'Results');
  if (found === undefined) return undefined;
  const { cmdId: _, ...put } = found;
  return put as Draft;
};

interface Asked {
  readonly database: string;
  readonly last?: string;
  readonly next: string;
}

/** The Alert that begins a sync of the datastore; undefined when the message has none. */
function alertOf(message: Message, datastore: Datastore): Asked | undefined {
  for (const command of message.commands) {
    const [item] = command.name === 'Alert' ? command.items : [];
    const { last, next } = item?.meta?.anchor ?? {};
    if (next === undefined || item?.target?.uri.replace(/^\.\//, '') !== datastore) continue;
    return { database: item.source?.uri ?? '', next, ...(last !== undefined && { last }) };
  }
  return undefined;
}

function optionsOf(fixture: Fixture, recorded: FixtureDevice, datastore: Datastore): DeviceOptions {
  const { device, auth, nonce, first, open = [] } = recorded;
  const message = firstOf(recorded);
  const put = putOf(message);
  const asked = alertOf(message, datastore);
  const type = fixture.items.find((item) => item.device === device && item.datastore === datastore)?.type;
  const { maxMsgSize, maxObjSize } = message.header.meta ?? {};
  return {
    ...{ device, datastore, auth, user: fixture.login, password: fixture.password },
    wire: wireOf(first ?? open[0]?.body ?? new Uint8Array()),
    ...(asked && { database: asked.database }),
    ...(put && { put }),
    ...(type !== undefined && { type }),
    ...(nonce !== undefined && { nonce: Buffer.from(nonce, 'base64') }),
    ...(maxMsgSize !== undefined && { maxMsgSize }),
    ...(maxObjSize !== undefined && { maxObjSize }),
    ...{ perMessage: 25, chunkBytes: 60_000 },
  };
}

/** Sessions of one device have different numbers, whichever of its databases is played. */
function pastOf({ first, open }: FixtureDevice, datastore: Datastore): Past {
  const last = open?.at(-1)?.body ?? first;
  const session = last === undefined ? 0 : Number(messageOf(last).header.sessionId);
  const anchor = first && alertOf(messageOf(first), datastore)?.next;
  const behind = 100 * (1 + DATASTORES.indexOf(datastore));
  return { session: session + behind, ...(anchor !== undefined && { anchor }) };
}

/** Items as a user sees them, in an order of their own: what differs in writing only is the same. */
export const seen = (texts: Iterable<string>, datastore: Datastore): string[] =>
  [...texts].map((text) => canonical(datastore, text)).sort();

export interface Died {
  readonly device: Device;
  /** The session, before its last message is sent again. */
  readonly session: Session;
  /** The anchor that the device told in it. */
  readonly next: string;
  readonly last: Recorded;
}

/**
 * A device that died, with its contacts as they were, and all that it had not brought to an end. It may have got the
 * last answer or not.
 */
export function died(server: TestServer, fixture: Fixture, name: string, gotLastAnswer: boolean): Died {
  const recorded = deviceNamed(fixture, name);
  const { open = [], edits } = recorded;
  const begun = open.flatMap(({ body }) => alertOf(messageOf(body), 'contacts') ?? []).at(-1);
  const last = open.at(-1);
  if (begun === undefined || last === undefined) throw new Error(`${name} did not die`);
  const held = new Map(itemsOf(fixture, name, 'contacts').map(({ item, text }) => [item, text]));
  const answers = gotLastAnswer ? open : open.slice(0, -1);
  const broken: Interrupted = {
    code: begun.last === undefined ? 201 : 200,
    last: begun.last,
    done: new Map(acknowledged(answers).map((luid) => [luid, held.get(luid)])),
    ...(gotLastAnswer && partialOf(held, last)),
  };
  const options = optionsOf(fixture, recorded, 'contacts');
  // In another session it takes larger messages than in that one: fewer of them.
  const device = new Device(server, {
    ...options,
    maxMsgSize: 150_000,
    past: { ...pastOf(recorded, 'contacts'), broken },
  });
  for (const [luid, text] of held) device.items.set(luid, text);
  for (const [luid, edit] of Object.entries(edits)) {
    if (edit === 'delete') device.delete(luid);
    else if (edit === 'add') device.add(held.get(luid) ?? '', luid);
    else device.replace(luid, held.get(luid) ?? '');
  }
  return { device, session: sessionOf(server, options, last), next: begun.next, last };
}

function sessionOf(server: TestServer, options: DeviceOptions, { url, body }: Recorded): Session {
  const { sessionId, msgId } = messageOf(body).header;
  const session = new Session(server, { ...options, sessionId, strict: true });
  session.msgId = Number(msgId);
  session.lastBytes = body;
  session.respURI = new URL(url, server.url).href;
  return session;
}

/** LUIDs whose change was answered with a success, and as a whole. */
const acknowledged = (open: readonly Recorded[]): string[] =>
  open
    .flatMap(({ answer }) => (answer ? messageOf(answer).commands : []))
    .flatMap((command) =>
      command.name === 'Status' && command.code < 300 && command.code !== 213
        ? (command.sourceRefs ?? [])
        : [],
    );

/** The object of which a part was sent last. */
function partialOf(
  held: ReadonlyMap<string, string>,
  { body }: Recorded,
): { partial: NonNullable<Interrupted['partial']> } | undefined {
  const syncs = messageOf(body).commands.flatMap((command) =>
    command.name === 'Sync' ? command.commands : [],
  );
  for (const change of syncs) {
    const [item] = change.name === 'Add' || change.name === 'Replace' ? change.items : [];
    if (item?.moreData !== true) continue;
    const luid = item.source?.uri ?? '';
    return { partial: { luid, data: held.get(luid) ?? '', taken: String(item.data).length } };
  }
  return undefined;
}
