/** What is asked about a property by its name. The answers are columns of rows.ts. */

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
/** What is compared in a way of its own. */
export const formOf = (name: string): PropertyRow['form'] => ROWS.get(name)?.form;
/** Parts that a structured value has, however many of them are written. */
export const partCountOf = (name: string): number => ROWS.get(name)?.parts ?? 0;
export const hasListsInParts = (name: string): boolean => ROWS.get(name)?.listsInParts === true;
/** Is the value made of texts that can be cut, changed and merged one by one? */
export const hasFreeParts = (name: string): boolean =>
  valueTypeOf(name) === 'parts' && ROWS.get(name)?.whole !== true;
/** One of a few words. */
export const isWord = (name: string): boolean => ROWS.get(name)?.word === true;
/** A text that is merged by its lines. */
export const hasLines = (name: string): boolean => ROWS.get(name)?.lines === true;

/** An item may have any number of these. */
export const isMany = (name: string): boolean => ROWS.get(name)?.occurs === 'many';
/** An item has one of these. */
export const isSingle = (name: string): boolean => ROWS.get(name)?.occurs === 'one';

/** It says when the item takes place. */
export const isTime = isIn('start', 'end', 'due', 'occurrence', 'exception', 'extra');
/** It is where the item begins or ends. A series goes by the clocks of these. */
export const isBound = isIn('start', 'end', 'due');
/** It is where the item ends, or is due. */
export const isEnd = isIn('end', 'due');
/** It is one date of several, which the formats write as a list. */
export const isDateOfSet = isIn('exception', 'extra');
/** It says when something was done to the item, or with it. */
export const isStamp = isIn('done', 'stamp', 'change');
/** Properties that say when the item was last changed. */
export const CHANGE_NAMES = namesWith(({ time }) => time === 'change');
/** It is a day without a time. */
export const isDay = isIn('day');

/** Properties that say when an item takes place: times, a length, a rule. */
export const SCHEDULE = namesWith(({ schedule }) => schedule === true);
export const isOfSchedule = (name: string): boolean => ROWS.get(name)?.schedule === true;

/** It says which item this is. */
export const isIdentity = (name: string): boolean => ROWS.get(name)?.identity === true;
/** Programs write it when they save. */
export const isOfProgram = (name: string): boolean => ROWS.get(name)?.program === true;
/** It never makes two items different in a slow sync. */
export const isOutsideKey = (name: string): boolean => ROWS.get(name)?.outsideKey === true;
/** It is written whatever the device lists. */
export const isNeeded = (name: string): boolean => ROWS.get(name)?.needed === true;
/** It says how the object is written, nothing of the item. */
export const isOfObject = (name: string): boolean => ROWS.get(name)?.object === true;

/** The first part of the media type of what is in it; undefined for what is no media. */
export const mediaOf = (name: string): PropertyRow['media'] => ROWS.get(name)?.media;
export const isPicture = (name: string): boolean => mediaOf(name) === 'image';
/** It says something about the other properties of its group. */
export const isLabel = (name: string): boolean => ROWS.get(name)?.label === true;

/**
 * A device that does not send it may just not have it: few devices know the extensions of others, and what is made of
 * another property says nothing more.
 */
export const isDispensable = (name: string): boolean =>
  name.startsWith('X-') || ROWS.get(name)?.derived === true;

/** Under which name the value of a property is stored. */
export const storedNameOf = (name: string): string => ROWS.get(name)?.stored ?? name;
/**
 * Items hold it under another name: when a device begins to list it, its name does not tell which items the device lacks it
 * of. A property that is needed goes to every device, listed or not, so that nothing is lacking.
 */
export const isStoredOtherwise = (name: string): boolean => storedNameOf(name) !== name && !isNeeded(name);
/** Names of contacts' properties that are stored under other names. */
export const STORED_CONTACT_NAMES: { readonly [name: string]: string } = Object.fromEntries(
  Object.entries(PROPERTIES.contact).flatMap(([name, { stored }]) =>
    stored === undefined ? [] : [[name, stored]],
  ),
);

/** Properties whose values tell parts of one name from each other. */
export const PART_NAMES = namesWith(({ namesPart }) => namesPart === true);
/** It says when an alarm goes off. */
export const isOfRinging = (name: string): boolean => ROWS.get(name)?.ringing === true;
