/** `npm run password`: gives a login, or a new one, a password that is read from the terminal or from a pipe. */
import { createInterface } from 'node:readline/promises';
import { addAccount, knownAccount, putAccount, readAccount } from '../../lib/app/accounts.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { withStore } from '../open-store.ts';
import { parse, runCommand, STORE_HELP, STORE_OPTIONS, storePlace, UsageError } from './options.ts';

const HELP = `npm run password -- LOGIN [options]    reads a new password for the login
  --new                     makes the login, which is not there yet
${STORE_HELP}`;

await runCommand(async () => {
  const { values, positionals } = parse({
    args: process.argv.slice(2),
    options: { ...STORE_OPTIONS, new: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (values.help) return console.log(HELP);
  const [login = '', ...others] = positionals;
  if (login === '' || others.length > 0)
    throw new UsageError('It is used like this: npm run password -- LOGIN [options]');
  await withStore(storePlace(values), (store) => (values.new ? make(store, login) : change(store, login)));
  console.log(
    values.new ? `The login ${login} is there, with its password.` : `The password of ${login} is set.`,
  );
});

async function make(store: Store, login: string): Promise<void> {
  if (login.includes(':')) throw new UsageError('A login has no colon.');
  const isThere = (): UsageError =>
    new UsageError(`The login "${login}" is there; without --new it gets a new password.`);
  if ((await readAccount(store, login)) !== undefined) throw isThere();
  if (!(await addAccount(store, { login, password: await typed() }))) throw isThere();
}

async function change(store: Store, login: string): Promise<void> {
  const { user, policies, san } = await knownAccount(store, login);
  const password = await typed();
  const kept = { user, ...(policies && { policies }), notifications: san !== undefined };
  await putAccount(store, { login, password, ...kept });
}

/** One line. It is not shown while it is typed. */
async function typed(): Promise<string> {
  const isTerminal = process.stdin.isTTY === true;
  if (isTerminal) process.stderr.write('New password: ');
  const lines = createInterface({ input: process.stdin, terminal: isTerminal });
  for await (const line of lines) {
    if (line === '') break;
    lines.close();
    return line;
  }
  throw new UsageError('A password is not empty.');
}
