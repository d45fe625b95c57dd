/** The kinds of fuzzing. Each run is one story from one seed; it throws a Finding when the server does not bear it. */

import fc from 'fast-check';
import { encode } from '../../lib/codec/codec.ts';
import type { Version, Wire } from '../../lib/codec/tree.ts';
import type { Message } from '../../lib/message/model.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import { bodiesOf } from '../engine/steps.ts';
import { CONTESTED, MERGING, READING, SMALL_READING } from '../kit/bombs.ts';
import { Device } from '../kit/device.ts';
import { vcard } from '../kit/drafts.ts';
import { readItem } from '../kit/items.ts';
import type { TestServer } from '../kit/server.ts';
import { credOf, Lost } from '../kit/session.ts';
import { messageOf } from '../message/arbitrary-message.ts';
import { createRandom, type Random } from '../simulation/random.ts';
import { Finding, type JudgedServer, judgedServer, type Sent } from './judge.ts';
import { mutated } from './mutate.ts';

export const KINDS = ['xml', 'wbxml', 'message', 'bytes', 'bomb'] as const;
export type Kind = (typeof KINDS)[number];

/** Runs one story; how many requests it made. */
export async function runFuzz(kind: Kind, seed: number): Promise<number> {
  const random = createRandom(seed);
  const server = await judgedServer();
  try {
    if (kind === 'bytes') for (let n = 0; n < 60; n += 1) await server.post(randomRequest(random));
    else if (kind === 'message') await randomMessages(random, server, seed);
    else if (kind === 'bomb') await bombs(random, server);
    else await mutatedSessions(random, server, kind);
    await expectHealthy(server);
    return server.judged.count;
  } finally {
    await server.store.close();
  }
}

/** Devices sync, and some of what they send is changed on its way. */
async function mutatedSessions(random: Random, server: JudgedServer, wire: Wire): Promise<void> {
  let previous: Uint8Array = new Uint8Array();
  const post: TestServer['post'] = async (request) => {
    const { body } = request;
    const other = previous;
    previous = body;
    if (!random.chance(0.3)) return server.post(request);
    await server.post({ ...request, body: mutated(random, body, other, wire) });
    // The device never learns of it: sometimes it sends the good message too, sometimes it gives up.
    if (random.chance(0.5)) return server.post(request);
    throw new Error('gives up');
  };
  const wild = Object.create(server, { post: { value: post } }) as TestServer;
  const versions: readonly Version[] = ['1.0', '1.1', '1.2'];
  const device = new Device(wild, {
    wire,
    version: random.pick(versions),
    perMessage: 1 + random.below(5),
    ...(random.chance(0.5) && { maxMsgSize: 3_000 + random.below(4_000), chunkBytes: 1_500 }),
    ...(random.chance(0.2) && { largeObjects: false }),
  });
  for (let n = 0; n < 8; n += 1) {
    device.add(vcard(`N${n}`, `NOTE:${'words and '.repeat(random.below(500))}`));
    if (random.chance(0.3)) device.replace(random.pick([...device.items.keys()]), vcard(`R${n}`));
    if (random.chance(0.2))
      device.filter = { query: `FN&CON;${random.below(9)}`, inclusive: random.chance(0.5) };
    if (random.chance(0.2)) device.suspendAt = 1 + random.below(5);
    await attempt(() => device.sync(random.pick([undefined, 200, 201, 202, 203, 204, 205, 225])));
  }
}

/** Two devices add and change items that take much work. Whatever becomes of one, what comes after it is taken. */
async function bombs(random: Random, server: JudgedServer): Promise<void> {
  const [kind, bomb] = random.pick(Object.entries({ ...READING, ...MERGING, ...CONTESTED }));
  // Of some kinds a message has room for one that is too much.
  const shares = kind in SMALL_READING ? [0.02, 1] : [0.003, 0.01];
  const { type } = bomb('', 0);
  const datastore = /calendar/.test(type) ? 'calendar' : 'contacts';
  const wire = random.pick(['xml', 'wbxml'] as const);
  const devices = ['phone', 'laptop'].map((device) => new Device(server, { device, datastore, type, wire }));
  for (let n = 0; n < 4; n += 1) {
    const device = random.pick(devices);
    const { body } = bomb('abc'.slice(random.below(3)), random.pick(shares));
    if (device.items.size === 0 || random.chance(0.3)) device.add(body);
    else device.replace(random.pick([...device.items.keys()]), body);
    await attempt(() => device.sync(random.pick([undefined, undefined, 201])));
  }
  const [phone] = devices as [Device];
  const last = phone.add(bomb('last', 0).body);
  const { codes } = await phone.sync(201);
  if ((codes.get(last) ?? 0) >= 300) throw new Finding(`a small item: ${codes.get(last)}`, { body: NOTHING });
}
const NOTHING = new Uint8Array();

