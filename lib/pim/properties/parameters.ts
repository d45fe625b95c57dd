/** Facts about each parameter of a property, and each value of TYPE, by the name in upper case. */

interface ParameterRow {
  /**
   * Does it have content of its own, even if the value is empty? So have the name of a room, the text of an address
   * label.
   */
  readonly hasContent?: true;
  /** Programs add it or leave it out. A difference is not a change by a user. */
  readonly habit?: true;
  /** Does it exist only in vCard 4.0? */
  readonly only4?: true;
}

const PARAMETERS: { readonly [name: string]: ParameterRow } = {
  CN: { hasContent: true },
  LABEL: { hasContent: true },
  // The values of TYPE are compared one by one (TYPES).
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

/** Names of the parameters that exist only in vCard 4.0. */
export const ONLY_VCARD_4: readonly string[] = [...BY_NAME].flatMap(([name, { only4 }]) =>
  only4 ? [name] : [],
);

/**
 * The meaning of a value of TYPE. `owner`: whose thing it is, the person's or the firm's. `preference`: which of several is
 * used first. `habit`: nothing new, programs add it or leave it out. Any other value tells what kind of thing it is.
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

/** A value with its parameters: the part of a property that this file needs. */
interface ValueWithParams {
  readonly value: string;
  readonly params: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** Does the value have only separators, and no parameter with content? */
export const isEmpty = ({ value, params }: ValueWithParams): boolean =>
  /^[;,\s]*$/.test(value) &&
  !params.some(({ name, values }) => BY_NAME.get(name)?.hasContent === true && values.join('').trim() !== '');
