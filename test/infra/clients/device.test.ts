/** `npm run device`: a folder of files as a device, against the server on this machine. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UsageError } from '../../../functions/cli/options.ts';
import { FOLDERS } from '../../../infra/clients/datastores.ts';
import { MEMORY_FILE, readMemory } from '../../../infra/clients/device/memory.ts';
import { synchronise } from '../../../infra/clients/device/session.ts';
import type { Side } from '../../../infra/clients/device/side.ts';
import { type ClientOptions, clientOptions, openFolder } from '../../../infra/clients/options.ts';
import { type LocalServer, startServer } from '../../../infra/local/server.ts';
import { DATASTORES } from '../../../lib/engine/model/datastores.ts';
import { type LosingProxy, startLosingProxy } from './losing-proxy.ts';

let place: string;
let server: LocalServer;
let proxy: LosingProxy;
beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'syncml-device-'));
  const users = ['demo', 'anna'].map((login) => ({ login, password: login }));
  server = await startServer({ port: 0, store: 'sqlite', data: ':memory:', users, log: () => undefined });
  proxy = await startLosingProxy(server.url);
});
afterEach(async () => {
  proxy.close();
  await server.close();
  rmSync(place, { recursive: true, force: true });
});

const marks = { own: MEMORY_FILE, other: 'syncevolution' };
const optionsOf = (name: string, ...more: string[]): ClientOptions => {
  const args = [name, '--dir', join(place, name), '--url', server.url, ...more];
  return clientOptions(args, 'phone') as ClientOptions;
};

async function sync(name: string, ...more: string[]): Promise<readonly Side[]> {
  const options = optionsOf(name, ...more);
  openFolder(options, marks);
  return synchronise(options, readMemory(options.folder, options.login));
}
const pathOf = (name: string, ...parts: string[]) => join(place, name, ...parts);
const put = (name: string, file: string, data: string | Buffer) => {
  mkdirSync(join(pathOf(name, file), '..'), { recursive: true });
  writeFileSync(pathOf(name, file), data);
};
const card = (name: string, ...lines: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', `N:${name};;;;`, `FN:${name}`, ...lines, 'END:VCARD', ''].join('\r\n');
/** What a device holds, whatever its files are called and however they are folded. */
const holds = (name: string): string[] =>
  FOLDERS.flatMap(({ datastore }) =>
    readdirSync(pathOf(name, datastore)).map((file) => readFileSync(pathOf(name, datastore, file), 'utf8')),
  )
    .map((text) => text.replace(/\r\n /g, ''))
    .sort();
const counts = (sides: readonly Side[]) =>
  sides.map(({ sent, received }) => ({ sent: { ...sent }, received: { ...received } }))[0];
const NONE = { added: 0, changed: 0, deleted: 0, compared: 0 };

it('has a folder for each datastore of the server', () => {
  expect(FOLDERS.map(({ datastore }) => datastore)).toEqual(DATASTORES.map(({ name }) => name));
  for (const { datastore, type, version } of FOLDERS)
    expect(DATASTORES.find(({ name }) => name === datastore)?.types).toContainEqual({ type, version });
});

it('brings a file to the other device in each datastore: new, changed, deleted', async () => {
  put('a', 'contacts/x.vcf', card('Ada'));
  put('a', 'calendar/x.ics', event('VEVENT', 'DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z'));
  put('a', 'tasks/x.ics', event('VTODO'));
  put('a', 'notes/x.txt', 'milk\n');
  await sync('a');
  await sync('b');
  expect(FOLDERS.map(({ datastore }) => readdirSync(pathOf('b', datastore)))).toEqual([
    ['Ada.vcf'],
    ['Lunch.ics'],
    ['Lunch.ics'],
    ['milk.txt'],
  ]);
  put('b', 'contacts/Ada.vcf', card('Ada', 'TEL;TYPE=CELL:+49 30 1'));
  rmSync(pathOf('b', 'notes/milk.txt'));
  expect(counts(await sync('b'))).toEqual({ sent: { ...NONE, changed: 1 }, received: NONE });
  expect(counts(await sync('a'))).toEqual({ sent: NONE, received: { ...NONE, changed: 1 } });
  expect(readFileSync(pathOf('a', 'contacts/x.vcf'), 'utf8')).toContain('+49 30 1');
  expect(existsSync(pathOf('a', 'notes/x.txt'))).toBe(false);
  for (const name of ['a', 'b']) expect(counts(await sync(name))).toEqual({ sent: NONE, received: NONE });
  expect(holds('a')).toEqual(holds('b'));
});

