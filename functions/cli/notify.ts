/** `npm run notify`: the bytes that ask a device to begin a session. Works beside a running server; sends nothing. */

import { notify } from '../../lib/app/notify.ts';
import { openStore } from '../open-store.ts';
import { NOTIFY_HELP, notifyOptions } from './notify-options.ts';
import { notificationText } from './notify-text.ts';
import { runCommand } from './options.ts';

await runCommand(async () => {
  const command = notifyOptions(process.argv.slice(2));
  if (command === 'help') return console.log(NOTIFY_HELP);
  const { place, to, options } = command;
  const { store } = await openStore(place);
  try {
    console.log(notificationText(to.device, await notify(store, to, options), options));
  } finally {
    await store.close();
  }
});
