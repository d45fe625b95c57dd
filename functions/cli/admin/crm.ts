/** `crm`: what `npm run crm` does. */
import type { Command } from 'commander';
import { CRM_COMMANDS } from '../crm-commands.ts';
import { UsageError } from '../options.ts';
import type { Context } from './context.ts';

export function addCrmCommands(program: Command, { inStore, print }: Context): void {
  const crm = program.command('crm').description('do by hand what the CRM does');
  for (const { usage, says, run } of CRM_COMMANDS) {
    const [name = '', ...words] = usage.split(' ');
    const command = crm.command(name).description(says);
    for (const word of words) command.argument(`<${word.toLowerCase()}>`);
    command.action(async () => {
      if (command.args.includes('')) throw new UsageError('A word of the command is empty.');
      const { value, text } = await inStore((store) => run(store, command.args));
      print(value, text);
    });
  }
}
