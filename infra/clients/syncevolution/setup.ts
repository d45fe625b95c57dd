/** SyncEvolution's settings, as its command line takes them, and folders of its own instead of the user's. */
import { join } from 'node:path';
import { FOLDERS } from '../datastores.ts';
import type { ClientOptions } from '../options.ts';

/** Of the configuration; it never leaves the client's folder. */
const PEER = 'peer@client';

/** The client's own names of the datastores. */
const SOURCES: { readonly [datastore: string]: string } = {
  contacts: 'contacts',
  calendar: 'calendar',
  tasks: 'todo',
  notes: 'memo',
};
const source = (datastore: string): string => SOURCES[datastore] ?? datastore;
const NAMES = FOLDERS.map(({ datastore }) => source(datastore));

/** What a folder has once SyncEvolution ran in it: settings with the password, logs, the preload. */
export const SETTINGS_FOLDER = 'syncevolution';
export const PARTS = ['home', 'config', 'cache', 'data', 'run', 'logs'] as const;

export function environment(
  settings: string,
  preload: string | undefined,
): { readonly [name: string]: string } {
  return {
    PATH: '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: join(settings, 'home'),
    XDG_CONFIG_HOME: join(settings, 'config'),
    XDG_CACHE_HOME: join(settings, 'cache'),
    XDG_DATA_HOME: join(settings, 'data'),
    XDG_RUNTIME_DIR: join(settings, 'run'),
    ...(preload !== undefined && { LD_PRELOAD: preload }),
  };
}

export const configureArguments = ({ name, url, login, password, folder }: ClientOptions): string[] => [
  ...['--daemon=no', '--configure', '--template', 'none', '--keyring=no'],
  ...[`syncURL=${url}`, `username=${login}`, `password=${password}`, `deviceId=${name}`],
  ...[`logdir=${join(folder, SETTINGS_FOLDER, 'logs')}`, 'loglevel=3', 'maxlogdirs=5'],
  ...[
    'printChanges=0',
    'dumpData=0',
    'preventSlowSync=0',
    'useProxy=0',
    'RetryInterval=5',
    'RetryDuration=60',
  ],
  ...FOLDERS.flatMap(({ datastore, type }) => [
    `${source(datastore)}/backend=file`,
    `${source(datastore)}/databaseFormat=${type}`,
    `${source(datastore)}/database=file://${join(folder, datastore)}`,
    `${source(datastore)}/uri=${datastore}`,
    `${source(datastore)}/sync=two-way`,
  ]),
  PEER,
  ...NAMES,
];

/** Its first sync is a slow one anyway. */
export const syncArguments = ({ slow }: ClientOptions): string[] => [
  ...['--daemon=no', '--sync', slow ? 'slow' : 'two-way', PEER],
  ...NAMES,
];

/** As a person would type it, a line for each source; without the password. */
export function shown(args: readonly string[]): string {
  const words = ['syncevolution', ...args].map((word) =>
    word.startsWith('password=') ? 'password=…' : word,
  );
  return words
    .map(quoted)
    .join(' ')
    .replaceAll(/ (?=\w+\/backend=|syncURL=|logdir=)/g, ' \\\n  ');
}

const quoted = (text: string): string =>
  /^[\w./:@%+=…-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