const STAMP = 'DTSTAMP:20260101T080000Z';
const event = (kind: string, ...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', `BEGIN:${kind}`, 'UID:u', STAMP, 'SUMMARY:Lunch']
    .concat(lines, `END:${kind}`, 'END:VCALENDAR', '')
    .join('\r\n');

it('sends and takes many items and large ones, and a slow sync makes no doubles', async () => {
  const photo = Buffer.alloc(300_000, 'photo').toString('base64');
  put('a', 'contacts/large.vcf', card('Large', `NOTE:${'ü€𝄞'.repeat(50_000)}`, `X-LONG:${photo}`));
  for (let at = 0; at < 300; at += 1)
    put('a', `contacts/${at}.vcf`, card(`Person ${at}`, `TEL:+49 30 ${at}`));
  expect(counts(await sync('a'))?.sent).toEqual({ ...NONE, added: 301 });
  expect(counts(await sync('b'))?.received).toEqual({ ...NONE, added: 301 });
  expect(holds('b')).toEqual(holds('a'));
  expect(counts(await sync('b', '--slow'))).toEqual({ sent: { ...NONE, compared: 301 }, received: NONE });
  expect(counts(await sync('a'))).toEqual({ sent: NONE, received: NONE });
});

it('goes on after a lost answer', async () => {
  put('a', 'contacts/x.vcf', card('Ada'));
  await sync('a');
  proxy.fate = (message) => (message === 3 ? 'lost' : 'passes');
  await sync('b', '--url', proxy.url);
  expect(holds('b')).toEqual(holds('a'));
  expect(counts(await sync('b'))).toEqual({ sent: NONE, received: NONE });
});

it.each([1, 2, 3, 4, 5, 6])(
  'goes on in the next session when one breaks at message %i, without doubles',
  async (broken) => {
    for (let at = 0; at < 120; at += 1)
      put('a', `contacts/${at}.vcf`, card(`Of A ${at}`, `NOTE:${'x'.repeat(2_000)}`));
    await sync('a');
    for (let at = 0; at < 60; at += 1)
      put('b', `contacts/b${at}.vcf`, card(`Of B ${at}`, `NOTE:${'y'.repeat(2_000)}`));
    for (const fate of ['refused', 'lost'] as const) {
      let seen = 0;
      proxy.fate = () => {
        seen += 1;
        if (seen < broken) return 'passes';
        return seen === broken ? fate : 'refused';
      };
      await sync('b', '--url', proxy.url).catch((error: unknown) => expect(error).toBeInstanceOf(UsageError));
    }
    for (const name of ['b', 'a', 'b']) await sync(name);
    expect(holds('b')).toHaveLength(180);
    expect(holds('b')).toEqual(holds('a'));
  },
);

it('writes no file outside its folders, whatever an item is called', async () => {
  put('a', 'contacts/x.vcf', card('../../etc/passwd'));
  put('a', 'contacts/y.vcf', card('..'));
  put('a', 'notes/x.txt', '\n/tmp/x\n');
  await sync('a');
  await sync('b');
  expect(readdirSync(pathOf('b', 'contacts')).sort()).toEqual(['etc passwd.vcf', 'item.vcf']);
  expect(readdirSync(pathOf('b', 'notes'))).toEqual(['item.txt']);
  expect(statSync(pathOf('b')).mode & 0o777).toBe(0o700);
  expect(statSync(pathOf('b', 'contacts/item.vcf')).mode & 0o777).toBe(0o600);
});

it('leaves alone what is no item, says so, and sends the others', async () => {
  put('a', 'contacts/two.vcf', card('Ada') + card('Bo'));
  put('a', 'contacts/list.csv', 'x');
  put('a', 'contacts/.hidden.vcf', card('Hidden'));
  put('a', 'contacts/bytes.vcf', Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 149) % 256)));
  put('a', 'contacts/empty.vcf', '');
  put('a', 'contacts/good.vcf', card('Good'));
  put('a', 'calendar/card.ics', card('Cora'));
  put('a', 'tasks/text.ics', 'not a task');
  const sides = await sync('a');
  expect(sides.map(({ found }) => found.skipped.toSorted())).toEqual([
    [
      expect.stringMatching(/bytes.vcf holds no contact: it has no line BEGIN:VCARD/),
      expect.stringMatching(/empty.vcf holds no contact/),
      expect.stringContaining('list.csv is left alone'),
      expect.stringContaining('two.vcf holds 2 contacts'),
    ],
    [expect.stringContaining('card.ics holds no appointment')],
    [expect.stringContaining('text.ics holds no task')],
    [],
  ]);
  expect(sides.map(({ sent }) => sent.added)).toEqual([1, 0, 0, 0]);
});

