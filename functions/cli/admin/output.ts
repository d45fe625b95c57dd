/** What commands print: tables for people, JSON for programs, and questions before something that cannot be undone. */
import { createInterface } from 'node:readline/promises';
import Table from 'cli-table3';
import { UsageError } from '../options.ts';

/** The terminal, or whatever stands for it. */
export interface Terminal {
  readonly print: (text: string) => void;
  /** Undefined where nobody can answer. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** Shows how far a long work is, in place of what was shown before. Absent where nobody looks. */
  readonly progress?: ((text: string) => void) | undefined;
}

export const processTerminal = (): Terminal => ({
  print: (text) => console.log(text),
  progress: process.stderr.isTTY === true ? showProgress : undefined,
  ask: process.stdin.isTTY === true && process.stderr.isTTY === true ? askAtTerminal : undefined,
});

/** In one line of the terminal, which is empty again when the work is done. */
function showProgress(text: string): void {
  process.stderr.write(`\r\u001b[K${text}`);
}

/** What was shown last goes. */
export const endProgress = ({ progress }: Terminal): void => progress?.('');

async function askAtTerminal(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(question);
  lines.close();
  return answer;
}

type Cell = string | number | undefined;

/** Columns with their titles, without lines around them. What there is not is an empty cell. */
export function tableOf(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const table = new Table({
    head: [...titles],
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  for (const row of rows) table.push(row.map((cell) => printable(String(cell ?? ''))));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Names come from devices: what would end the line, or tell the terminal something, is shown as a space. */
const printable = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ');

const NO_LINES = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((name) => [name, '']),
);

/** `2030-01-31 14:05`, in UTC; empty where it is not known. */
export const timeOf = (at: number | undefined): string =>
  at === undefined || at === 0 ? '' : new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** Throws a UsageError unless somebody says yes. `yes`: was said on the command line. */
export async function confirmed(
  { ask }: Terminal,
  question: string,
  yes: boolean | undefined,
): Promise<void> {
  if (yes === true) return;
  if (ask === undefined) throw new UsageError(`${question} Say --yes: there is nobody to ask.`);
  const answer = await ask(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was changed.');
}
