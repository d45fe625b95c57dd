/** TYPE of contacts' properties: one parameter with all its values. */
import { type Property, typesOf, withoutParams } from '../../vobject/model.ts';

/** In place of the types that it has. There may be more of them than arguments of a call. */
export function withTypes(of: Property, types: readonly string[]): Property {
  const { params } = withoutParams(of, 'TYPE');
  if (params === of.params && types.length === 0) return of;
  return { ...of, params: types.length === 0 ? params : [...params, { name: 'TYPE', values: types }] };
}

/** In upper case and in order; what is so anyway is not said. */
export const withCanonicalTypes = (of: Property): Property =>
  withTypes(
    of,
    [...new Set(typesOf(of))].filter((type) => !(of.name === 'EMAIL' && type === 'INTERNET')).sort(),
  );
