/** `npm run crm`: the CRM's side by hand. Works beside a running server, whose poller feeds in what is put here. */
import { withStore } from '../open-store.ts';
import { CRM_COMMANDS } from './crm-commands.ts';
import { runCommand, STORE_HELP, storeArguments, storePlace, UsageError } from './options.ts';

const HELP = `npm run crm -- put USER DATASTORE RECORD FILE    the CRM saved this record
npm run crm -- delete USER DATASTORE RECORD      the CRM deleted this record
npm run crm -- changes USER                      all changes of a user, oldest first
npm run crm -- news USER DATASTORE PLACE         what is new since PLACE, and the next PLACE; \`start\` at first
${STORE_HELP}`;

await runCommand(async () => {
  const { values, positionals } = storeArguments();
  const [name = '', ...words] = positionals;
  if (values.help) return console.log(HELP);
  const command = CRM_COMMANDS.find(({ usage }) => usage.startsWith(`${name} `));
  if (command === undefined) throw new UsageError(`Say what to do.\n${HELP}`);
  if (words.length !== command.usage.split(' ').length - 1 || words.includes(''))
    throw new UsageError(`It is used like this: npm run crm -- ${command.usage}`);
  console.log((await withStore(storePlace(values), (store) => command.run(store, words))).text);
});
