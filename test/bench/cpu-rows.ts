/** What the server's CPU does: whole uploads, the codecs, the engine alone. Figures of this machine. */
import type { HttpRequest } from '../../lib/app/http/http.ts';
import { decode, encode } from '../../lib/codec/codec.ts';
import type { Wire } from '../../lib/codec/tree.ts';
import { parseToken, RESP_URI_PARAMETER } from '../../lib/engine/session/resp-uri.ts';
import { step } from '../../lib/engine/step.ts';
import type { Fresh, Request } from '../../lib/engine/work.ts';
import type { Message } from '../../lib/message/model.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { answerReads } from '../../lib/store/step-io/reader.ts';
import { USUAL_BYTES } from './contacts.ts';
import { numbered, sync } from './drafts.ts';
import { figure, limited, type Row } from './table.ts';
import { additions, createWorld, editions, URL } from './world.ts';

const GOAL_MS_PER_ITEM = 1;
const WARM_UP = 1_000;
const UPLOADED = 3_000;

/** Time inside requests only: what the device does to make and read messages is not in it. */
export async function uploadRow(): Promise<Row> {
  const world = await createWorld(false);
  await world.device('warm-up').sync(201, additions(WARM_UP, USUAL_BYTES));
  await world.close();
  const measured = await createWorld(false);
  await measured.device('phone').sync(201, additions(UPLOADED, USUAL_BYTES));
  const cpu = measured.spent().reduce((sum, message) => sum + message.cpu, 0);
  await measured.close();
  const what = `server CPU per uploaded item of ${USUAL_BYTES} bytes, ${figure(UPLOADED)} in a session`;
  return limited(what, cpu / 1000 / UPLOADED, GOAL_MS_PER_ITEM, 'ms');
}

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
  const at = { target: { uri: 'contacts' }, source: { uri: './contacts' } };
  const header = { verDTD: '1.2', verProto: 'SyncML/1.2', sessionId: '1', msgId: 2 };
  const addresses = { target: { uri: URL }, source: { uri: 'phone' } };
  return { header: { ...header, ...addresses }, commands: numbered([sync(changes, at)]), final: true };
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

/** The engine alone, on facts that are read already: the second message of changes in a session. */
export async function engineRows(): Promise<Row[]> {
  let found: number | undefined;
  const watch = async (http: HttpRequest, store: Store): Promise<void> => {
    const message = parseMessage(decode(http.body, 'wbxml').root);
    if (found === undefined && message.header.msgId === 4)
      found = COMMANDS * (await stepsPerSecond(http, message, store));
  };
  const take = (what: string): Row => {
    const measured = `${figure(Math.round((found ?? 0) / 100) * 100)} commands/s of CPU`;
    found = undefined;
    return { what: `engine alone, ${what} of ${USUAL_BYTES} bytes`, measured };
  };
  const world = await createWorld(false, { watch });
  const phone = world.device('phone');
  const count = 4 * COMMANDS;
  await phone.sync(201, additions(count, USUAL_BYTES));
  const adds = take('Adds of a first upload');
  await phone.sync(200, editions(count, USUAL_BYTES, 1));
  const replaces = take('Replaces');
  await world.close();
  return [adds, replaces];
}

async function stepsPerSecond(http: HttpRequest, message: Message, store: Store): Promise<number> {
  const token = parseToken(http.query[RESP_URI_PARAMETER]);
  const request: Request = {
    message,
    wire: 'wbxml',
    arrived: { bytes: http.body, wire: 'wbxml' },
    digest: '',
    endpoint: http.url,
    ...(token && { token }),
  };
  const fresh: Fresh = { now: Date.now(), nonce: new Uint8Array(16), secret: 'fresh' };
  const known = new Map<string, unknown>();
  for (;;) {
    const decision = step(request, known, fresh);
    if (decision.kind === 'decided') break;
    if (decision.kind !== 'needs') throw new Error('the message was seen before');
    await answerReads(store, decision.reads, known);
  }
  return perSecond(() => step(request, known, fresh));
}
