/** Categories: an item has one list of them. */
import type { Component, Property } from './model.ts';
import { joinList, textList } from './text.ts';

/** Several lists of categories become one. Lists with a group, or with parameters such as a language, stay as they are. */
export function withOneList(properties: readonly Property[]): readonly Property[] {
  const [first, ...others] = properties.filter(isPlainList);
  if (first === undefined || others.length === 0) return properties;
  const entries = new Set([first, ...others].flatMap(({ value }) => textList(value)));
  return properties.flatMap((one) => {
    if (one === first) return [{ ...first, value: joinList([...entries]) }];
    return isPlainList(one) ? [] : [one];
  });
}

const isPlainList = ({ name, group, params }: Property): boolean =>
  name === 'CATEGORIES' && group === undefined && params.length === 0;

/**
 * The categories as the user named them, of a phone that puts `X-` before each name (E04, E07). The phone takes the names
 * without it, too.
 */
export const withoutPrefixes = (part: Component): Component => ({
  ...part,
  properties: part.properties.map((one) =>
    one.name === 'CATEGORIES' ? { ...one, value: one.value.replace(/(^|[,;])\s*X-/gi, '$1') } : one,
  ),
  components: part.components.map(withoutPrefixes),
});
