/**
 * One device: a SyncEvolution client with directories of its own, one file per item.
 * Owns: how the client is configured, run and fed with edits. Knows nothing of the server but its URL.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, tail } from './process.ts';
import { parseReport, type SourceReport } from './report.ts';

export const DATASTORES = ['contacts', 'calendar', 'tasks', 'notes'] as const;
export type Datastore = (typeof DATASTORES)[number];

interface Source {
  readonly name: string;
  readonly format: string;
  /** What it sends where it speaks the formats of the first generation. */
  readonly old: string;
}

/** The client's own name of each datastore, and the format of its files. */
const SOURCE: Readonly<Record<Datastore, Source>> = {
  contacts: { name: 'contacts', format: 'text/vcard', old: 'text/x-vcard' },
  calendar: { name: 'calendar', format: 'text/calendar', old: 'text/x-vcalendar' },
  tasks: { name: 'todo', format: 'text/calendar', old: 'text/x-vcalendar' },
  notes: { name: 'memo', format: 'text/plain', old: 'text/plain' },
};

export type Mode =
  | 'slow'
  | 'two-way'
  | 'refresh-from-local'
  | 'refresh-from-remote'
  | 'one-way-from-local'
  | 'one-way-from-remote';

export interface DeviceOptions {
  readonly name: string;
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly workDir: string;
  /** Path of the built preload of infra/clients/syncevolution. */
  readonly shim: string;
  readonly wbxml?: boolean;
  readonly version?: '1.0' | '1.1' | '1.2';
  readonly auth?: 'md5' | 'basic';
  /** Bytes; the client takes at least 10240. */
  readonly maxMsgSize?: number;
  /** Whether refresh-from-remote goes out as Alert 205; otherwise the client empties itself and does a slow sync. */
  readonly refreshSync?: boolean;
  /** Sends and takes vCard 2.1 and vCalendar 1.0 only. */
  readonly oldFormats?: boolean;
  /** Seconds after which an unanswered message is sent again; 0 = never. */
  readonly retryInterval?: number;
}

export interface SyncResult {
  readonly device: string;
  readonly mode: Mode;
  readonly code: number;
  readonly output: string;
  readonly report: ReadonlyMap<Datastore, SourceReport>;
}

export interface Device {
  readonly name: string;
  put(datastore: Datastore, item: string, text: string): void;
  read(datastore: Datastore, item: string): string;
  delete(datastore: Datastore, item: string): void;
  /** File names (LUIDs), sorted. */
  list(datastore: Datastore): string[];
  /** Texts of all items, keyed by file name. */
  items(datastore: Datastore): Map<string, string>;
  /** One session. Without datastores: all four. Never throws on a failed session: look at `code`. */
  sync(mode: Mode, datastores?: readonly Datastore[]): Promise<SyncResult>;
  /** Kills the session that runs, as a crash (SIGKILL) or a user's Ctrl-C (SIGINT) does. */
  kill(signal: 'SIGKILL' | 'SIGINT'): void;
  /** Sets properties of the peer, e.g. `password=…`. */
  configure(...properties: string[]): Promise<void>;
  /** XML dumps of the last session's messages in order; only with CLIENT_DEBUG=1. */
  messages(): string[];
  /** What the client logged about its last session, shortened. */
  lastLog(): string;
}

const debug = process.env.CLIENT_DEBUG === '1';
const PEER = 'peer@client';

export async function createDevice(options: DeviceOptions): Promise<Device> {
  const root = join(options.workDir, options.name);
  const path = (datastore: Datastore, item = ''): string => join(root, 'db', datastore, item);
  for (const part of ['home', 'config', 'cache', 'data', 'run', 'logs'])
    mkdirSync(join(root, part), { recursive: true });
  for (const datastore of DATASTORES) mkdirSync(path(datastore), { recursive: true });
  let kill: (signal: NodeJS.Signals) => void = () => undefined;
  const client = (args: readonly string[]) =>
    run('syncevolution', ['--daemon=no', ...args], {
      env: environment(root, options.shim),
      timeout: 120_000,
      onStart: (killer) => {
        kill = killer;
      },
    });

  const configure = async (...properties: string[]): Promise<void> => {
    const { code, output } = await client(['--configure', '--keyring=no', ...properties]);
    if (code !== 0)
      throw new Error(`${options.name} could not be configured (${code}):\n${tail(output, 20)}`);
  };
  await configure('--template', 'none', ...peerProperties(options, root), PEER, ...sourceNames(DATASTORES));

  return {
    name: options.name,
    put: (datastore, item, text) => writeItem(path(datastore, item), text),
    read: (datastore, item) => readFileSync(path(datastore, item), 'utf8'),
    delete: (datastore, item) => rmSync(path(datastore, item)),
    list: (datastore) => readdirSync(path(datastore)).sort(),
    items: (datastore) =>
      new Map(
        readdirSync(path(datastore)).map((item) => [item, readFileSync(path(datastore, item), 'utf8')]),
      ),
    sync: async (mode, datastores = DATASTORES) => {
      const { code, output } = await client(['--sync', mode, PEER, ...sourceNames(datastores)]);
      const sources = parseReport(output);
      const report = new Map<Datastore, SourceReport>();
      for (const datastore of datastores) {
        const source = sources.get(SOURCE[datastore].name);
        if (source !== undefined) report.set(datastore, source);
      }
      return { device: options.name, mode, code, output, report };
    },
    kill: (signal) => kill(signal),
    configure: (...properties) => configure(...properties, PEER),
    messages: () => lastSession(root).messages,
    lastLog: () => lastSession(root).log,
  };
}

