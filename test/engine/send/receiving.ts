/** A server that holds something, and a client that receives all of it. */
import type { Message } from '../../../lib/message/model.ts';
import { Device } from '../../kit/device.ts';
import { add, nextMessage, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import type { Draft, Session } from '../../kit/session.ts';

export const manyAdds = (count: number, size = 0): Draft[] =>
  Array.from({ length: count }, (_, n) => add(`L${n}`, vcard(`N${n}`, `NOTE:${'x'.repeat(size)}`)));

/** A server that holds so many contacts, brought by another device. */
export async function holding(count: number, size: (n: number) => number = () => 0): Promise<TestServer> {
  const server = await startServer();
  const other = new Device(server, { device: 'other' });
  for (let n = 0; n < count; n += 1) other.add(vcard(`N${n}`, `NOTE:${'x'.repeat(size(n))}`));
  await other.sync();
  return server;
}

/** Asks until Final; every reply of package #4. */
export async function receiveAll(session: Session, first: Message, limit = 400): Promise<Message[]> {
  const replies = [first];
  while (replies.at(-1)?.final !== true) {
    if (replies.length > limit) throw new Error('the package does not end');
    replies.push((await session.send([...session.statuses(), nextMessage()], { final: false })).reply);
  }
  return replies;
}
