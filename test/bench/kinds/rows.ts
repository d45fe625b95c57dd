/** The figures of a kind of sync as rows: one row a figure, all sizes in it, the goals beside them. */
import { sum } from '../counting-store.ts';
import { figure, type Row, type Section } from '../table.ts';
import type { FigureName, Goal, Kind } from './kind.ts';
import { KINDS } from './kinds.ts';
import { type Measured, type Measuring, measureKind, sizesOf } from './measure.ts';

interface Figure {
  readonly what: (item: string) => string;
  readonly unit: string;
  readonly read: (of: Measured) => number;
}

const milliseconds = ({ timed }: Measured): number[] => timed.map(({ cpu }) => cpu / 1000);
const total = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
const costs = ({ counted }: Measured) => counted.map((one) => one.costs);

export const FIGURES: { readonly [name in FigureName]: Figure } = {
  cpu: {
    what: (item) => `server CPU per ${item}`,
    unit: 'ms',
    read: (of) => total(milliseconds(of)) / of.size,
  },
  largest: {
    what: () => 'CPU of the largest message',
    unit: 'ms',
    read: (of) => Math.max(...milliseconds(of)),
  },
  reads: {
    what: (item) => `read units per ${item}`,
    unit: 'RCU',
    read: (of) => sum(costs(of)).readUnits / of.size,
  },
  writes: {
    what: (item) => `write units per ${item}`,
    unit: 'WCU',
    read: (of) => sum(costs(of)).writeUnits / of.size,
  },
  largestReads: {
    what: () => 'read units of the largest message',
    unit: 'RCU',
    read: (of) => Math.max(...costs(of).map(({ readUnits }) => readUnits)),
  },
};

export async function kindSections(names: readonly string[], measuring: Measuring): Promise<Section[]> {
  const sections: Section[] = [];
  for (const name of names) {
    const kind = KINDS[name];
    if (kind === undefined) throw new Error(`there is no kind ${name}`);
    const rows = kindRows(kind, await measureKind(kind, measuring));
    const at = sizesOf(kind, measuring.sizes).map(figure).join(' | ');
    sections.push({ title: `${name}: ${kind.title}, at ${at}`, rows });
  }
  return sections;
}

export function kindRows({ item, goals = {} }: Kind, measured: readonly Measured[]): Row[] {
  const isTimed = measured.every(({ timed }) => timed.length > 0);
  const names = (Object.keys(FIGURES) as FigureName[]).filter(
    (name) => isTimed || FIGURES[name].unit !== 'ms',
  );
  return names.map((name) => {
    const { what, unit, read } = FIGURES[name];
    const values = measured.map((of) => ({ size: of.size, value: read(of) }));
    const row: Row = {
      what: what(item),
      measured: `${values.map(({ value }) => figure(value)).join(' | ')} ${unit}`,
    };
    const goal = goals[name];
    return goal === undefined ? row : { ...row, ...judged(values, goal, unit) };
  });
}

/** Sizes without a goal of their own are not judged. */
function judged(
  values: readonly { readonly size: number; readonly value: number }[],
  goal: Goal,
  unit: string,
): Pick<Row, 'goal' | 'met'> {
  const limits = values.map(({ size, value }) => ({
    value,
    limit: typeof goal === 'number' ? goal : goal[size],
  }));
  const known = limits.flatMap(({ limit, value }) => (limit === undefined ? [] : [{ limit, value }]));
  if (known.length === 0) return {};
  const texts = limits.map(({ limit }) => (limit === undefined ? '-' : figure(limit)));
  const text = new Set(texts).size === 1 ? texts[0] : texts.join(' | ');
  return { goal: `${text} ${unit}`, met: known.every(({ limit, value }) => value <= limit) };
}