const sourceNames = (datastores: readonly Datastore[]): string[] =>
  datastores.map((datastore) => SOURCE[datastore].name);

function environment(root: string, shim: string): Record<string, string> {
  return {
    PATH: '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: join(root, 'home'),
    XDG_CONFIG_HOME: join(root, 'config'),
    XDG_CACHE_HOME: join(root, 'cache'),
    XDG_DATA_HOME: join(root, 'data'),
    XDG_RUNTIME_DIR: join(root, 'run'),
    LD_PRELOAD: shim,
  };
}

function peerProperties(options: DeviceOptions, root: string): string[] {
  const flag = (value: boolean): string => (value ? '1' : '0');
  return [
    `syncURL=${options.url}`,
    `username=${options.user}`,
    `password=${options.password}`,
    `deviceId=${options.name}`,
    `logdir=${join(root, 'logs')}`,
    `loglevel=${debug ? 4 : 3}`,
    'maxlogdirs=0',
    'printChanges=0',
    'dumpData=0',
    'preventSlowSync=0',
    'useProxy=0',
    `RetryInterval=${options.retryInterval ?? 0}`,
    'RetryDuration=60',
    `enableWBXML=${flag(options.wbxml ?? true)}`,
    `SyncMLVersion=${options.version ?? '1.2'}`,
    `clientAuthType=${options.auth ?? 'md5'}`,
    `maxMsgSize=${options.maxMsgSize ?? 150_000}`,
    `enableRefreshSync=${flag(options.refreshSync ?? false)}`,
    ...DATASTORES.flatMap((datastore) => {
      const { name, format, old } = SOURCE[datastore];
      const forced = [`${name}/syncFormat=${old}`, `${name}/forceSyncFormat=1`];
      return [
        ...(options.oldFormats === true ? forced : []),
        `${name}/backend=file`,
        `${name}/databaseFormat=${format}`,
        `${name}/database=file://${join(root, 'db', datastore)}`,
        `${name}/uri=${datastore}`,
        `${name}/sync=two-way`,
      ];
    }),
  ];
}

/**
 * The client takes an item as changed when its file's time in whole seconds is another: an edit in the second of the
 * last session would be missed, so an edited file is dated two seconds after what it was instead of waiting.
 */
function writeItem(file: string, text: string): void {
  const before = statSync(file, { throwIfNoEntry: false });
  writeFileSync(file, text);
  if (before === undefined) return;
  const seconds = Math.floor(before.mtimeMs / 1000) + 2;
  utimesSync(file, seconds, seconds);
}

function lastSession(root: string): { messages: string[]; log: string } {
  const logs = join(root, 'logs');
  const sessions = readdirSync(logs).filter((name) => name.startsWith('SyncEvolution-'));
  const newest = sessions
    .map((name) => ({ name, time: statSync(join(logs, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time)[0];
  if (newest === undefined) return { messages: [], log: '(no session yet)' };
  const folder = join(logs, newest.name);
  const files = readdirSync(folder).sort();
  const messages = files
    .filter((name) => name.endsWith('_outgoing.xml') || name.endsWith('_incoming.xml'))
    .map((name) => join(folder, name));
  const html = files.includes('syncevolution-log.html')
    ? readFileSync(join(folder, 'syncevolution-log.html'), 'utf8')
    : '';
  const log = html
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .split('\n')
    .filter((line) => /\berror\b|warning|aborting|giving up|rejected/i.test(line))
    .join('\n');
  return { messages, log: tail(log, 15) };
}
