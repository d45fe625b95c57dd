/** How to see a first sync with a server: the lines that a person copies into a terminal. */
export interface ClientSetup {
  readonly url: string;
  readonly login: string;
  readonly password: string;
}

/** What the clients take where nothing is said. */
export const USUAL: ClientSetup = { url: 'http://127.0.0.1:8080/syncml', login: 'demo', password: 'demo' };

/** Two devices that are folders of files; the first has a contact, which the second gets. Need nothing but Node. */
export const deviceCommands = (setup: ClientSetup): readonly string[] => [
  `npm run device -- phone --example${options(setup)}`,
  `npm run device -- laptop${options(setup)}`,
];

/** The SyncEvolution of the system, in folders of its own. */
export function clientCommand(setup: ClientSetup): string {
  const given = options(setup);
  return `npm run client${given === '' ? '' : ` --${given}`}`;
}

function options({ url, login, password }: ClientSetup): string {
  const isUsual = login === USUAL.login && password === USUAL.password;
  return [
    ...(url === USUAL.url ? [] : [` --url ${quoted(url)}`]),
    ...(isUsual ? [] : [` --user ${quoted(`${login}:${password}`)}`]),
  ].join('');
}

/** For a POSIX shell. */
const quoted = (text: string): string =>
  /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
