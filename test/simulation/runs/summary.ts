/** What the whole ledger says, for people. */
import { type Entry, isKind, type Kind, type Ledger } from './ledger.ts';
import { countOf, textOf } from './seeds.ts';

/** Failures whose reasons are named. */
const MOST_REASONS = 20;

export const kindText = ({ commit, dirty, lives, steps, store }: Kind): string =>
  `${commit.slice(0, 10)}${dirty === undefined ? '' : ` with changes (${dirty})`}, ${lives ? 'lives of up to ' : ''}${steps} steps on ${store}`;

/** One line an entry, the one of this code last, with what failed in it. */
export function summaryText(file: string, ledger: Ledger, kind: Kind): string {
  const own = ledger.filter((entry) => isKind(entry, kind));
  const others = ledger.filter((entry) => !isKind(entry, kind));
  const lines = [...others.map((entry) => entryText(entry)), ...own.flatMap((entry) => ownLines(entry))];
  return [`${file} holds`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function entryText(entry: Entry): string {
  const failed = entry.failures.map(({ seed }) => seed);
  const end = failed.length === 0 ? 'none failed' : `${failed.length} failed: ${failed.join(' ')}`;
  return `${kindText(entry)}: ${countOf(entry.seeds)} seeds, ${textOf(entry.seeds) || 'none'}; ${end}`;
}

function ownLines(entry: Entry): string[] {
  const { failures, lives, steps, store } = entry;
  const reasons = failures.slice(0, MOST_REASONS).map(({ seed, reason }) => `  seed ${seed}: ${reason}`);
  const [first] = failures;
  if (first === undefined) return [`this code: ${entryText(entry)}`];
  const again = `${lives ? '--lives ' : ''}--seeds ${first.seed}..${first.seed + 1} --steps ${steps} --store ${store} --again`;
  return [`this code: ${entryText(entry)}`, ...reasons, `  tell one again: npm run simulate -- ${again}`];
}
