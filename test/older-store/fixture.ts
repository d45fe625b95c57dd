/**
 * A store as an earlier server left it, with what the devices that filled it know: JSON lines, for a look with any tool.
 *
 * | line | what |
 * |---|---|
 * | `made` | when, and the login; times of the rows count from there, so a test takes `now` as its clock |
 * | `device` | a device, its messages as it sent them |
 * | `item` | an item of a device, as the device itself sends it |
 * | `row` | a row of the store |
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { MAX_TRANSACTION_WRITES, type Row, type Store } from '../../lib/store/port/port.ts';

export const FOLDER = join(import.meta.dirname, 'fixtures');

export interface Made {
  readonly made: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly login: string;
  readonly password: string;
}

/** A request and its answer, whether or not the device got it. */
export interface Recorded {
  /** Path and query. */
  readonly url: string;
  readonly body: Uint8Array;
  readonly answer?: Uint8Array;
}

export type Edit = 'add' | 'replace' | 'delete';

export interface FixtureDevice {
  readonly device: string;
  readonly auth: 'md5' | 'basic';
  /** base64 of the one that it was told last. */
  readonly nonce?: string;
  /** The first message of its last completed session. */
  readonly first?: Uint8Array;
  /** The session in which it died. */
  readonly open?: readonly Recorded[];
  /** What it had changed in its contacts before that session, by LUID. */
  readonly edits: { readonly [luid: string]: Edit };
}

export interface FixtureItem {
  readonly item: string;
  readonly device: string;
  readonly datastore: string;
  /** Content type as the device says it. */
  readonly type: string;
  readonly text: string;
}

export interface Fixture extends Made {
  readonly devices: readonly FixtureDevice[];
  readonly items: readonly FixtureItem[];
  readonly rows: readonly Row[];
}

/** Names of all of them, the oldest first. */
export const fixtureNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();

/** Above this a text is packed. */
const LONG = 4_000;

const bytesText = (bytes: Uint8Array): string => deflateSync(bytes, { level: 9 }).toString('base64');
const textBytes = (text: string): Uint8Array => inflateSync(Buffer.from(text, 'base64'));

type Line = { readonly [member: string]: unknown };

const recordedLine = ({ url, body, answer }: Recorded): Line => ({
  url,
  body: bytesText(body),
  ...(answer && { answer: bytesText(answer) }),
});

const deviceLine = ({ first, open, ...rest }: FixtureDevice): Line => ({
  ...rest,
  ...(first && { first: bytesText(first) }),
  ...(open && { open: open.map(recordedLine) }),
});

function itemLine({ text, ...rest }: FixtureItem): Line {
  return text.length < LONG ? { ...rest, text } : { ...rest, packed: bytesText(Buffer.from(text)) };
}

const rowLine = ({ table, pk, sk, version, expires, attributes, blob }: Row): Line => ({
  row: sk,
  pk,
  table,
  version,
  ...(expires !== undefined && { expires }),
  attributes,
  ...(blob && { blob: Buffer.from(blob).toString('base64') }),
});

export function fixtureText({ devices, items, rows, ...made }: Fixture): string {
  const lines = [made, ...devices.map(deviceLine), ...items.map(itemLine), ...rows.map(rowLine)];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

export function readFixture(name: string): Fixture {
  const lines = readFileSync(join(FOLDER, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const found: { [kind in 'devices' | 'items' | 'rows']: unknown[] } = { devices: [], items: [], rows: [] };
  for (const line of lines.slice(1)) {
    if ('row' in line) found.rows.push(rowOf(line));
    else if ('item' in line) found.items.push(itemOf(line));
    else found.devices.push(deviceOf(line));
  }
  return { ...lines[0], ...found };
}

type Packed<T, K extends keyof T> = Omit<T, K> & { readonly [name in K]: string };

function rowOf({ row: sk, blob, ...rest }: Packed<Row, 'blob'> & { row: string }): Row {
  const given: Omit<Row, 'sk'> = rest;
  return { ...given, sk, ...(blob !== undefined && { blob: new Uint8Array(Buffer.from(blob, 'base64')) }) };
}

function itemOf({ packed, ...rest }: FixtureItem & { packed?: string }): FixtureItem {
  return packed === undefined ? rest : { ...rest, text: Buffer.from(textBytes(packed)).toString('utf8') };
}

type DeviceLine = Omit<FixtureDevice, 'first' | 'open'> & {
  readonly first?: string;
  readonly open?: readonly { readonly url: string; readonly body: string; readonly answer?: string }[];
};

function deviceOf({ first, open, ...rest }: DeviceLine): FixtureDevice {
  return {
    ...rest,
    ...(first !== undefined && { first: textBytes(first) }),
    ...(open && {
      open: open.map(({ url, body, answer }) => ({
        url,
        body: textBytes(body),
        ...(answer !== undefined && { answer: textBytes(answer) }),
      })),
    }),
  };
}

/** Puts the rows in an empty store as they were, versions and all. */
export async function load(store: Store, { rows }: Pick<Fixture, 'rows'>): Promise<void> {
  for (let at = 0; at < rows.length; at += MAX_TRANSACTION_WRITES) {
    const some = rows.slice(at, at + MAX_TRANSACTION_WRITES);
    const done = await store.transact(some.map((row) => ({ op: 'put', row, condition: 'absent' })));
    if (done === 'conflict') throw new Error('the store is not empty');
  }
}
