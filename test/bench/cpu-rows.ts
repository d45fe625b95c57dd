/** What the server's CPU does in the codecs and in the engine alone. Figures of this machine. */

import type { HttpRequest } from '../../lib/app/http/http.ts';
import { decode, encode } from '../../lib/codec/codec.ts';
import type { Wire } from '../../lib/codec/tree.ts';
import type { Read } from '../../lib/engine/io/facts.ts';
import type { Environment, Request } from '../../lib/engine/io/request.ts';
import { parseTicket, RESP_URI_PARAMETER } from '../../lib/engine/session/resp-uri.ts';
import { step } from '../../lib/engine/step.ts';
import type { Message } from '../../lib/message/model.ts';
import { readMessage } from '../../lib/message/read-message.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import { Content } from '../../lib/pim/content.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { answerReads } from '../../lib/store/step-io/reader.ts';
import { type Calls, countCalls } from '../kit/calls.ts';
import { USUAL_BYTES } from './contacts.ts';
import { numbered, sync } from './drafts.ts';
import type { Change } from './scripted-device.ts';
import { figure, least, limited, type Row } from './table.ts';
import { additions, createWorld, editions, URL } from './world.ts';

const cpuSeconds = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

/** How often per second of CPU time, so that what else this machine does counts little. */
function perSecond(run: () => unknown): number {
  for (const end = cpuSeconds() + 0.3; cpuSeconds() < end; ) run();
  const start = process.cpuUsage();
  let times = 0;
  while (cpuSeconds(start) < 0.5) {
    run();
    times += 1;
  }
  return times / cpuSeconds(start);
}

const MESSAGE_BYTES = 60_000;

/** An upload of usual contacts, about 60 KB on either wire. */
function sampleMessage(): Message {
  const changes = additions(Math.floor(MESSAGE_BYTES / (USUAL_BYTES + 120)), USUAL_BYTES);
  const header = { verDTD: '1.2', verProto: 'SyncML/1.2', sessionId: '1', msgId: 2 };
  const addresses = { target: { uri: URL }, source: { uri: 'phone' } };
  return {
    header: { ...header, ...addresses },
    commands: numbered([sync(changes, 'contacts')]),
    final: true,
  };
}

export function codecRows(): Row[] {
  const tree = serializeMessage(sampleMessage(), '1.2');
  return (['xml', 'wbxml'] as const).flatMap((wire: Wire): Row[] => {
    const bytes = encode(tree, wire, '1.2');
    const speed = (run: () => unknown): string =>
      `${figure((perSecond(run) * bytes.length) / 1e6)} MB/s of CPU`;
    const of = `${wire === 'xml' ? 'XML' : 'WBXML'}, message of ${Math.round(bytes.length / 1000)} KB`;
    return [
      { what: `decode ${of}`, measured: speed(() => decode(bytes, wire)) },
      { what: `encode ${of}`, measured: speed(() => encode(tree, wire, '1.2')) },
    ];
  });
}

const COMMANDS = 100;
const GOAL_SHARE = 0.5;

/** The engine alone, on facts that are read already: the second message of changes in a session. */
export async function engineRows(): Promise<Row[]> {
  let found = 0;
  const watch = async (http: HttpRequest, store: Store): Promise<void> => {
    const message = readMessage(http.body, 'wbxml');
    if (found === 0 && message.header.msgId === 4) found = COMMANDS * (await stepsPerSecond(http, store));
  };
  const take = (): number => {
    const taken = found;
    found = 0;
    return taken;
  };
  const world = await createWorld(false, { watch });
  const phone = world.device('phone');
  const count = 4 * COMMANDS;
  await phone.sync(201, additions(count, USUAL_BYTES));
  const adds = take();
  await phone.sync(200, editions(count, USUAL_BYTES, 1));
  const replaces = take();
  await world.close();
  const row = (what: string, speed: number): Row => ({
    what: `engine alone, ${what} of ${USUAL_BYTES} bytes`,
    measured: `${figure(Math.round(speed / 100) * 100)} commands/s of CPU`,
  });
  return [
    row('Adds of a first upload', adds),
    row('Replaces', replaces),
    least('engine alone, Replaces for each Add', replaces / adds, GOAL_SHARE, ''),
  ];
}

/** Each step has a message and facts of its own, as in a server: nothing is known from the step before. */
async function stepsPerSecond(http: HttpRequest, store: Store): Promise<number> {
  const ticket = parseTicket(http.query[RESP_URI_PARAMETER]);
  const request = (): Request => ({
    message: readMessage(http.body, 'wbxml'),
    wire: 'wbxml',
    arrived: { bytes: http.body, wire: 'wbxml' },
    digest: '',
    endpoint: http.url,
    ...(ticket && { ticket }),
  });
  const fresh: Environment = { now: Date.now(), nonce: new Uint8Array(16), seed: 's', secret: 'fresh' };
  const reads: Read[] = [];
  const facts = async (): Promise<Map<string, unknown>> => {
    const known = new Map<string, unknown>();
    await answerReads(store, reads, known);
    for (const fact of known.values()) openText(fact);
    return known;
  };
  for (;;) {
    const decision = step(request(), await facts(), fresh);
    if (decision.kind === 'decided') break;
    if (decision.kind !== 'needs') throw new Error('the message was seen before');
    reads.push(...decision.reads);
  }
  return perSecondOf(
    async () => ({ request: request(), known: await facts() }),
    (own) => step(own.request, own.known, fresh),
  );
}

/** The text of an item is unpacked, as a part of its being read. */
function openText(fact: unknown): void {
  const content = typeof fact === 'object' && fact !== null && 'content' in fact ? fact.content : undefined;
  if (content instanceof Content && content.isWhole) content.storedText;
}

/** As `perSecond`, of runs that take something of their own; making that does not count. */
async function perSecondOf<T>(make: () => Promise<T>, run: (of: T) => unknown): Promise<number> {
  let [times, seconds] = [0, 0];
  for (let round = 0; round === 0 || seconds < 0.5; round += 1) {
    const own: T[] = [];
    for (let n = 0; n < BATCH; n += 1) own.push(await make());
    const start = process.cpuUsage();
    own.forEach(run);
    // The first round warms up.
    if (round === 0) continue;
    seconds += cpuSeconds(start);
    times += BATCH;
  }
  return times / seconds;
}
const BATCH = 20;

/** What the text of an item costs: each change of a device that holds all of it, and where others changed it meanwhile. */
export async function textRows(): Promise<Row[]> {
  const world = await createWorld(false);
  const [phone, laptop] = [world.device('phone'), world.device('laptop')];
  await phone.sync(201, additions(COMMANDS, USUAL_BYTES));
  await laptop.sync(201);
  await laptop.sync(200);
  const counted = async (what: string, goal: Calls, edition: number): Promise<Row[]> => {
    const calls = await countCalls(() => phone.sync(200, editions(COMMANDS, USUAL_BYTES, edition)));
    const row = (does: string, times: number, limit: number): Row =>
      limited(`${does} of an item's text, ${what}`, times / COMMANDS, limit, '');
    return [row('parses', calls.parses, goal.parses), row('writes', calls.writes, goal.writes)];
  };
  const alone = await counted('Replace', { parses: 3, writes: 1 }, 1);
  await laptop.sync(200);
  const luids = [...laptop.items].map(
    ([luid, data]): Change => ({
      op: 'Replace',
      luid,
      data: data.replace('keeper', 'maker'),
    }),
  );
  await laptop.sync(200, luids);
  const contested = await counted('contested Replace', { parses: 4, writes: 2 }, 2);
  await world.close();
  return [...alone, ...contested];
}
