/** `losses` and `notify`: what `npm run losses` and `npm run notify` do. */
import type { Command } from 'commander';
import { deviceLosses } from '../../../lib/app/losses.ts';
import { notify } from '../../../lib/app/notify.ts';
import { lossesText } from '../losses-text.ts';
import { NOTIFY_FLAGS, type NotifyValues, notifyOptionsOf } from '../notify-options.ts';
import { notificationText } from '../notify-text.ts';
import type { Context } from './context.ts';

export function addDeviceReports(program: Command, { inStore, print }: Context): void {
  program
    .command('losses <user> <device>')
    .description('list the fields that a device, named by its DevID, does not hold')
    .action(async (login: string, device: string) => {
      const losses = await inStore((store) => deviceLosses(store, { login, device }));
      print(losses, lossesText(device, losses));
    });
  const command = program
    .command('notify <user> <device>')
    .description('print the bytes that ask a device to synchronise');
  for (const [flags, says] of NOTIFY_FLAGS) command.option(flags, says);
  command.action(async (login: string, device: string, values: NotifyValues) => {
    const options = notifyOptionsOf(values);
    const made = await inStore((store) => notify(store, { login, device }, options));
    const value = { ...made, bytes: Buffer.from(made.bytes).toString('base64') };
    print(value, notificationText(device, made, options));
  });
}
