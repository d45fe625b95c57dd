/** The commit log as a table for a terminal. */
import type { LoggedChange } from '../../lib/app/changes.ts';

const HEAD = ['datastore', 'seq', 'at', 'origin', 'op', 'rev', 'record', 'guid'];

export function changeTable(changes: readonly LoggedChange[]): string {
  if (changes.length === 0) return 'no changes';
  return columns([HEAD, ...changes.map(cells)]);
}

const cells = (change: LoggedChange): string[] => [
  change.datastore,
  String(change.sequence),
  new Date(change.at).toISOString().slice(0, 19).replace('T', ' '),
  change.origin,
  change.op,
  String(change.rev),
  change.record ?? '-',
  change.guid,
];

function columns(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
