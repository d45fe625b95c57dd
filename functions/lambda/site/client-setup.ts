/** How to point the SyncEvolution client at a server: the lines that a person copies into a terminal. */
export interface ClientSetup {
  readonly url: string;
  readonly login: string;
  readonly password: string;
}

/** The client's name of a source, the server's datastore, and what its files hold. */
const SOURCES = [
  { source: 'contacts', datastore: 'contacts', format: 'text/vcard' },
  { source: 'calendar', datastore: 'calendar', format: 'text/calendar' },
  { source: 'todo', datastore: 'tasks', format: 'text/calendar' },
  { source: 'memo', datastore: 'notes', format: 'text/plain' },
] as const;

const NAMES = SOURCES.map(({ source }) => source).join(' ');
const CONFIG = 'peer@client';

/** Configures the client with one folder of files for each datastore, in `~/syncml-files`. */
export function configureCommand({ url, login, password }: ClientSetup): string {
  const lines = [
    'syncevolution --daemon=no --configure --template none --keyring=no',
    `syncURL=${quoted(url)} username=${quoted(login)} password=${quoted(password)} deviceId="$(hostname)"`,
    'preventSlowSync=0 printChanges=0 useProxy=0',
    ...SOURCES.map(
      ({ source, datastore, format }) =>
        `${source}/backend=file ${source}/databaseFormat=${format} ` +
        `${source}/database="file://$HOME/syncml-files/${source}" ${source}/uri=${datastore} ${source}/sync=two-way`,
    ),
    `${CONFIG} ${NAMES}`,
  ];
  return lines.join(' \\\n  ');
}

/** `slow` for the first time, `two-way` after that. */
export const syncCommand = (mode: 'slow' | 'two-way'): string =>
  `syncevolution --daemon=no --sync ${mode} ${CONFIG} ${NAMES}`;

/** For a POSIX shell. */
const quoted = (text: string): string =>
  /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
