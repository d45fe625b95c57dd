/** `keys`: the keys that passwords are sealed with. */
import type { Command } from 'commander';
import { type SealedAll, sealAll } from '../../../lib/store/sealing/seal-all.ts';
import type { Context } from './context.ts';

export function addKeysCommands(program: Command, context: Context): void {
  const keys = program.command('keys').description('the keys that passwords are sealed with');
  keys
    .command('rotate')
    .description('make a new key, and seal all passwords with it')
    .action(() => rotate(context));
  keys
    .command('seal')
    .description('seal all passwords that are not sealed with the newest key')
    .action(() => seal(context));
}

async function rotate({ inStore, print }: Context): Promise<void> {
  const done = await inStore(async (_, { sealed: { store, keys } }) => {
    const { id } = await keys.add();
    return { key: id, ...(await sealAll(store, keys)) };
  });
  print(done, `The key ${done.key} is the newest now. ${textOf(done)}\nOlder keys stay: backups need them.`);
}

async function seal({ inStore, print }: Context): Promise<void> {
  const done = await inStore((_, { sealed: { store, keys } }) => sealAll(store, keys));
  print(done, textOf(done));
}

const textOf = ({ logins, sealed }: SealedAll): string => `Sealed anew: ${sealed} of ${logins} logins.`;
