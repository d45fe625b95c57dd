/** The figures of runs in docs/proof.md: how many stories of which kind were told on which code, and how many failed. */
import { entryOf, type Kind, type Ledger } from './ledger.ts';
import { countOf } from './seeds.ts';

const HEAD = '| told | seeds | failed | last told, commit |\n|---|---|---|---|';

/** A row of the table begins so: there is one for each. */
const nameOf = ({ lives, steps, store }: Kind): string =>
  `${lives ? 'lives of up to' : 'stories of'} ${steps} steps, store: ${store}`;

/**
 * The text of the section. `before` is its text so far; rows of other kinds stay. Throws where the code is not that of a
 * commit: nobody could tell the seeds again.
 */
export function figuresText(before: string | undefined, ledger: Ledger, kind: Kind): string {
  if (kind.dirty !== undefined || kind.commit === 'unknown')
    throw new Error('The code is not that of a commit. Commit it, and tell the seeds again.');
  const entry = entryOf(ledger, kind);
  if (entry === undefined) throw new Error('Nothing was told with this code.');
  const { seeds, failures, last, commit } = entry;
  const row = `| ${nameOf(kind)} | ${countOf(seeds)} | ${failures.length} | ${last.slice(0, 10)}, ${commit.slice(0, 7)} |`;
  const others = (before ?? '')
    .split('\n')
    .filter((line) => /^\| (lives|stories) /.test(line) && !line.startsWith(`| ${nameOf(kind)} |`));
  return [HEAD, ...[...others, row].sort()].join('\n');
}