it.each(['', 'not a card', card('Ada') + card('Bo')])(
  'deletes no item because its file no longer holds one: %j',
  async (broken) => {
    put('a', 'contacts/Ada.vcf', card('Ada'));
    for (const name of ['a', 'b']) await sync(name);
    put('a', 'contacts/Ada.vcf', broken);
    expect(counts(await sync('a'))).toEqual({ sent: NONE, received: NONE });
    put('a', 'contacts/Ada.vcf', card('Ada', 'NOTE:mended'));
    expect(counts(await sync('a'))?.sent).toEqual({ ...NONE, changed: 1 });
    await sync('b');
    expect(holds('b')).toEqual(holds('a'));
  },
);

it('says which items the server refuses, and sends them again when they are mended', async () => {
  put('a', 'contacts/bad.vcf', card('Bo', `NOTE:${'x'.repeat(3_500_000)}`));
  put('a', 'contacts/good.vcf', card('Ada'));
  const [first] = await sync('a');
  expect([...(first?.failed ?? [])]).toEqual([['bad.vcf', 416]]);
  expect(first?.sent).toEqual({ ...NONE, added: 1 });
  put('a', 'contacts/bad.vcf', card('Bo'));
  expect(counts(await sync('a'))?.sent).toEqual({ ...NONE, added: 1 });
  await sync('b');
  expect(holds('b')).toEqual(holds('a'));
});

it('deletes nothing because a folder is gone', async () => {
  put('a', 'contacts/x.vcf', card('Ada'));
  await sync('a');
  rmSync(pathOf('a', 'contacts'), { recursive: true });
  await expect(sync('a')).rejects.toThrow(/contacts is gone/);
});

it('stops with a sentence: another login, a wrong password, no server, a folder of the other client', async () => {
  await sync('a');
  await expect(sync('a', '--user', 'anna:anna')).rejects.toThrow(/holds the items of demo/);
  await expect(sync('b', '--user', 'demo:no')).rejects.toThrow(
    /no login demo with this password.*--user .*npm run password/,
  );
  await expect(sync('b', '--url', 'http://127.0.0.1:8/syncml')).rejects.toThrow(
    /gives no answer .*npm start/,
  );
  mkdirSync(pathOf('c', 'syncevolution'), { recursive: true });
  await expect(sync('c')).rejects.toThrow(/belongs to another client/);
});

it.each(['', '/', '/sync'])('says what the path of the URL is, instead of "%s"', async (path) => {
  const { origin } = new URL(server.url);
  await expect(sync('a', '--url', `${origin}${path}`)).rejects.toThrow(
    `The URL ends in /syncml: ${origin}/syncml`,
  );
});

it('says that the server speaks http://, in one line, and at once', async () => {
  const failure = sync('a', '--url', server.url.replace('http:', 'https:'));
  await expect(failure).rejects.toThrow(`Is it ${server.url}?`);
  await expect(failure).rejects.toThrow(/^[^\n]*$/);
});

it.each([
  '{',
  '',
  'null',
  '{}',
  '{"login":"demo"}',
  '{"login":"demo","sessions":1,"nonce":"","datastores":{}}',
])('says what to do with a damaged memory: %j', async (text) => {
  put('a', 'contacts/x.vcf', card('Ada'));
  await sync('a');
  put('a', MEMORY_FILE, text);
  await expect(sync('a')).rejects.toThrow(`${pathOf('a', MEMORY_FILE)} is damaged. Remove it`);
  rmSync(pathOf('a', MEMORY_FILE));
  expect(counts(await sync('a'))).toEqual({ sent: { ...NONE, added: 1 }, received: NONE });
  expect(holds('a')).toHaveLength(1);
});

