/** Options, log lines and tables of the commands. */
import { describe, expect, it } from 'vitest';
import { changeTable } from '../../functions/cli/change-table.ts';
import { itemComplaint } from '../../functions/cli/item-text.ts';
import { takenByNpm, UsageError } from '../../functions/cli/options.ts';
import { readableLog } from '../../functions/cli/readable-log.ts';
import { startOptions } from '../../infra/local/start-options.ts';

describe('the options of start', () => {
  it('have defaults', () => {
    expect(startOptions([])).toEqual({
      port: undefined,
      host: '127.0.0.1',
      store: 'sqlite',
      data: '.data',
      users: [{ login: 'demo', password: 'demo' }],
    });
  });

  it('are taken', () => {
    const args =
      '--port 0 --host 0.0.0.0 --user anna:a:b --user bo:c --data d --store dynamodb --endpoint http://127.0.0.1:8000';
    expect(startOptions(args.split(' '))).toEqual({
      port: 0,
      host: '0.0.0.0',
      store: 'dynamodb',
      data: 'd',
      endpoint: 'http://127.0.0.1:8000',
      users: [
        { login: 'anna', password: 'a:b' },
        { login: 'bo', password: 'c' },
      ],
    });
  });

  it.each([
    ['--port 80a', /port takes a number/],
    ['--port 65536', /port takes a number/],
    ['--user anna', /LOGIN:PASSWORD/],
    ['--user :secret', /LOGIN:PASSWORD/],
    ['--user anna:', /LOGIN:PASSWORD/],
    ['--store mysql', /sqlite or dynamodb/],
    ['--store dynamodb', /needs --endpoint/],
    ['--store dynamodb --endpoint nowhere', /takes a URL/],
    ['--endpoint http://127.0.0.1:8000', /goes with --store dynamodb/],
    ['--host 0.0.0.0', /needs --user/],
    ['--prot 1', /Unknown option '--prot'/],
    ['start', /Unexpected argument 'start'/],
    ['8081', /Options come after npm's `--`/],
  ])('answer %s with a sentence', (args, sentence) => {
    expect(() => startOptions(args.split(' '))).toThrow(UsageError);
    expect(() => startOptions(args.split(' '))).toThrow(sentence);
  });

  it('ask for help', () => {
    expect(startOptions(['-h'])).toBe('help');
  });
});

it('finds the options that npm took for its own, where npm runs the command', () => {
  const npm = { npm_lifecycle_event: 'device', npm_config_example: 'true', npm_config_yes: '' };
  expect(takenByNpm(['url', 'example'], npm)).toEqual(['example']);
  expect(takenByNpm(['url'], npm)).toEqual([]);
  expect(takenByNpm(['example'], { npm_config_example: 'true' })).toEqual([]);
});

describe('the readable log', () => {
  const lines: string[] = [];
  const log = readableLog(
    (line) => lines.push(line.slice(10)),
    () => 0,
  );

  it('has one line for a message', () => {
    log({
      event: 'message',
      user: 'anna',
      device: 'phone-1',
      session: '4',
      msg: 2,
      wire: 'xml',
      commands: { Add: 100, Status: 1 },
      final: true,
      bytesIn: 61_234,
      bytesOut: 812,
      ms: 38,
      attempts: 2,
    });
    expect(lines.pop()).toBe(
      'anna  phone-1  session 4 message 2  100 Add, Status  61.2 kB in, 812 B out  38 ms  attempts=2',
    );
  });

  it('says when the stored reply went out again, and that nobody is known yet', () => {
    log({
      event: 'message',
      device: 'd',
      session: '1',
      msg: 1,
      commands: {},
      bytesIn: 0,
      bytesOut: 0,
      ms: 0,
      repeated: true,
    });
    expect(lines.pop()).toBe(
      '(no user yet)  d  session 1 message 1  no commands  0 B in, 0 B out  0 ms  repeated: the stored reply',
    );
  });

  it('has a line for anything else', () => {
    log({ event: 'conflict', user: 'anna', guid: 'g', winner: undefined });
    expect(lines.pop()).toBe('conflict  user=anna guid=g');
  });
});

it('shows the log as a table', () => {
  const at = Date.UTC(2026, 2, 1, 12, 0, 5);
  const common = { datastore: 'contacts', at, guid: 'g1', rev: 1 };
  const table = changeTable([
    { ...common, sequence: 1, origin: 'crm', op: 'add', record: 'r-1' },
    { ...common, sequence: 12, origin: 'phone-1', op: 'delete' },
  ]);
  expect(table.split('\n')).toEqual([
    'datastore  seq  at                   origin   op      rev  record  guid',
    'contacts   1    2026-03-01 12:00:05  crm      add     1    r-1     g1',
    'contacts   12   2026-03-01 12:00:05  phone-1  delete  1    -       g1',
  ]);
  expect(changeTable([])).toBe('no changes');
});

describe('a file', () => {
  const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n`;
  const card = lines('BEGIN:VCARD', 'VERSION:2.1', 'N:A;B', 'END:VCARD');
  const calendar = (kind: string) =>
    lines('BEGIN:VCALENDAR', `BEGIN:${kind}`, `END:${kind}`, 'END:VCALENDAR');

  it.each([
    ['contacts', card],
    ['contacts', `\ufeff${card}`],
    ['contacts', `\r\n${card}`],
    ['contacts', card.replaceAll('\r\n', '\r')],
    ['contacts', card.toLowerCase()],
    ['contacts', card.replace('N:A;B', `N:A;B\r\nAGENT:\r\n${card.trim()}`)],
    ['calendar', calendar('VEVENT')],
    ['calendar', calendar('VEVENT') + calendar('VEVENT')],
    ['calendar', calendar('VTODO')],
    ['tasks', calendar('VTODO')],
    ['notes', 'not a card'],
  ])('of %s holds an item: %j', (datastore, text) => {
    expect(itemComplaint(datastore, Buffer.from(text))).toBeUndefined();
    expect(itemComplaint(datastore, Buffer.from(`\ufeff${text}`, 'utf16le'))).toBeUndefined();
  });

  it.each([
    ['contacts', '', /no contact/],
    ['contacts', 'not a card', /no contact/],
    ['contacts', 'NOTE:BEGIN:VCARD', /no contact/],
    ['contacts', calendar('VEVENT'), /no contact/],
    ['contacts', card + card, /2 contacts: give each a file/],
    ['calendar', card, /no appointment/],
    ['tasks', card, /no task/],
  ])('of %s holds none, or too many: %j', (datastore, text, sentence) => {
    expect(itemComplaint(datastore, Buffer.from(text))).toMatch(sentence);
  });
});
