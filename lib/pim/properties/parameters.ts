/** What each parameter of a property is, and each value of TYPE, by its upper-case name. */

interface ParameterRow {
  /** It says something also where the value does not: a room without a mailbox, an address on a label. */
  readonly says?: true;
  /** Programs add it and leave it out as they like: no user changed anything. */
  readonly habit?: true;
  /** vCard 4.0 has it, and no version before. */
  readonly only4?: true;
}

const PARAMETERS: { readonly [name: string]: ParameterRow } = {
  CN: { says: true },
  LABEL: { says: true },
  // Its values are compared one by one (TYPES).
  TYPE: { habit: true },
  LANGUAGE: { habit: true },
  CHARSET: { habit: true },
  VALUE: { habit: true },
  ENCODING: { habit: true },
  CUTYPE: { habit: true },
  'SCHEDULE-AGENT': { habit: true },
  'SCHEDULE-FORCE-SEND': { habit: true },
  'SCHEDULE-STATUS': { habit: true },
  PREF: { only4: true },
  ALTID: { only4: true },
  PID: { only4: true },
  'SORT-AS': { only4: true },
  MEDIATYPE: { only4: true },
};
const BY_NAME = new Map(Object.entries(PARAMETERS));

export const isHabit = (name: string): boolean => BY_NAME.get(name)?.habit === true || name.startsWith('X-');

/** Parameters that vCard 2.1 has no word for. */
export const ONLY_VCARD_4: readonly string[] = [...BY_NAME].flatMap(([name, { only4 }]) =>
  only4 ? [name] : [],
);

/**
 * What a value of TYPE says: whose something is (`owner`), which of several is used first (`preference`), or nothing that
 * the property does not say itself (`habit`). Any other value says what the thing is.
 */
type TypeSense = 'owner' | 'preference' | 'habit';

const TYPES: ReadonlyMap<string, TypeSense> = new Map(
  Object.entries({
    HOME: 'owner',
    WORK: 'owner',
    PREF: 'preference',
    VOICE: 'habit',
    MSG: 'habit',
    INTERNET: 'habit',
    TEXT: 'habit',
    VIDEO: 'habit',
  }),
);
export const isOwnerType = (type: string): boolean => TYPES.get(type) === 'owner';
export const isPreference = (type: string): boolean => TYPES.get(type) === 'preference';
export const isHabitType = (type: string): boolean => TYPES.get(type) === 'habit';

/** A value with its parameters: what this file knows of a property. */
interface Said {
  readonly value: string;
  readonly params: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** Nothing but separators, and nothing said beside them. */
export const isEmpty = ({ value, params }: Said): boolean =>
  /^[;,\s]*$/.test(value) &&
  !params.some(({ name, values }) => BY_NAME.get(name)?.says === true && values.join('').trim() !== '');