it.each([
  [['a b'], /one name/],
  [['../x'], /one name/],
  [['a', 'b'], /one name.*Options come after npm's `--`/],
  // npm has taken --url for its own.
  [['a', 'http://127.0.0.1:8080/syncml'], /Options come after npm's `--`/],
  [['a', '--url', 'ftp://x'], /--url takes a URL/],
  [['a', '--url', 'here'], /--url takes a URL/],
  [['a', '--user', 'demo'], /LOGIN:PASSWORD/],
  [['a', '--port', '1'], /Unknown option/],
])('answers the options %j with a sentence', (args, sentence) => {
  expect(() => clientOptions(args, 'phone')).toThrow(sentence);
});

it('keeps what a person edits while the session runs, and merges it in the next', async () => {
  put('a', 'contacts/x.vcf', card('Ada', 'TEL;TYPE=CELL:+49 30 1'));
  for (const name of ['a', 'b']) await sync(name);
  put('a', 'contacts/x.vcf', card('Ada', 'TEL;TYPE=CELL:+49 30 2'));
  await sync('a');
  proxy.fate = (message) => {
    if (message === 2) put('b', 'contacts/Ada.vcf', card('Ada', 'TEL;TYPE=CELL:+49 30 1', 'NOTE:mine'));
    return 'passes';
  };
  expect(counts(await sync('b', '--url', proxy.url))).toEqual({ sent: NONE, received: NONE });
  expect(holds('b')).toEqual([expect.stringContaining('NOTE:mine')]);
  for (const name of ['b', 'a', 'b']) await sync(name);
  expect(holds('a')).toEqual([expect.stringMatching(/\+49 30 2[\s\S]*NOTE:mine|NOTE:mine[\s\S]*\+49 30 2/)]);
  expect(holds('b')).toEqual(holds('a'));
});

it('deletes an item that came back once more: what the other device deletes stays deleted', async () => {
  put('a', 'contacts/x.vcf', card('Ada'));
  for (const name of ['a', 'b']) await sync(name);
  put('b', 'contacts/Ada.vcf', card('Ada', 'NOTE:edited'));
  await sync('b');
  rmSync(pathOf('a', 'contacts/x.vcf'));
  expect(counts(await sync('a'))).toEqual({
    sent: { ...NONE, deleted: 1 },
    received: { ...NONE, added: 1 },
  });
  expect(counts(await sync('a'))).toEqual({ sent: NONE, received: NONE });
  await sync('b');
  rmSync(pathOf('b', 'contacts/Ada.vcf'));
  await sync('b');
  expect(counts(await sync('a'))).toEqual({ sent: NONE, received: { ...NONE, deleted: 1 } });
  await sync('b');
  expect([holds('a'), holds('b')]).toEqual([[], []]);
});

it('deletes an item that came back under its old name', async () => {
  put('a', 'contacts/Ada.vcf', card('Ada'));
  for (const name of ['a', 'b']) await sync(name);
  put('b', 'contacts/Ada.vcf', card('Ada', 'NOTE:edited'));
  await sync('b');
  rmSync(pathOf('a', 'contacts/Ada.vcf'));
  await sync('a');
  expect(readdirSync(pathOf('a', 'contacts'))).toEqual(['Ada.vcf']);
  await sync('b');
  rmSync(pathOf('b', 'contacts/Ada.vcf'));
  await sync('b');
  expect(counts(await sync('a'))).toEqual({ sent: NONE, received: { ...NONE, deleted: 1 } });
  await sync('b');
  expect([holds('a'), holds('b')]).toEqual([[], []]);
});

it.each(['two-way', 'slow'])(
  'sends nothing after it sent and got the same item in a %s sync',
  async (kind) => {
    put('a', 'contacts/Ada.vcf', card('Ada', 'TEL;TYPE=CELL:+49 30 1'));
    for (const name of ['a', 'b']) await sync(name);
    put('b', 'contacts/Ada.vcf', card('Ada', 'TEL;TYPE=CELL:+49 30 1', 'NOTE:of b'));
    await sync('b');
    put('a', 'contacts/Ada.vcf', card('Ada', 'TEL;TYPE=CELL:+49 30 2'));
    expect(counts(await sync('a', ...(kind === 'slow' ? ['--slow'] : [])))).toEqual({
      sent: { ...NONE, changed: 1 },
      received: { ...NONE, changed: 1 },
    });
    expect(counts(await sync('a'))).toEqual({ sent: NONE, received: NONE });
    await sync('b');
    expect(holds('b')).toEqual(holds('a'));
  },
);

it('takes the merged item of a new one in the answer that has its Status', async () => {
  put('a', 'contacts/x.vcf', card('Ada Lovelace', 'EMAIL:ada@example.com', 'NOTE:of a'));
  await sync('a');
  put('b', 'contacts/y.vcf', card('Ada Lovelace', 'EMAIL:ada@example.com', 'TEL;TYPE=CELL:+49 30 2'));
  expect(counts(await sync('b'))).toEqual({
    sent: { ...NONE, added: 1 },
    received: { ...NONE, changed: 1 },
  });
  expect(counts(await sync('b'))).toEqual({ sent: NONE, received: NONE });
  await sync('a');
  expect(holds('b')).toEqual(holds('a'));
  expect(holds('a')).toEqual([expect.stringMatching(/NOTE:of a/)]);
});

it('gives a new item no name of a file that the user deletes while the session runs', async () => {
  put('a', 'notes/x.txt', 'milk\nfor Ada');
  for (const name of ['a', 'b']) await sync(name);
  put('a', 'notes/y.txt', 'milk\nfor Bo');
  await sync('a');
  proxy.fate = (message) => {
    if (message === 2) rmSync(pathOf('b', 'notes/milk.txt'));
    return 'passes';
  };
  await sync('b', '--url', proxy.url);
  expect(readdirSync(pathOf('b', 'notes'))).toEqual(['milk 2.txt']);
  for (const name of ['b', 'a']) await sync(name);
  expect([holds('a'), holds('b')]).toEqual([['milk\nfor Bo'], ['milk\nfor Bo']]);
});
