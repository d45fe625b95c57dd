/** What no request may bring about, whatever it holds. */

import type { HttpAnswer } from '../../lib/app/http/http.ts';
import { decode } from '../../lib/codec/codec.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { startServer, type TestServer } from '../kit/server.ts';

/** A request that the server must bear, as it was sent. */
export type Sent = Parameters<TestServer['post']>[0];

export class Finding extends Error {
  readonly sent: Sent;
  constructor(what: string, sent: Sent) {
    super(what);
    this.sent = sent;
  }
}

/** CPU seconds that one exchange may take; far above what any honest message needs. */
const MAX_CPU_SECONDS = 3;
/** Texts that only the inside of a program knows. */
const INTERNALS = /\bat [\w.]+ \(|node:internal|\/lib\/|TypeError|RangeError|undefined is not/;

export interface JudgedServer extends TestServer {
  /** Requests that were judged. */
  readonly judged: { count: number };
}

/** A server each of whose answers is judged; throws a Finding out of `post`. */
export async function judgedServer(): Promise<JudgedServer> {
  const store = sqliteStore({ file: ':memory:' });
  let committed = 0;
  const watched: Store = {
    ...store,
    transact: async (writes) => {
      const done = await store.transact(writes);
      if (done === 'committed') committed += 1;
      return done;
    },
  };
  const server = await startServer({ store: watched });
  const judged = { count: 0 };
  const post: TestServer['post'] = async (sent) => {
    const before = { cpu: process.cpuUsage(), committed, logged: server.log.length };
    judged.count += 1;
    const answer = await server.post(sent);
    const { user, system } = process.cpuUsage(before.cpu);
    if (user + system > MAX_CPU_SECONDS * 1e6) throw new Finding('slow', sent);
    const what = faultOf(answer, committed - before.committed);
    if (what !== undefined) throw new Finding(what, sent);
    const errors = server.log.slice(before.logged).filter(({ event }) => event === 'error');
    if (errors.length > 0) throw new Finding(`logged ${String(errors[0]?.stack ?? errors[0]?.error)}`, sent);
    if (JSON.stringify(server.log.slice(before.logged)).includes('BEGIN:VCARD'))
      throw new Finding('content in the log', sent);
    server.log.length = 0;
    return answer;
  };
  return Object.create(server, { post: { value: post }, judged: { value: judged } }) as JudgedServer;
}

function faultOf({ status, body, headers }: HttpAnswer, committed: number): string | undefined {
  if (![200, 400, 405, 406, 413, 415].includes(status)) return `HTTP ${status}`;
  if (status !== 200) {
    if (committed > 0) return `HTTP ${status}, but something was stored`;
    return INTERNALS.test(Buffer.from(body).toString('utf8')) ? 'internals in an answer' : undefined;
  }
  const wire = /wbxml/.test(headers['content-type'] ?? '') ? 'wbxml' : 'xml';
  try {
    parseMessage(decode(body, wire).root);
    return undefined;
  } catch (error) {
    return `an answer that is no message: ${error instanceof Error ? error.message : String(error)}`;
  }
}
