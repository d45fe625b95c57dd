/** The printed table: one figure a line, its goal beside it. Must not know: where a figure comes from. */
export interface Row {
  readonly what: string;
  /** The figure as people read it, unit included. */
  readonly measured: string;
  readonly goal?: string;
  /** Absent for a figure without a goal. */
  readonly met?: boolean;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

const HEAD = ['', 'measured', 'goal', ''] as const;

/** A figure that must not be above its goal. */
export const limited = (what: string, value: number, goal: number, unit: string, more = ''): Row => ({
  what,
  measured: `${figure(value)}${unit === '' ? '' : ` ${unit}`}${more}`,
  goal: `${figure(goal)}${unit === '' ? '' : ` ${unit}`}`,
  met: value <= goal,
});

/** A figure that must not be below its goal. */
export const least = (what: string, value: number, goal: number, unit: string): Row => ({
  ...limited(what, value, goal, unit),
  met: value >= goal,
});

/** Three digits that matter, none after the point where there are as many before it. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en', { maximumFractionDigits: Math.min(digits, 3) });
}

const cells = ({ what, measured, goal, met }: Row): string[] => [
  `  ${what}`,
  measured,
  goal ?? '',
  met === undefined ? '' : met ? 'goal met' : 'MISSED',
];

export function printed(sections: readonly Section[]): string {
  const all = [[...HEAD], ...sections.flatMap((section) => section.rows.map(cells))];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const blocks = sections.map(({ title, rows }) =>
    [title, ...rows.map((row) => line(cells(row)))].join('\n'),
  );
  return [line([...HEAD]), ...blocks].join('\n\n');
}
