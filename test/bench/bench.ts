/** `npm run bench`: the numbers that the design promises, as they are now. `--help` lists what else it measures. */
import { bundleRows } from './bundle-rows.ts';
import { codecRows, engineRows, textRows } from './cpu-rows.ts';
import { KINDS } from './kinds/kinds.ts';
import { kindSections } from './kinds/rows.ts';
import { largeRows } from './large-rows.ts';
import { LARGE, matchingRows, SMALL } from './matching-rows.ts';
import { type BenchOptions, benchOptions, OptionError } from './options.ts';
import { personRows } from './person-rows.ts';
import { photoRows } from './photo-rows.ts';
import { callRows, itemRows, noChangeRows } from './store-rows.ts';
import { printed, type Row, type Section } from './table.ts';

const HELP = `npm run bench -- [GROUP...] [options]
  GROUP           kinds, store, processor, lambda, matching: only these (all of them);
                  memory: a server process with 50,000 items (some minutes, only when named)
  --kinds LIST    only these kinds of sync: ${Object.keys(KINDS).join(', ')}
  --sizes LIST    items in each kind of sync (300,1000,3000)
  --store NAME    where the kinds run: sqlite, or dynamodb: DynamoDB Local, which needs Java; capacity units only
  --client        also run the SyncEvolution client against this server and its peer, in turns (half an hour)
  --counts LIST   items in these runs (100,1000,10000)
  --profile KIND  instead of all this: where the server's CPU time goes in this kind of sync
  --size N        items in the profile (3000)`;

const started = performance.now();
const progress = (text: string): void => {
  console.error(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
};

async function measure(
  title: string,
  ...parts: (readonly [string, () => Promise<Row[]> | Row[]])[]
): Promise<Section> {
  const rows: Row[] = [];
  for (const [name, part] of parts) {
    progress(name);
    rows.push(...(await part()));
  }
  return { title, rows };
}

type Group = (options: BenchOptions) => Promise<Section[]>;

const GROUPS: { readonly [name: string]: Group } = {
  kinds: ({ kinds, sizes, store }) => kindSections(kinds, { sizes, on: store, progress }),
  store: async () => [
    await measure(
      'Store (capacity units from row sizes)',
      ['sequential store calls', callRows],
      ['write units per item', itemRows],
      ['photos', () => photoRows(progress)],
      ['two-way syncs without changes', () => noChangeRows(progress)],
    ),
  ],
  processor: async () => [
    await measure(
      'Processor',
      ['codecs', codecRows],
      ['engine', engineRows],
      ['large items', largeRows],
      ['texts of items', textRows],
    ),
  ],
  lambda: async () => [await measure('Lambda', ['bundle', bundleRows])],
  matching: async () => [
    await measure(
      'Matching (contacts of two books of 1,000, and of 20,000; 60 of 100 are the same people)',
      ['matching', () => matchingRows(SMALL, progress)],
      ['matching of large books', () => matchingRows(LARGE, progress)],
    ),
    await measure(
      'Matching of persons without a mailbox (names, addresses, birthdays, with slips; 70 of 100 are the same persons)',
      ['persons', () => personRows(false, progress)],
    ),
    await measure('The same with mobile numbers', ['persons', () => personRows(true, progress)]),
  ],
};
/** They take long: measured when they are named. */
const ON_REQUEST: { readonly [name: string]: Group } = {
  memory: async () => {
    const { memoryRows } = await import('./memory-rows.ts');
    return [await measure('Memory of a server process', ['memory', () => memoryRows(progress)])];
  },
};

async function run(options: BenchOptions): Promise<void> {
  const names = options.groups.length === 0 ? Object.keys(GROUPS) : options.groups;
  const sections: Section[] = [];
  for (const [name, group] of Object.entries({ ...GROUPS, ...ON_REQUEST }))
    if (names.includes(name)) sections.push(...(await group(options)));
  if (options.client) {
    const { clientSections } = await import('./client-rows.ts');
    sections.push(...(await clientSections(options.counts, progress)));
  }
  progress('done');
  console.log(printed(sections));
}

try {
  const groups = [...Object.keys(GROUPS), ...Object.keys(ON_REQUEST)];
  const options = benchOptions(process.argv.slice(2), {
    groups,
    kinds: Object.keys(KINDS),
  });
  if (options === 'help') console.log(HELP);
  else if (options.profile === undefined) await run(options);
  else {
    const { printProfile } = await import('./profile/run.ts');
    await printProfile(options.profile, progress);
  }
} catch (error) {
  if (!(error instanceof OptionError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
