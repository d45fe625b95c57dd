/** Functions that tell facts about a property by its name. The facts are the columns of rows.ts. */

import { PROPERTIES, type PropertyRow, type TimeRole, type ValueType } from './rows.ts';

const ROWS: ReadonlyMap<string, PropertyRow> = new Map(
  Object.values(PROPERTIES).flatMap((rows) => Object.entries(rows)),
);

const namesWith = (holds: (row: PropertyRow) => boolean): readonly string[] =>
  [...ROWS].flatMap(([name, row]) => (holds(row) ? [name] : []));

const isIn =
  (...roles: readonly TimeRole[]) =>
  (name: string): boolean => {
    const role = ROWS.get(name)?.time;
    return role !== undefined && roles.includes(role);
  };

export const valueTypeOf = (name: string): ValueType => ROWS.get(name)?.value ?? 'other';
/** How spellings of the value are compared, where the value type does not decide. */
export const formOf = (name: string): PropertyRow['form'] => ROWS.get(name)?.form;
/** How many parts a structured value has by its standard, even if fewer are written. */
export const partCountOf = (name: string): number => ROWS.get(name)?.parts ?? 0;
export const hasListsInParts = (name: string): boolean => ROWS.get(name)?.listsInParts === true;
/** Does the value have parts that may be cut and merged one by one? */
export const hasFreeParts = (name: string): boolean =>
  valueTypeOf(name) === 'parts' && ROWS.get(name)?.whole !== true;
/** Is the value one of a few words? */
export const isWord = (name: string): boolean => ROWS.get(name)?.word === true;
/** Is the value a text that is merged line by line? */
export const hasLines = (name: string): boolean => ROWS.get(name)?.lines === true;

/** May an item have any number of these? */
export const isMany = (name: string): boolean => ROWS.get(name)?.occurs === 'many';
/** Does an item have only one of these? */
export const isSingle = (name: string): boolean => ROWS.get(name)?.occurs === 'one';

/** Is it a time of the schedule: start, end, due time, occurrence, exception, extra date? */
export const isTime = isIn('start', 'end', 'due', 'occurrence', 'exception', 'extra');
/** Is it the start, the end or the due time? Their zone is the zone of a series. */
export const isBound = isIn('start', 'end', 'due');
/** Is it the end or the due time? */
export const isEnd = isIn('end', 'due');
/** Is it one of several dates that formats write as a list? */
export const isDateOfSet = isIn('exception', 'extra');
/** Is it the time at which the task was done, or the item was written or changed? */
export const isStamp = isIn('done', 'stamp', 'change');
/** Names of the properties that hold the time of the last change. */
export const CHANGE_NAMES = namesWith(({ time }) => time === 'change');
/** Is it a day without a time of day, such as a birthday? */
export const isDay = isIn('day');

/** Names of the properties of series and their exceptions. */
export const OF_SERIES = namesWith(
  ({ value, time }) =>
    value === 'rule' || (time !== undefined && ['occurrence', 'exception', 'extra'].includes(time)),
);

/** Names of the properties that tell when an item takes place: times, a length, a rule. */
export const SCHEDULE = namesWith(({ schedule }) => schedule === true);
export const isOfSchedule = (name: string): boolean => ROWS.get(name)?.schedule === true;

/** Does it identify the item? */
export const isIdentity = (name: string): boolean => ROWS.get(name)?.identity === true;
/** Is it the id of this item or of another one? */
export const isId = (name: string): boolean => ROWS.get(name)?.id === true;
/** Has its value neither letters nor line ends that need an encoding? So it is with times, rules and numbers. */
export const isAscii = (name: string): boolean =>
  ['time', 'rule', 'duration', 'number'].includes(valueTypeOf(name));
/** Do programs write it when they save? */
export const isOfProgram = (name: string): boolean => ROWS.get(name)?.program === true;
/** Is it left out of the key, so that items which differ only in it are the same in a slow sync? */
export const isOutsideKey = (name: string): boolean => ROWS.get(name)?.outsideKey === true;
/** Does the value say no more than an item without the property? */
export const isUsual = (name: string, value: string): boolean =>
  ROWS.get(name)?.usual?.includes(value.trim().toUpperCase()) === true;
/** Is it written even if the device does not list it? */
export const isNeeded = (name: string): boolean => ROWS.get(name)?.needed === true;
/** Is it about the object and not about the item? */
export const isOfObject = (name: string): boolean => ROWS.get(name)?.object === true;

/** The first part of the media type. Undefined for a property without media. */
export const mediaOf = (name: string): PropertyRow['media'] => ROWS.get(name)?.media;
export const isPicture = (name: string): boolean => mediaOf(name) === 'image';
/** Is it a label of the other properties in its group? */
export const isLabel = (name: string): boolean => ROWS.get(name)?.label === true;

/**
 * May a device just not know the property? Few devices know the extensions of others, and a property that repeats
 * another one adds nothing.
 */
export const isDispensable = (name: string): boolean =>
  name.startsWith('X-') || ROWS.get(name)?.derived === true;

/** The name under which the value of a property is stored. */
export const storedNameOf = (name: string): string => ROWS.get(name)?.stored ?? name;
/**
 * Is it stored under another name? When a device begins to list such a property, its name does not tell in which of the
 * device's items it lacks. Needed properties are excluded: they go to every device, so they never lack.
 */
export const isStoredOtherwise = (name: string): boolean => storedNameOf(name) !== name && !isNeeded(name);
/** Properties of contacts that are stored under other names, with these names. */
export const STORED_CONTACT_NAMES: { readonly [name: string]: string } = Object.fromEntries(
  Object.entries(PROPERTIES.contact).flatMap(([name, { stored }]) =>
    stored === undefined ? [] : [[name, stored]],
  ),
);

/** Names of the properties whose values tell components of one name apart. */
export const PART_NAMES = namesWith(({ namesPart }) => namesPart === true);
/** Does it tell when an alarm goes off? */
export const isOfRinging = (name: string): boolean => ROWS.get(name)?.ringing === true;
