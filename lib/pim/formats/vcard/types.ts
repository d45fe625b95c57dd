/** The parameter TYPE of contacts. A property has one TYPE with all values. */
import { type Property, typesOf, withoutParams } from '../../vobject/model.ts';

/** Replaces the types. They are an array, because there may be more of them than a call may have arguments. */
export function withTypes(of: Property, types: readonly string[]): Property {
  const { params } = withoutParams(of, 'TYPE');
  if (params === of.params && types.length === 0) return of;
  return { ...of, params: types.length === 0 ? params : [...params, { name: 'TYPE', values: types }] };
}

/** Brings the types to the stored form: upper case, sorted, without INTERNET on mailboxes, which is the default. */
export const withCanonicalTypes = (of: Property): Property =>
  withTypes(
    of,
    [...new Set(typesOf(of))].filter((type) => !(of.name === 'EMAIL' && type === 'INTERNET')).sort(),
  );
