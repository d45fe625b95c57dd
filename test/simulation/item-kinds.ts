/** The kinds of items that a rich story may be about: what its devices speak and hold, and what users do to items. */
import type { DeviceOptions } from '../kit/device.ts';
import { CONTACTS } from './cards.ts';
import { bodyOf, linesOf } from './item-texts.ts';
import { insert } from './line-edits.ts';
import type { Random } from './random.ts';
import { APPOINTMENTS, TASKS } from './schedules.ts';

/** What devices of a rich story speak and hold. */
export type Dialect = Pick<DeviceOptions, 'type' | 'properties' | 'most' | 'sizes'>;

/** An edit of the lines of an item in its stored form. `number`: no other edit of the story has it. */
export type Edit = (lines: readonly string[], number: number, random: Random) => readonly string[];

export interface ItemKind {
  readonly datastore: 'contacts' | 'calendar' | 'tasks';
  readonly dialects: readonly Dialect[];
  /** Those of a wide story, beside the others. */
  readonly moreDialects: readonly Dialect[];
  /** The lines of a new item. */
  readonly first: (name: string, number: number) => readonly string[];
  /** What users do, each to a property that the device must hold. */
  readonly edits: readonly (readonly [property: string, edit: Edit])[];
  /** Properties that new software of a device holds. */
  readonly growth: readonly string[];
}

export const KINDS = { contacts: CONTACTS, calendar: APPOINTMENTS, tasks: TASKS } as const;
export type KindName = keyof typeof KINDS;

const kindOf = ({ datastore = 'contacts' }: DeviceOptions): ItemKind => KINDS[datastore as KindName];

/** A new item in the stored form. Programs that speak iCalendar give it an id, and some others do. */
export function firstBody(options: DeviceOptions, name: string, number: number): string {
  const lines = kindOf(options).first(name, number);
  const isScheduled = options.datastore !== undefined && options.datastore !== 'contacts';
  const hasId =
    isScheduled && (options.type === undefined || options.type === 'text/calendar' || number % 3 === 0);
  return bodyOf(options, hasId ? insert(lines, `UID:${name}.${number}@story.example`) : lines);
}

/** One or two edits by a user of a device with these capabilities, of what it shows. */
export function edited(body: string, options: DeviceOptions, next: () => number, random: Random): string {
  const able = kindOf(options).edits.filter(([name]) => options.properties?.includes(name) ?? true);
  let lines: readonly string[] = linesOf(body);
  for (let n = 0; n <= random.below(2); n += 1) lines = random.pick(able)[1](lines, next(), random);
  return bodyOf(options, lines);
}
