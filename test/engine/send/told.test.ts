/** A device that holds less than there is is told what it does not know yet, and loses nothing by not knowing it. */
import { describe, expect, it } from 'vitest';
import type { DevInf } from '../../../lib/message/devinf-model.ts';
import { Device } from '../../kit/device.ts';
import { infoOf } from '../../kit/device-messages.ts';
import { add, replace, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { changesOf } from '../../kit/session.ts';
import { addedGuids, begin, bodiesOf, confirm, upload, wholeSync } from '../steps.ts';

const TWO = infoOf('contacts', { properties: ['N', 'FN', 'TEL', 'TITLE'], most: { TEL: 2 } });

/** A phone that holds Ada as its list allows it, after a session with Next `n1`. */
async function phone(info: DevInf, ...lines: string[]): Promise<{ server: TestServer; ada: string }> {
  const server = await startServer();
  await wholeSync(server, { device: 'laptop', next: 'l1' }, [add('a', vcard('Ada', ...lines))]);
  const { reply } = await wholeSync(server, { next: 'n1', info });
  return { server, ada: `M-${addedGuids(reply)[0]}` };
}
const session = (server: TestServer, n: number, last = n - 1) =>
  begin(server, { sessionId: String(n), code: 200, last: `n${last}`, next: `n${n}`, info: TWO });
const numbers = async (server: TestServer) =>
  [...((await bodiesOf(server))[0] ?? '').matchAll(/TEL:(\d+)/g)].map(([, number]) => number);

describe('a device that holds two numbers of four', () => {
  const four = ['TEL:11111111', 'TEL:22222222', 'TEL:33333333', 'TEL:44444444'];

  it('deletes one, and gets the next one in its place', async () => {
    const { server, ada } = await phone(TWO, ...four);
    const { session: second } = await session(server, 2);
    const reply = await upload(second, [replace(ada, vcard('Ada', 'TEL:22222222'))]);
    expect(JSON.stringify(changesOf(reply))).toContain('33333333');
    await confirm(second);
    const { session: third } = await session(server, 3);
    await upload(third, [replace(ada, vcard('Ada', 'TEL:22222222', 'TEL:33333333', 'TITLE:t'))]);
    expect(await numbers(server)).toEqual(['22222222', '33333333', '44444444']);
  });

  it('sends the same again and again, because its sessions die: once is all', async () => {
    const { server, ada } = await phone(TWO, ...four);
    for (const n of [2, 3, 4]) {
      const { session: one } = await session(server, n, 1);
      await upload(one, [replace(ada, vcard('Ada', 'TEL:22222222'))]);
    }
    expect(await numbers(server)).toEqual(['22222222', '33333333', '44444444']);
  });
});

describe('a device that refused what it was sent', () => {
  it('has deleted nothing of what it never took', async () => {
    const server = await startServer();
    await wholeSync(server, { next: 'n1', info: false }, [add('1', vcard('Ada', 'ROLE:r'))]);
    const laptop = new Device(server, { device: 'laptop' });
    await laptop.sync();
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'ROLE:r', 'TEL:11111111'));
    await laptop.sync();
    const options = { code: 200, info: false } as const;
    const { session: second } = await begin(server, { ...options, sessionId: '2', last: 'n1', next: 'n2' });
    await upload(second);
    await confirm(second, [], { Replace: 500 });
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'ROLE:r', 'TEL:11111111', 'EMAIL:a@example.com'));
    await laptop.sync();
    const { session: third } = await begin(server, { ...options, sessionId: '3', last: 'n2', next: 'n3' });
    await upload(third, [replace('1', vcard('Ada', 'ROLE:r', 'TITLE:t'))]);
    const [body] = await bodiesOf(server);
    for (const line of ['TEL:11111111', 'EMAIL:a@example.com', 'TITLE:t', 'ROLE:r'])
      expect(body).toContain(line);
  });
});
