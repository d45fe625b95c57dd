/**
 * Nothing personal stands in the log at its most verbose level: 1,000 contacts of several dialects go in and out through the
 * handler, with conflicts, refusals, failed logins and a failing store, and every value and every secret is looked for.
 */
import { expect, it } from 'vitest';
import { readableLog } from '../../functions/cli/readable-log.ts';
import { jsonLog } from '../../functions/lambda/json-log.ts';
import { createSyncmlHandler } from '../../functions/lambda/syncml/handler.ts';
import { putAccount } from '../../lib/app/accounts.ts';
import type { HttpAnswer, HttpRequest, Log } from '../../lib/app/http/http.ts';
import { verifierOf } from '../../lib/engine/session/credentials.ts';
import { add, alert, map, nextMessage, putDevInf, replace, sync } from '../kit/drafts.ts';
import { memoryStore } from '../kit/memory-store.ts';
import type { TestServer } from '../kit/server.ts';
import { credOf, type Draft, Session, type SessionOptions } from '../kit/session.ts';
import { CONTEXT, httpEvent } from './events.ts';

const CONTACTS = 1_000;
const AT_ONCE = 50;
const ADDRESS = '198.51.100.77';
const LOGIN = 'login-of-anna@example.org';
const PASSWORD = 'Password-Of-Anna-9';

/** What the log must not hold. */
const secrets = new Set<string>();
const lines: string[] = [];

interface Person {
  readonly luid: string;
  readonly values: { readonly [name: string]: string };
}

function person(n: number): Person {
  const digits = String(n).padStart(4, '0');
  const values = {
    family: `Quorkfam${digits}`,
    given: `Zibgiven${digits}`,
    org: `Wobbleworks${digits}`,
    cell: `+4917055${digits}1`,
    mail: `mail${digits}@mailbox.example`,
    street: `Gassenweg ${digits}`,
    city: `Ortsheim${digits}`,
    note: `Remark${digits} of hers`,
    born: `19${60 + (n % 30)}-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`,
    photo: Buffer.from(`photo ${digits} `.repeat(8)).toString('base64'),
  };
  for (const value of Object.values(values)) secrets.add(value);
  return { luid: `luid-${digits}`, values };
}

const DIALECTS = [
  {
    type: 'text/x-vcard',
    text: ({ values: v }: Person) =>
      `BEGIN:VCARD\r\nVERSION:2.1\r\nN:${v.family};${v.given}\r\nORG:${v.org}\r\nTEL;CELL:${v.cell}\r\nEMAIL;INTERNET:${v.mail}\r\nADR;HOME:;;${v.street};${v.city}\r\nNOTE;ENCODING=QUOTED-PRINTABLE:${v.note}\r\nBDAY:${v.born}\r\nPHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n ${v.photo}\r\n\r\nEND:VCARD\r\n`,
  },
  {
    type: 'text/vcard',
    text: ({ values: v }: Person) =>
      `BEGIN:VCARD\r\nVERSION:3.0\r\nN:${v.family};${v.given};;;\r\nFN:${v.given} ${v.family}\r\nORG:${v.org}\r\nTEL;TYPE=CELL:${v.cell}\r\nEMAIL;TYPE=INTERNET:${v.mail}\r\nADR;TYPE=HOME:;;${v.street};${v.city};;;\r\nNOTE:${v.note}\r\nBDAY:${v.born}\r\nPHOTO;ENCODING=b;TYPE=JPEG:${v.photo}\r\nEND:VCARD\r\n`,
  },
  {
    type: 'text/x-s4j-sifc',
    text: ({ values: v }: Person) =>
      `<?xml version="1.0" encoding="UTF-8"?><contact><LastName>${v.family}</LastName><FirstName>${v.given}</FirstName><CompanyName>${v.org}</CompanyName><MobileTelephoneNumber>${v.cell}</MobileTelephoneNumber><Email1Address>${v.mail}</Email1Address><HomeAddressStreet>${v.street}</HomeAddressStreet><HomeAddressCity>${v.city}</HomeAddressCity><Body>${v.note}</Body><Birthday>${v.born}</Birthday><Photo TYPE="JPEG">${v.photo}</Photo></contact>`,
  },
] as const;

/** A server behind the Lambda's handler, whose log goes into `lines` as CloudWatch gets it and as a person reads it. */
async function loggingServer(): Promise<TestServer & { fail?: Error }> {
  const inner = memoryStore();
  const write = (line: string) => lines.push(line);
  const logs = [
    jsonLog({ logLevel: 'debug', deployment: 'test', write }),
    readableLog(write, Date.now, 'debug'),
  ];
  const log: Log = (event) => {
    for (const one of logs) one(event);
  };
  const server = {
    store: inner,
    url: 'https://sync.example.com/syncml',
    log: [],
    time: 0,
  } as object as TestServer & {
    fail?: Error;
  };
  const store: typeof inner = {
    ...inner,
    get: (keys) => (server.fail === undefined ? inner.get(keys) : Promise.reject(server.fail)),
  };
  let count = 0;
  const random = (bytes: number): Uint8Array => {
    count += 1;
    const made = Buffer.alloc(bytes, `random ${count} `);
    for (const shape of ['base64', 'base64url', 'hex'] as const) secrets.add(made.toString(shape));
    return made;
  };
  const handler = createSyncmlHandler({ store, now: Date.now, random, log });
  server.post = async (request: Partial<HttpRequest> & { body: Uint8Array }): Promise<HttpAnswer> => {
    const query = new URLSearchParams(request.query).toString();
    for (const ticket of Object.values(request.query ?? {})) {
      secrets.add(ticket);
      secrets.add(ticket.split('.')[1] ?? ticket);
    }
    const headers = { 'content-type': 'application/vnd.syncml+xml', ...request.headers };
    const event = httpEvent({ method: 'POST', path: '/syncml', query, headers, body: request.body });
    event.requestContext.http.sourceIp = ADDRESS;
    const result = await handler(event, { ...CONTEXT, awsRequestId: 'call' });
    const body = Buffer.from(result.body ?? '', 'base64');
    for (const [, nonce = ''] of body.toString('latin1').matchAll(/<NextNonce[^>]*>([^<]+)</g))
      secrets.add(nonce);
    return { status: result.statusCode ?? 0, headers: {}, body };
  };
  await putAccount(inner, { login: LOGIN, password: PASSWORD, user: 'u-1', notifications: true });
  return server;
}

