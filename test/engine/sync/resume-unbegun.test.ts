/**
 * Resumes of datastores of which some had not begun: their client would keep new items for the session after a resume, so
 * they begin anew [S07, S08, E69].
 */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../lib/message/model.ts';
import { add, alert, devInf, putDevInf, replace, sync, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { alertsOf, Session } from '../../kit/session.ts';
import { crm, told } from '../send/news.ts';
import { bodiesOf, codeOf } from '../steps.ts';

const NAMES = ['contacts', 'calendar', 'tasks'];
/** A client of libsynthesis, and one that nothing is known of. */
const CLIENTS = [
  { takes: '509 and the same sync', oem: { oem: 'Synthesis AG' }, code: 509, kind: 200 },
  { takes: '508 and a slow sync', oem: {}, code: 508, kind: 201 },
];

interface Phone {
  readonly server: TestServer;
  readonly oem: { oem?: string };
}

/** Packages #1 and #2 with an Alert of each datastore; Last is `last`, or what `lasts` says of it. */
async function begin(
  { server, oem }: Phone,
  sessionId: string,
  codes: readonly number[],
  lasts: object = {},
) {
  const session = new Session(server, { sessionId });
  const { reply } = await session.send([
    putDevInf(devInf(oem)),
    ...codes.map((code, n) =>
      alert(code, NAMES[n] ?? '', {
        ...(code !== 201 && { last: 'n1', ...(lasts as { [name: string]: object })[NAMES[n] ?? ''] }),
        next: code === 201 ? 'n1' : `n-${sessionId}`,
      }),
    ),
  ]);
  return { session, reply };
}

const codesOfAlerts = (reply: Message) => [
  reply.commands.flatMap((one) => (one.name === 'Status' && one.cmd === 'Alert' ? [one.code] : [])),
  alertsOf(reply),
];

/** A phone that has synchronised so many datastores, and whose next session sent the Syncs of the first ones only. */
async function stopped(oem: Phone['oem'], count: number, begun: number): Promise<Phone> {
  const phone = { server: await startServer(), oem };
  const { session } = await begin(phone, '1', Array(count).fill(201));
  await session.send([
    ...session.statuses(),
    ...NAMES.slice(0, count).map((name) => sync(name === 'contacts' ? [add('1', vcard('Ada'))] : [], name)),
  ]);
  await session.send(session.statuses());
  const next = await begin(phone, '2', Array(count).fill(200));
  const syncs = NAMES.slice(0, begun).map((name) => sync([], name));
  if (begun > 0) await next.session.send([...next.session.statuses(), ...syncs], { final: false });
  return phone;
}

describe.each(CLIENTS)('a client that takes $takes', ({ oem, code, kind }) => {
  it('resumes what had begun, and does the others anew (E69)', async () => {
    for (const [count, begun] of [
      [2, 1],
      [3, 1],
      [3, 2],
    ] as const) {
      const phone = await stopped(oem, count, begun);
      const { reply } = await begin(phone, '3', Array(count).fill(225));
      const anew = count - begun;
      expect(codesOfAlerts(reply)).toEqual([
        [...Array(begun).fill(200), ...Array(anew).fill(code)],
        [...Array(begun).fill(200), ...Array(anew).fill(kind)],
      ]);
    }
  });

  it('does all anew when nothing had begun: its items come now, and ours', async () => {
    const phone = await stopped(oem, 1, 0);
    await crm(phone.server, 'Berta');
    const { session, reply } = await begin(phone, '3', [225]);
    expect(codesOfAlerts(reply)).toEqual([[code], [kind]]);
    const own = kind === 201 ? [replace('1', vcard('Ada'))] : [];
    const got = await session.send([...session.statuses(), sync([...own, add('2', vcard('Carl'))])]);
    expect([codeOf(got.reply, 'Add'), told(got.reply)]).toEqual([201, ['Add Berta']]);
    expect(await bodiesOf(phone.server)).toEqual([vcard('Ada'), vcard('Berta'), vcard('Carl')]);
  });

  it('compares where the anchors do not fit', async () => {
    const phone = await stopped(oem, 2, 1);
    const { reply } = await begin(phone, '3', [225, 225], { calendar: { last: 'n0' } });
    expect(codesOfAlerts(reply)).toEqual([
      [200, 508],
      [200, 201],
    ]);
  });

  it('resumes a slow sync that had begun beside another that had not', async () => {
    const phone = { server: await startServer(), oem };
    const { session } = await begin(phone, '1', [201, 201]);
    await session.send([...session.statuses(), sync([add('1', vcard('Ada'))])], { final: false });
    const { reply } = await begin(phone, '2', [225, 225], { contacts: { last: '' }, calendar: { last: '' } });
    expect(codesOfAlerts(reply)).toEqual([
      [200, 508],
      [201, 201],
    ]);
  });

  it('resumes what was finished already', async () => {
    const phone = await stopped(oem, 2, 0);
    const { session } = await begin(phone, '3', [202, 200]);
    await session.send([...session.statuses(), sync([])], { final: false });
    await session.send([...session.statuses(), sync([], 'calendar')]);
    const { reply } = await begin(phone, '4', [225, 225]);
    expect(codesOfAlerts(reply)).toEqual([
      [200, 200],
      [202, 200],
    ]);
  });
});

describe('the Last of our Alert', () => {
  it('is the one that the client noted, also when it lost the last answer (N09, N12)', async () => {
    for (const again of [225, 200]) {
      const phone = await stopped({}, 1, 1);
      const [before] = (await begin(phone, '3', [200])).reply.commands.flatMap(lastOf);
      const { session } = await begin(phone, '4', [200]);
      phone.server.time += 60_000;
      await session.send([...session.statuses(), sync([])]);
      await session.send(session.statuses());
      const { reply } = await begin(phone, '5', [again]);
      expect(reply.commands.flatMap(lastOf), String(again)).toEqual([before]);
    }
  });
});

const lastOf = (command: Message['commands'][number]): string[] =>
  command.name === 'Alert' ? command.items.flatMap(({ meta }) => meta?.anchor?.last ?? []) : [];
