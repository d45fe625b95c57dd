/** `users`: logins and their passwords. */
import type { Command } from 'commander';
import { addLogin, listLogins } from '../../../lib/app/accounts.ts';
import {
  type DescribedAccount,
  type DescribedPassword,
  describeAccount,
} from '../../../lib/app/described-account.ts';
import { forgetFailures } from '../../../lib/app/guard-rows.ts';
import { addDevicePassword, revokePassword, setDisabled } from '../../../lib/app/passwords.ts';
import { UsageError } from '../options.ts';
import type { Context } from './context.ts';
import { confirmed, tableOf, timeOf } from './output.ts';

export function addUsersCommands(program: Command, context: Context): void {
  const users = program.command('users').description('logins, and the passwords of their devices');
  users
    .command('list')
    .description('all logins of the server')
    .action(() => list(context));
  users
    .command('add <login>')
    .description('make a login, with a password for its first device')
    .option('--label <text>', 'what you call the device')
    .action((login: string, { label }: Labelled) => add(context, login, label));
  users
    .command('show <login>')
    .description('its passwords, and the devices that they belong to')
    .action((login: string) => show(context, login));
  users
    .command('password <login>')
    .description('make a password for one more device')
    .option('--label <text>', 'what you call the device')
    .action((login: string, { label }: Labelled) => password(context, login, label));
  users
    .command('revoke <login> <id>')
    .description('the password with this id opens nothing any more')
    .option('--yes', 'do not ask')
    .action((login: string, id: string, { yes }: { yes?: boolean }) => revoke(context, { login, id, yes }));
  users
    .command('unlock <login>')
    .description('forget failed logins, after which devices have to wait')
    .action((login: string) => unlock(context, login));
  users
    .command('disable <login>')
    .description('let nobody in with the login; its data stay')
    .action((login: string) => disable(context, login, true));
  users
    .command('enable <login>')
    .description('let its devices in again')
    .action((login: string) => disable(context, login, false));
}

interface Labelled {
  readonly label?: string;
}

async function list({ inStore, print }: Context): Promise<void> {
  const accounts = await inStore(async (store) => {
    const found: DescribedAccount[] = [];
    let after: string | undefined;
    do {
      const { logins, next } = await listLogins(store, after);
      for (const login of logins) found.push(await describeAccount(store, login));
      after = next;
    } while (after !== undefined);
    return found;
  });
  const rows = accounts.map(({ login, passwords, state }) => ({
    ...{ login, state },
    passwords: passwords.filter(({ revoked }) => revoked === undefined).length,
  }));
  print(
    rows,
    rows.length === 0
      ? 'No logins yet. `users add LOGIN` makes one.'
      : tableOf(
          ['LOGIN', 'PASSWORDS', 'STATE'],
          rows.map((row) => [row.login, row.passwords, row.state]),
        ),
  );
}

async function add(context: Context, login: string, label: string | undefined): Promise<void> {
  const made = await context.inStore(async (store) => {
    if (!(await addLogin(store, login)))
      throw new UsageError(
        `The login "${login}" is there. \`users password\` makes another password for it.`,
      );
    return addDevicePassword(store, { login, ...(label !== undefined && { label }) });
  });
  context.print({ login, ...made }, `The login ${login} is there.\n\n${passwordText(made)}`);
}

async function password(context: Context, login: string, label: string | undefined): Promise<void> {
  const made = await context.inStore((store) =>
    addDevicePassword(store, { login, ...(label !== undefined && { label }) }),
  );
  context.print({ login, ...made }, passwordText(made));
}

const passwordText = ({ id, password: text }: { readonly id: string; readonly password: string }): string =>
  [
    `Password   ${text}`,
    `to type    ${text.match(/.{4}/g)?.join(' ')}   (without the blanks)`,
    `id         ${id}`,
    '',
    'It is shown once, and belongs to the first device that comes in with it.',
  ].join('\n');

async function show({ inStore, print }: Context, login: string): Promise<void> {
  const account = await inStore((store) => describeAccount(store, login));
  const { user, state, passwords } = account;
  const rows = passwords.map((one) => [one.id, one.label, deviceOf(one), timeOf(one.created), stateOf(one)]);
  print(
    account,
    [
      `Login      ${account.login}`,
      ...(user === account.login ? [] : [`Data of    ${user}`]),
      `State      ${state}`,
      '',
      tableOf(['PASSWORD', 'LABEL', 'DEVICE', 'MADE (UTC)', 'STATE'], rows),
    ].join('\n'),
  );
}

const deviceOf = ({ isShared, device }: DescribedPassword) => (isShared ? 'any (shared)' : device);
const stateOf = ({ revoked }: DescribedPassword): string =>
  revoked === undefined ? 'active' : `revoked ${timeOf(revoked)}`;

interface Revoking {
  readonly login: string;
  readonly id: string;
  readonly yes?: boolean | undefined;
}

async function revoke(context: Context, { login, id, yes }: Revoking): Promise<void> {
  await confirmed(
    context.terminal,
    `The device with the password ${id} of ${login} will not come in again.`,
    yes,
  );
  await context.inStore((store) => revokePassword(store, { login, id, now: context.now() }));
  context.print({ login, id, state: 'revoked' }, `The password ${id} of ${login} opens nothing any more.`);
}

async function unlock({ inStore, print }: Context, login: string): Promise<void> {
  const forgotten = await inStore(async (store) => {
    const { login: known } = await describeAccount(store, login);
    return forgetFailures(store, known);
  });
  print({ login, forgotten }, `Failed logins with ${login} are forgotten (${forgotten} counters).`);
}

async function disable(context: Context, login: string, isDisabled: boolean): Promise<void> {
  await context.inStore((store) => setDisabled(store, login, isDisabled));
  const text = isDisabled ? `Nobody comes in with ${login} now.` : `The devices of ${login} come in again.`;
  context.print({ login, state: isDisabled ? 'disabled' : 'active' }, text);
}
