/**
 * What an item says, fact by fact, as its owner would tell it on the telephone: `title` is `t17`, `tel +4917012345` is
 * `cell`. An absent fact has no entry. Nothing of the product is used to make facts of a text, or a text of facts.
 */
export type Facts = ReadonlyMap<string, string>;

/** The kinds of items that a life is about, by their datastores. */
export const LIFE_KINDS = ['contacts', 'calendar', 'tasks', 'notes'] as const;
export type LifeKind = (typeof LIFE_KINDS)[number];

/** The facts without those whose values are undefined. */
export function factsOf(entries: Iterable<readonly [fact: string, value: string | undefined]>): Facts {
  const facts = new Map<string, string>();
  for (const [fact, value] of entries) if (value !== undefined && value !== '') facts.set(fact, value);
  return facts;
}

/** The values of facts of many, such as `tel` or `category`: what stands behind the word and a blank. */
export const manyOf = (facts: Facts, word: string): (readonly [key: string, value: string])[] =>
  [...facts].flatMap(([fact, value]) =>
    fact.startsWith(`${word} `) ? [[fact.slice(word.length + 1), value] as const] : [],
  );

/** The kind of a fact: `category` of `category blue`. */
export const wordOf = (fact: string): string => fact.split(' ', 1)[0] ?? '';

/** Only the facts of these kinds. */
export const onlyWords = (facts: Facts, words: readonly string[]): Facts =>
  factsOf([...facts].filter(([fact]) => words.includes(wordOf(fact))));

/** Do two maps say the same? */
export const sameFacts = (a: Facts, b: Facts): boolean =>
  a.size === b.size && [...a].every(([fact, value]) => b.get(fact) === value);

/** With this value of the fact, or without the fact. */
export function withFact(facts: Facts, fact: string, value: string | undefined): Facts {
  const changed = new Map(facts);
  if (value === undefined) changed.delete(fact);
  else changed.set(fact, value);
  return changed;
}
