/** `npm run password`: gives a login a new password, which is read from the terminal or from a pipe. */
import { createInterface } from 'node:readline/promises';
import { knownAccount, putAccount } from '../../lib/app/accounts.ts';
import { withStore } from '../open-store.ts';
import { runCommand, STORE_HELP, storeArguments, storePlace, UsageError } from './options.ts';

const HELP = `npm run password -- LOGIN [options]    reads a new password for the login
${STORE_HELP}`;

await runCommand(async () => {
  const { values, positionals } = storeArguments();
  if (values.help) return console.log(HELP);
  const [login = '', ...others] = positionals;
  if (login === '' || others.length > 0)
    throw new UsageError('It is used like this: npm run password -- LOGIN');
  await withStore(storePlace(values), async (store) => {
    const { user, policies, san } = await knownAccount(store, login);
    const password = await typed();
    const kept = { user, ...(policies && { policies }), notifications: san !== undefined };
    await putAccount(store, { login, password, ...kept });
  });
  console.log(`The password of ${login} is set.`);
});

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
