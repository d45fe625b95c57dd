/** The table that the client prints after a session, as data. */

export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  readonly failed: number;
}

export interface SourceReport {
  /** What the session did to the client's items. */
  readonly local: Changes;
  /** What the session did to the server's items, as far as the client knows. */
  readonly remote: Changes;
  readonly conflicts: number;
  /** Mode that was run, which the server may have forced: `two-way`, `slow`, … */
  readonly mode: string;
}

const ROW = /^\|\s+([a-z]+)\s+\|(.*)\|\s*$/;
const MODE = /^\|\s+([a-z-]+)(?: \([a-z ]+\))?, \d+ KB sent by client/;

/** One entry per source of the table; empty when the output holds no table. */
export function parseReport(output: string): Map<string, SourceReport> {
  const report = new Map<string, SourceReport>();
  let last: string | undefined;
  for (const line of output.split('\n')) {
    const row = ROW.exec(line);
    const numbers = (row?.[2] ?? '').split('|').map((cell) => Number(cell));
    if (row?.[1] !== undefined && numbers.length >= 9 && numbers.every(Number.isInteger)) {
      last = row[1];
      report.set(last, fromNumbers(numbers));
      continue;
    }
    const mode = MODE.exec(line)?.[1];
    const source = last === undefined ? undefined : report.get(last);
    if (mode !== undefined && last !== undefined && source !== undefined)
      report.set(last, { ...source, mode });
  }
  return report;
}

function fromNumbers(numbers: readonly number[]): SourceReport {
  const changes = (from: number): Changes => ({
    added: numbers[from] ?? 0,
    changed: numbers[from + 1] ?? 0,
    deleted: numbers[from + 2] ?? 0,
    failed: numbers[from + 3] ?? 0,
  });
  return { local: changes(0), remote: changes(4), conflicts: numbers[8] ?? 0, mode: '' };
}