const SIGNED: SessionOptions = { user: LOGIN, password: PASSWORD };
function open(server: TestServer, options: SessionOptions): Session {
  const cred = credOf({ ...SIGNED, ...options });
  if (cred !== undefined) secrets.add(String(cred.data));
  return new Session(server, { ...SIGNED, ...options });
}

/** A whole sync: the changes in messages of a usual size, then all that the server has. Returns how many items came. */
async function synchronise(session: Session, changes: readonly Draft[], code = 200): Promise<number> {
  let came = 0;
  const count = () => {
    for (const command of session.last?.commands ?? [])
      if (command.name === 'Sync') came += command.commands.length;
  };
  await session.send([putDevInf(), alert(code)]);
  for (let at = 0; at === 0 || at < changes.length; at += AT_ONCE) {
    const part = changes.slice(at, at + AT_ONCE);
    await session
      .send([...session.statuses(), sync(part)], { final: at + AT_ONCE >= changes.length })
      .then(count);
  }
  for (let n = 0; n < 200 && session.last?.final !== true; n += 1)
    await session.send([...session.statuses(), nextMessage()], { final: false }).then(count);
  await session.send([...session.statuses(), map([['unknown-guid', 'unknown-luid']])]);
  return came;
}

it('holds no value of a contact and no secret, whatever happens', { timeout: 240_000 }, async () => {
  for (const text of [LOGIN, PASSWORD, verifierOf(LOGIN, PASSWORD)]) secrets.add(text);
  const server = await loggingServer();
  const people = Array.from({ length: CONTACTS }, (_, n) => person(n));
  for (const [at, { type, text }] of DIALECTS.entries()) {
    const own = people.filter((_, n) => n % DIALECTS.length === at);
    const wire = at === 0 ? 'wbxml' : 'xml';
    const adds = own.map((one) => add(one.luid, text(one), type));
    await synchronise(open(server, { device: `phone-${at}`, wire }), adds, 201);
    // The same again in another session, changed, beside things that are refused.
    const changes = own
      .slice(0, 20)
      .map((one) =>
        replace(one.luid, text({ ...one, values: { ...one.values, org: one.values.city ?? '' } }), type),
      );
    const wrong = [
      add('x1', text(person(5_000)), 'image/png'),
      add('x2', `BEGIN:${person(5_001).values.note}`, type),
    ];
    await synchronise(open(server, { device: `phone-${at}`, wire, sessionId: '2' }), [...changes, ...wrong]);
  }
  const reader = open(server, { device: 'reader', maxMsgSize: 60_000 });
  expect(await synchronise(reader, [], 201)).toBeGreaterThanOrEqual(CONTACTS);

  const before = lines.length;
  await open(server, { password: 'Wrong-Password-7' }).send([alert(200)]);
  await open(server, { auth: 'md5', nonce: Buffer.from('not-its-nonce'), sessionId: '8' }).send([alert(200)]);
  const failures = lines.splice(before);
  await open(server, { auth: 'none', sessionId: '9' }).send([alert(200)]);
  await server.post({ body: Buffer.from(DIALECTS[2].text(person(5_002))) });
  await server.post({ body: Buffer.from('x'), headers: { 'content-type': person(5_003).values.note ?? '' } });
  server.fail = new SyntaxError(`Unexpected token in "${DIALECTS[1].text(person(5_004))}" is not valid`);
  expect((await server.post({ body: firstMessage() })).status).toBe(500);

  const log = lines.join('\n');
  expect(lines.length).toBeGreaterThan(100);
  expect(log).toContain('SyntaxError');
  expect([...secrets].filter((secret) => secret.length > 3 && log.includes(secret))).toEqual([]);
  expect(log).not.toContain(ADDRESS);
  // The line of a failed login has the login and the address, and nothing else of all that.
  const failed = failures.filter((line) => line.includes('auth-failed'));
  expect(failed.length).toBeGreaterThan(0);
  for (const line of failed) expect(line).toContain(ADDRESS);
  const told = [...secrets].filter((secret) => secret.length > 3 && failures.join('\n').includes(secret));
  expect(told).toEqual([LOGIN]);
  expect(failures.filter((line) => !line.includes('auth-failed')).join('\n')).not.toContain(LOGIN);
});

/** Any message that makes the server look into its store. */
function firstMessage(): Uint8Array {
  const { data = '' } = credOf(SIGNED) ?? {};
  return Buffer.from(`<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>SyncML/1.2</VerProto>
<SessionID>11</SessionID><MsgID>1</MsgID><Target><LocURI>x</LocURI></Target><Source><LocURI>phone-1</LocURI></Source><Cred>
<Meta><Type xmlns="syncml:metinf">syncml:auth-basic</Type></Meta><Data>${data}</Data></Cred></SyncHdr><SyncBody><Final/>
</SyncBody></SyncML>`);
}
