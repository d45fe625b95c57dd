/** `npm run notify`: the bytes that ask a device to begin a session. Works beside a running server; sends nothing. */

import { notify } from '../../lib/app/notify.ts';
import { withStore } from '../open-store.ts';
import { NOTIFY_HELP, notifyOptions } from './notify-options.ts';
import { notificationText } from './notify-text.ts';
import { runCommand } from './options.ts';

await runCommand(async () => {
  const command = notifyOptions(process.argv.slice(2));
  if (command === 'help') return console.log(NOTIFY_HELP);
  const { place, to, options } = command;
  const notification = await withStore(place, (store) => notify(store, to, options));
  console.log(notificationText(to.device, notification, options));
});
