/** `npm run bench`: the numbers that the design promises, as they are now. `--client` adds runs of a real client. */
import { parseArgs } from 'node:util';
import { bundleRows } from './bundle-rows.ts';
import { codecRows, engineRows, textRows, uploadRows } from './cpu-rows.ts';
import { largeRows } from './large-rows.ts';
import { matchingRows } from './matching-rows.ts';
import { photoRows } from './photo-rows.ts';
import { callRows, itemRows, noChangeRows } from './store-rows.ts';
import { printed, type Row, type Section } from './table.ts';

const HELP = `npm run bench -- [GROUP...] [options]
  GROUP           store, processor, lambda, matching: only these (all)
  --client        also run the SyncEvolution client against this server and its peer (some minutes)
  --counts LIST   contacts in these runs (100,1000,10000)`;

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

const GROUPS: { readonly [name: string]: () => Promise<Section> } = {
  store: () =>
    measure(
      'Store (capacity units from row sizes)',
      ['sequential store calls', callRows],
      ['write units per item', itemRows],
      ['photos', () => photoRows(progress)],
      ['two-way syncs without changes', () => noChangeRows(progress)],
    ),
  processor: () =>
    measure(
      'Processor',
      ['server CPU of an upload', uploadRows],
      ['codecs', codecRows],
      ['engine', engineRows],
      ['large items', largeRows],
      ['texts of items', textRows],
    ),
  lambda: () => measure('Lambda', ['bundle', bundleRows]),
  matching: () =>
    measure('Matching (10 times 1,000 contacts against 1,000, 600 of them the same people)', [
      'matching',
      () => matchingRows(progress),
    ]),
};

async function run(names: readonly string[], withClient: boolean, counts: readonly number[]): Promise<void> {
  const sections: Section[] = [];
  for (const [name, group] of Object.entries(GROUPS))
    if (names.length === 0 || names.includes(name)) sections.push(await group());
  if (withClient) {
    const { clientSections } = await import('./client-rows.ts');
    sections.push(...(await clientSections(counts, progress)));
  }
  progress('done');
  console.log(printed(sections));
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    client: { type: 'boolean', default: false },
    counts: { type: 'string', default: '100,1000,10000' },
    help: { type: 'boolean', default: false },
  },
});
const unknown = positionals.find((name) => !Object.hasOwn(GROUPS, name));
if (values.help) console.log(HELP);
else if (unknown !== undefined) {
  console.error(`There is no group "${unknown}"; the groups are ${Object.keys(GROUPS).join(', ')}.`);
  process.exitCode = 2;
} else await run(positionals, values.client, values.counts.split(',').map(Number));
