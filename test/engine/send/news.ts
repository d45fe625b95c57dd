/** A phone that completed a session, a CRM that then changed something, and what the phone is told of it. */
import { expect } from 'vitest';
import type { Message } from '../../../lib/message/model.ts';
import { add, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { alertsOf, changesOf, type Draft } from '../../kit/session.ts';
import { begin, upload, wholeSync } from '../steps.ts';

export const DAY = 24 * 3600 * 1000;

/** A phone that completed one session, with Next `n1`. */
export async function known(changes: readonly Draft[] = [add('1', vcard('Ada'))]): Promise<TestServer> {
  const server = await startServer();
  await wholeSync(server, { next: 'n1' }, changes);
  return server;
}

export const crm = (
  server: TestServer,
  name: string,
  op: 'upsert' | 'delete' = 'upsert',
  line = '',
): Promise<string> =>
  server.crm({
    ...{ user: 'anna', datastore: 'contacts', record: name, op },
    ...(op === 'upsert' && { body: vcard(name, ...(line === '' ? [] : [line])) }),
  });

/** `Add Ada`, `Replace Ada as 7`, `Delete 7`. */
export const told = (reply: Message): string[] =>
  changesOf(reply).map((change) => {
    if (change.name !== 'Add' && change.name !== 'Replace' && change.name !== 'Delete') return change.name;
    const [item] = change.items;
    const name = /FN:(\w+)/.exec(String(item?.data ?? ''))?.[1];
    const as = change.name === 'Replace' ? ['as'] : [];
    return [change.name, name, ...as, item?.target?.uri].filter((word) => word !== undefined).join(' ');
  });

/** A phone that completed a session, and a CRM that then saved the named records. */
export async function withNews(...names: readonly string[]): Promise<TestServer> {
  const server = await known([]);
  for (const name of names) await crm(server, name);
  return server;
}
export const session2 = (server: TestServer) =>
  begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
export const session3 = (server: TestServer) =>
  begin(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3' });
/** What a session after `n2` tells the client. */
export async function thenTold(server: TestServer): Promise<string[]> {
  const { session, init } = await session3(server);
  expect(alertsOf(init)).toEqual([200]);
  return told(await upload(session));
}
