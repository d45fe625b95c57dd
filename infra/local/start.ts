/** `npm start`: the whole server on this machine, until SIGINT or SIGTERM. */

import { networkInterfaces } from 'node:os';
import { runCommand, UsageError } from '../../functions/cli/options.ts';
import { readableLog } from '../../functions/cli/readable-log.ts';
import { readSettings, type Settings } from '../../functions/lambda/environment.ts';
import { clientCommand, deviceCommands } from '../../functions/lambda/site/client-setup.ts';
import { networkUrls } from './addresses.ts';
import { watchMemory } from './memory.ts';
import { type LocalServer, startServer } from './server.ts';
import { DEFAULT_PORT, DEMO, START_HELP, type StartOptions, startOptions } from './start-options.ts';

/** How many ports after the default one are tried. */
const PORTS_TRIED = 20;

await runCommand(async () => {
  const options = startOptions(process.argv.slice(2));
  if (options === 'help') return console.log(START_HELP);
  const server = await listen(options);
  stopOnSignals(server);
  console.log(welcome(server, options));
  watchMemory();
});

async function listen(options: StartOptions): Promise<LocalServer> {
  const log = readableLog(console.log, Date.now);
  const settings = settingsOf(process.env);
  const first = options.port ?? DEFAULT_PORT;
  for (let port = first; ; port += 1) {
    try {
      return await startServer({ ...options, port, log, settings });
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (syscall !== 'listen') throw error;
      const another = code === 'EADDRINUSE' && options.port === undefined && port < first + PORTS_TRIED;
      if (!another) throw listenError(error, code, port, options.host);
    }
  }
}

function settingsOf(variables: NodeJS.ProcessEnv): Settings {
  try {
    return readSettings(variables);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function listenError(error: unknown, code: string | undefined, port: number, host: string): unknown {
  if (code === 'EADDRINUSE') return new UsageError(`Port ${port} is taken; --port names another one.`);
  if (code === 'EACCES') return new UsageError(`Port ${port} needs more rights; take one above 1023.`);
  if (code === 'EADDRNOTAVAIL') return new UsageError(`${host} is no address of this machine.`);
  return error;
}

function welcome({ url, port, kept }: LocalServer, options: StartOptions): string {
  const [user] = options.users;
  const place = options.store === 'sqlite' ? `SQLite in ${options.data}` : `DynamoDB at ${options.endpoint}`;
  const logins = options.users.map(({ login }) => login).join(', ');
  const isDemo = user === DEMO && !kept.includes(DEMO.login);
  const note =
    kept.length === 0 ? '' : `\nPasswords       as they were: ${kept.join(', ')}; npm run password sets one`;
  const others = networkUrls({ host: options.host, port }, networkInterfaces());
  const network = others.map((other) => `\nIn the network  ${other}`).join('');
  const setup = { url, login: user.login, password: isDemo ? user.password : 'PASSWORD' };
  return `
SyncML server   ${url}${network}
Login           ${logins}${isDemo ? ' (password: demo)' : ''}${note}
Databases       contacts, calendar, tasks, notes
Data            ${place}

See a sync, in another terminal; the contact of the first device is in .devices/laptop/contacts then:

${deviceCommands(setup).join('\n')}

The same with SyncEvolution (Debian: apt-get install syncevolution gcc libc6-dev):

${clientCommand(setup)}

Phones, Outlook and others: docs/clients.md

Ctrl-C ends the server.
`;
}

function stopOnSignals(server: LocalServer): void {
  let closing = false;
  const stop = (): void => {
    // A terminal's Ctrl-C arrives twice: from the terminal and from the process above.
    if (closing) return;
    closing = true;
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error instanceof Error ? error.message : String(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
