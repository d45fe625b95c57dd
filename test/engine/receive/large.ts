/** Large objects in tests: made, cut into chunks, sent, received. */
import type { Message, MessageItem } from '../../../lib/message/model.ts';
import { Device } from '../../kit/device.ts';
import { nextMessage, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { changesOf, type Draft, type Session } from '../../kit/session.ts';
import { codeOf, upload } from '../steps.ts';

export const text = 'Grüße aus Köln, 東京 😀 and more. ';
export const large = (name: string, bytes: number): string =>
  vcard(name, `NOTE:${text.repeat(Math.ceil(bytes / Buffer.byteLength(text)))}`);
export const bytesOf = (value: string): number => Buffer.byteLength(value, 'utf8');

/** The chunks of an object as the drafts of consecutive messages. */
export function chunks(
  luid: string,
  body: string,
  count: number,
  more: Partial<MessageItem> & { size?: number } = {},
): Draft[] {
  const { size = bytesOf(body), ...item } = more;
  const letters = [...body];
  const step = Math.ceil(letters.length / count);
  return Array.from({ length: count }, (_, n) => {
    const data = letters.slice(n * step, (n + 1) * step).join('');
    const last = n === count - 1;
    return {
      name: 'Add',
      meta: { type: 'text/vcard', ...(n === 0 && size >= 0 && { size }) },
      items: [{ source: { uri: luid }, ...item, data, ...(!last && { moreData: true }) }],
    };
  });
}

/** Sends each draft in a message of its own; the replies. */
export async function sendEach(session: Session, drafts: readonly Draft[]): Promise<Message[]> {
  const replies: Message[] = [];
  for (const [n, draft] of drafts.entries())
    replies.push(await upload(session, [draft], { final: n === drafts.length - 1 }));
  return replies;
}
export const addCodes = (replies: readonly Message[]) => replies.map((reply) => codeOf(reply, 'Add'));

/** All of package #4: the commands, and the objects put together by the order of their chunks. */
export async function receive(session: Session, first: Message) {
  const commands: { name: string; item: MessageItem; size?: number }[] = [];
  const take = (reply: Message) => {
    for (const change of changesOf(reply))
      if (change.name === 'Add' || change.name === 'Replace')
        for (const item of change.items)
          commands.push({
            name: change.name,
            item,
            ...(change.meta?.size !== undefined && { size: change.meta.size }),
          });
  };
  take(first);
  let reply = first;
  for (let n = 0; !reply.final; n += 1) {
    if (n > 600) throw new Error('the package does not end');
    reply = (await session.send([...session.statuses(), nextMessage()], { final: false })).reply;
    take(reply);
  }
  const objects: string[] = [];
  let open = '';
  for (const { item } of commands) {
    open += String(item.data ?? '');
    if (item.moreData === true) continue;
    objects.push(open);
    open = '';
  }
  return { commands, objects, rest: open };
}

export async function holding(...bodies: readonly string[]): Promise<TestServer> {
  const server = await startServer();
  const other = new Device(server, { device: 'other' });
  for (const body of bodies) other.add(body);
  await other.sync();
  return server;
}
