/**
 * The SyncEvolution client in folders of its own: a device full of items. Owns: how it is configured and run.
 * Needs syncevolution and gcc; its curl transport is repaired by the preload of `npm run client`.
 */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programPath } from '../../infra/clients/syncevolution/preload.ts';
import { type Run, run, tail } from '../client/process.ts';
import type { DatastoreName } from './drafts.ts';

const PEER = 'bench@client';
const TIMEOUT = 600_000;

export interface ClientOptions {
  /** Empty folder. */
  readonly folder: string;
  readonly shim: string;
  readonly url: string;
  readonly login: string;
  readonly password: string;
  readonly deviceId: string;
  /** Contacts, where it is not said. */
  readonly datastore?: DatastoreName;
}

export interface RealClient {
  /** Puts items on the device. */
  fill(texts: readonly string[]): void;
  count(): number;
  /** Wall seconds of a session; throws with the client's own words when it fails. */
  sync(mode: 'slow' | 'two-way'): Promise<number>;
}

/** Why the client cannot be run here; undefined when it can. */
export function missingForClient(): string | undefined {
  const missing = ['syncevolution', 'gcc'].filter((program) => programPath(program) === undefined);
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
}

/** An environment in which SyncEvolution touches nothing outside of the folder; makes the folders that it needs. */
export function privateEnvironment(folder: string): Record<string, string> {
  const inside = (name: string): string => {
    mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
    return join(folder, name);
  };
  return {
    PATH: '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: inside('home'),
    XDG_CONFIG_HOME: inside('config'),
    XDG_CACHE_HOME: inside('cache'),
    XDG_DATA_HOME: inside('data'),
    XDG_RUNTIME_DIR: inside('run'),
  };
}

const FORMATS = {
  contacts: 'text/vcard',
  calendar: 'text/calendar',
  tasks: 'text/calendar',
  notes: 'text/plain',
} as const;
export type FileDatastore = keyof typeof FORMATS;

/** A datastore on files, alike for client and peer server. */
export const fileSource = (name: FileDatastore, folder: string): string[] => [
  `${name}/backend=file`,
  `${name}/databaseFormat=${FORMATS[name]}`,
  `${name}/database=file://${folder}`,
  `${name}/uri=${name}`,
  `${name}/sync=two-way`,
];

/** `peer`: the name of the configuration; it has these datastores. */
export const configureArguments = (
  properties: readonly string[],
  peer: string,
  datastores: readonly FileDatastore[],
): string[] => [
  '--daemon=no',
  '--configure',
  '--template',
  'none',
  '--keyring=no',
  ...properties,
  'printChanges=0',
  'dumpData=0',
  'preventSlowSync=0',
  peer,
  ...datastores,
];

export async function createClient(options: ClientOptions): Promise<RealClient> {
  const { folder, shim, url, login, password, deviceId, datastore = 'contacts' } = options;
  const items = join(folder, 'db');
  mkdirSync(items, { recursive: true });
  const env = { ...privateEnvironment(folder), LD_PRELOAD: shim };
  const client = (args: readonly string[]): Promise<Run> =>
    run('syncevolution', args, { env, timeout: TIMEOUT });
  const properties = [
    `syncURL=${url}`,
    `username=${login}`,
    `password=${password}`,
    `deviceId=${deviceId}`,
    `logdir=${join(folder, 'logs')}`,
    'loglevel=2',
    'useProxy=0',
    'RetryInterval=0',
    `RetryDuration=${TIMEOUT / 1000}`,
    'enableWBXML=1',
    'SyncMLVersion=1.2',
    'clientAuthType=md5',
    'maxMsgSize=150000',
    ...fileSource(datastore, items),
  ];
  const configured = await client(configureArguments(properties, PEER, [datastore]));
  if (configured.code !== 0) throw new Error(`not configured:\n${tail(configured.output, 15)}`);
  return {
    fill: (texts) => {
      texts.forEach((text, n) => {
        writeFileSync(join(items, `c${String(n + 1).padStart(6, '0')}`), text);
      });
    },
    count: () => readdirSync(items).length,
    sync: async (mode) => {
      const start = performance.now();
      const { code, output } = await client(['--daemon=no', '--sync', mode, PEER, datastore]);
      if (code !== 0) throw new Error(`the session failed (${code}):\n${tail(output, 15)}`);
      return (performance.now() - start) / 1000;
    },
  };
}
