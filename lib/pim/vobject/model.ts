/**
 * The neutral form of an item: a tree of components and properties in the syntax of vCard 3.0 and iCalendar 2.0,
 * independent of the dialect. Nothing that was read is dropped: a property without a counterpart keeps its own name.
 */

export interface Param {
  /** Upper case. */
  readonly name: string;
  /** The values without quotes. */
  readonly values: readonly string[];
}

export interface Property {
  /** `item1` of `item1.X-ABLABEL`. */
  readonly group?: string;
  /** Upper case. */
  readonly name: string;
  readonly params: readonly Param[];
  /** Text with escapes. If the parameter ENCODING is `b`, base64 without blanks. */
  readonly value: string;
}

export interface Component {
  /** Upper case: VCARD, VCALENDAR, VEVENT ... */
  readonly name: string;
  readonly properties: readonly Property[];
  readonly components: readonly Component[];
}

/** The formats in which objects are written. */
export type Dialect =
  | 'vcard-2.1'
  | 'vcard-3.0'
  | 'vcard-4.0'
  | 'vcalendar-1.0'
  | 'icalendar-2.0'
  | 'vnote-1.1';

/**
 * Is it a dialect of the first generation? These have bare parameters, quoted-printable, commas without escapes, and
 * folds that keep the blank.
 */
export const isFirstGeneration = (dialect: Dialect): boolean =>
  dialect === 'vcard-2.1' || dialect === 'vcalendar-1.0' || dialect === 'vnote-1.1';

export const property = (name: string, value: string, params: { [name: string]: string } = {}): Property => ({
  name,
  params: Object.entries(params).map(([param, one]) => ({ name: param, values: [one] })),
  value,
});

export const paramValues = (of: Property, name: string): readonly string[] =>
  of.params.flatMap((param) => (param.name === name ? param.values : []));
export function paramOf({ params }: Property, name: string): string | undefined {
  for (const param of params) if (param.name === name && param.values.length > 0) return param.values[0];
  return undefined;
}
/** Is the value bytes, in base64? */
export const isEmbedded = (of: Property): boolean => paramOf(of, 'ENCODING') === 'b';
export const withoutParams = (of: Property, ...names: readonly string[]): Property =>
  of.params.some((param) => names.includes(param.name))
    ? { ...of, params: of.params.filter((param) => !names.includes(param.name)) }
    : of;
export const withValue = (of: Property, value: string): Property =>
  of.value === value ? of : { ...of, value };
/** Sets a parameter. It replaces the parameter of that name, if there is one. */
export const withParam = (of: Property, name: string, ...values: readonly string[]): Property => ({
  ...of,
  params: [...of.params.filter((param) => param.name !== name), { name, values }],
});
/** Sorts the parameters by name, so that their order makes no difference. */
export const sorted = (of: Property): Property =>
  of.params.every(({ name }, at) => at === 0 || (of.params[at - 1]?.name ?? '') < name)
    ? of
    : { ...of, params: [...of.params].sort((a, b) => (a.name < b.name ? -1 : 1)) };
/** The values of TYPE in upper case. */
export const typesOf = (of: Property): string[] => paramValues(of, 'TYPE').map((type) => type.toUpperCase());

export const propertiesOf = (of: Component, name: string): Property[] =>
  of.properties.filter((candidate) => candidate.name === name);
export const firstOf = (of: Component, name: string): Property | undefined =>
  of.properties.find((candidate) => candidate.name === name);
export const valueIn = (of: Component, name: string): string | undefined => firstOf(of, name)?.value;

/** The list with each member changed. If no member changes, the same list is returned. */
export function withEach<T>(list: readonly T[], change: (one: T) => T): readonly T[] {
  const changed = list.map(change);
  return changed.every((one, at) => one === list[at]) ? list : changed;
}

/** Are two trees the same to the letter, in the same order? */
export const sameComponent = (one: Component, other: Component): boolean =>
  one === other ||
  (one.name === other.name &&
    sameLists(one.properties, other.properties, sameProperty) &&
    sameLists(one.components, other.components, sameComponent));

export const sameProperty = (one: Property, other: Property): boolean =>
  one.value === other.value &&
  one.name === other.name &&
  one.group === other.group &&
  sameLists(one.params, other.params, sameParam);

const sameParam = (one: Param, other: Param): boolean =>
  one.name === other.name && sameLists(one.values, other.values, (a, b) => a === b);

export const sameLists = <T>(
  one: readonly T[],
  other: readonly T[],
  isSame: (a: T, b: T) => boolean,
): boolean =>
  one === other ||
  (one.length === other.length && one.every((a, at) => a === other[at] || isSame(a, other[at] as T)));
