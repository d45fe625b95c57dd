/** The table of the board in docs/proof.md. A row says by itself when, and with which code, its bug was hunted. */
import type { Bug } from './bug.ts';
import type { Hunted } from './hunting.ts';

/** When a row was written, and with which code. */
export interface Occasion {
  /** `yyyy-mm-dd` */
  readonly date: string;
  readonly commit: string;
}

const HEAD = [
  'layer',
  'planted bug',
  'found by seed',
  'seeds told',
  'what the story said, or lacks',
  'hunted',
];
const NOT_HUNTED = '–';
export const GAP = '**GAP**';

type Cells = readonly string[];

const rowText = (cells: Cells): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** The cells of each row of a table, without those of its head. */
const rowsIn = (text: string): Cells[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) =>
      line
        .slice(2, -2)
        .split(/ (?<!\\)\| /)
        .map((cell) => cell.replaceAll('\\|', '|')),
    );

/** A hunt with too few seeds takes nothing away from a seed that is known. */
function cellsOf({ bug, seed, told, reason = '', reached }: Hunted, { date, commit }: Occasion): Cells {
  const found = seed ?? bug.seeds[0] ?? GAP;
  const count = seed === undefined && found !== GAP ? `more than ${told}` : String(told);
  const lacks = [bug.lacks ?? '', ...(reached ? [] : ['no story comes by'])].filter(Boolean).join('; ');
  const said = found === GAP ? lacks : reason.slice(0, 80);
  return [bug.layer, bug.name, String(found), count, said, `${date}, ${commit}`];
}

/** The row of a bug that was never hunted. */
const openCells = ({ layer, name, seeds }: Bug): Cells => [
  ...[layer, name, String(seeds[0] ?? NOT_HUNTED)],
  ...[NOT_HUNTED, NOT_HUNTED, NOT_HUNTED],
];

/**
 * The text of the section: a row for each of the bugs. `before` is the text of the section so far; bugs that were not hunted
 * now keep their rows, unless these name a seed that is not the known one.
 */
export function boardText(
  bugs: readonly Bug[],
  hunted: readonly Hunted[],
  { before = '', occasion }: { readonly before?: string | undefined; readonly occasion: Occasion },
): string {
  const wereHunted = rowsIn(before).filter((cells) => cells.at(-1) !== NOT_HUNTED);
  const kept = new Map(wereHunted.map((cells) => [cells[1], cells]));
  const now = new Map(hunted.map((one) => [one.bug.name, cellsOf(one, occasion)]));
  const rows = bugs.map((bug) => {
    const old = kept.get(bug.name);
    const row = now.get(bug.name) ?? (old?.[2] === String(bug.seeds[0] ?? GAP) ? old : openCells(bug));
    return [bug.layer, ...row.slice(1)];
  });
  const gaps = rows.filter(([, , found]) => found === GAP).length;
  const open = rows.filter(([, , found]) => found === NOT_HUNTED).length;
  const found = rows.length - gaps - open;
  return [
    `${rows.length} planted bugs: ${found} found, ${gaps} gaps${open > 0 ? `, ${open} not hunted yet` : ''}.`,
    '',
    rowText(HEAD),
    `|${HEAD.map(() => '---').join('|')}|`,
    ...rows.map(rowText),
  ].join('\n');
}