/** What the device makes of the answers is its own affair; only the server is judged. */
async function attempt(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Finding) throw error;
  }
}

/** Random commands behind a header that gets them in. */
async function randomMessages(random: Random, server: JudgedServer, seed: number): Promise<void> {
  const version = random.pick(['1.0', '1.1', '1.2'] as const);
  const wire = random.pick(['xml', 'wbxml'] as const);
  const messages = fc.sample(messageOf(version), { numRuns: 25, seed });
  for (const [n, { commands, final, header }] of messages.entries()) {
    const cred = credOf({});
    const message: Message = {
      header: {
        ...header,
        verDTD: version,
        verProto: `SyncML/${version}`,
        msgId: 1 + (n % 5),
        source: { uri: random.pick(['phone-1', 'phone-2']), name: 'anna' },
        ...(cred && { cred }),
      },
      commands,
      final,
    };
    const body = encode(serializeMessage(message, version), wire, version);
    await server.post({ body, headers: { 'content-type': `application/vnd.syncml+${wire}` } });
  }
}

const TYPES = [
  'application/vnd.syncml+xml',
  'application/vnd.syncml+wbxml',
  'application/vnd.syncml+xml; charset=iso-8859-1',
  'application/vnd.syncml+xml; charset=utf-16',
  'text/xml',
  'text/html',
  '',
];
const STARTS = [
  '',
  '<?xml version="1.0"?><SyncML>',
  '\u0002\u0024\u0001\u006a\u0000\u006d',
  '\u0003\u0000\u0000\u006a\u001d-//',
  '<!DOCTYPE x [',
];

function randomRequest(random: Random): Sent {
  const bytes = Uint8Array.from({ length: random.below(random.chance(0.1) ? 20_000 : 300) }, () =>
    random.below(256),
  );
  const body = Buffer.concat([Buffer.from(random.pick(STARTS), 'latin1'), bytes]);
  const headers: { [name: string]: string } = { 'content-type': random.pick(TYPES) };
  if (random.chance(0.2)) headers['content-encoding'] = random.pick(['gzip', 'deflate', 'br', 'identity']);
  if (random.chance(0.1)) headers.accept = random.pick(['*/*', 'text/html', ';;;', 'application/*;q=0']);
  if (random.chance(0.1)) headers['accept-charset'] = random.pick(['utf-8', '*', 'latin1', ',,']);
  const query = random.chance(0.2) ? { s: Buffer.from(bytes.subarray(0, 30)).toString('latin1') } : {};
  const method = random.chance(0.05) ? 'GET' : 'POST';
  return { body, headers, query, method };
}

/** Whatever came before: a device that starts now gets what the server holds, and keeps it. */
async function expectHealthy(server: JudgedServer): Promise<void> {
  const device = new Device(server, { device: 'healthy' });
  device.add(vcard('Healthy'));
  try {
    for (let n = 0; n < 3; n += 1) await device.sync();
  } catch (error) {
    if (error instanceof Finding || error instanceof Lost) throw error;
    throw new Finding(`a new device cannot sync: ${String(error)}`, { body: new Uint8Array() });
  }
  // XML holds no control characters: they are not part of what can be compared.
  // A card without a name gets the empty one that its format asks for. The fields of Outlook alone go to Outlook alone.
  const plain = (body: string) =>
    readItem('text/vcard', body.replace(/[^\P{C}\n]/gu, '')).body.replace(
      /^(?:F?N:|X-SIF-).*\r\n(?: .*\r\n)*/gm,
      '',
    );
  const held = (await bodiesOf(server)).map(plain);
  const own = device.contents.map(plain);
  const missing = held.filter((body) => !own.includes(body) && /^BEGIN:VCARD/.test(body));
  if (missing.length > 0)
    throw new Finding(`a new device lacks ${missing.length} of ${held.length} items`, {
      body: new Uint8Array(),
    });
}
