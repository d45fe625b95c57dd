/** `npm run losses`: which fields of a user's items a device does not hold. Works beside a running server. */

import { deviceLosses } from '../../lib/app/losses.ts';
import { withStore } from '../open-store.ts';
import { lossesText } from './losses-text.ts';
import { runCommand, STORE_HELP, storeArguments, storePlace, UsageError } from './options.ts';

const HELP = `npm run losses -- USER DEVICE [options]    lists the fields that a device does not hold
  DEVICE                    the DevID that it sends
${STORE_HELP}`;

await runCommand(async () => {
  const { values, positionals } = storeArguments();
  if (values.help) return console.log(HELP);
  const [login = '', device = '', ...others] = positionals;
  if (login === '' || device === '' || others.length > 0)
    throw new UsageError('It is used like this: npm run losses -- USER DEVICE [options]');
  const losses = await withStore(storePlace(values), (store) => deviceLosses(store, { login, device }));
  console.log(lossesText(device, losses));
});
