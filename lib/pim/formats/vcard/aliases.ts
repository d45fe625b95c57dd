/**
 * The anniversary, the spouse, the manager and the assistant under the names that programs have for them. A card keeps the
 * name that it came with, because its program looks for that one. Outlook gets the value under Outlook's name, and a device
 * that lists another name under that one.
 */
import { storedNameOf } from '../../properties/table.ts';
import {
  type Component,
  type Property,
  paramOf,
  property,
  withoutParams,
  withValue,
} from '../../vobject/model.ts';
import { unescapeText } from '../../vobject/text.ts';
import { canonicalDay, OMIT_YEAR } from './days.ts';

interface Alias {
  /** The name that most programs know, and that stands for all others here. */
  readonly usual: string;
  /** Those of Evolution, Microsoft and KDE. */
  readonly others: readonly string[];
  /** Apple's name, and the label that tells what it means. */
  readonly apple: readonly [name: string, label: string];
}

const ALIASES: readonly Alias[] = [
  {
    usual: 'X-ANNIVERSARY',
    others: ['X-EVOLUTION-ANNIVERSARY', 'X-MS-ANNIVERSARY', 'X-KADDRESSBOOK-X-ANNIVERSARY'],
    apple: ['X-ABDATE', 'Anniversary'],
  },
  {
    usual: 'X-SPOUSE',
    others: ['X-EVOLUTION-SPOUSE', 'X-MS-SPOUSE', 'X-KADDRESSBOOK-X-SPOUSESNAME'],
    apple: ['X-ABRELATEDNAMES', 'Spouse'],
  },
  {
    usual: 'X-MANAGER',
    others: ['X-EVOLUTION-MANAGER', 'X-MS-MANAGER', 'X-KADDRESSBOOK-X-MANAGERSNAME'],
    apple: ['X-ABRELATEDNAMES', 'Manager'],
  },
  {
    usual: 'X-ASSISTANT',
    others: ['X-EVOLUTION-ASSISTANT', 'X-MS-ASSISTANT', 'X-KADDRESSBOOK-X-ASSISTANTSNAME'],
    apple: ['X-ABRELATEDNAMES', 'Assistant'],
  },
];
const LABEL = 'X-ABLABEL';

const NAMES: ReadonlySet<string> = new Set(
  ALIASES.flatMap(({ usual, others, apple }) => [usual, ...others, apple[0]]),
);
/** The names that are not listed. */
export const otherNames = (listed: readonly string[]): readonly string[] =>
  [...NAMES].filter((name) => !listed.includes(name));

/** A value under one of its names. */
export interface Named {
  readonly property: Property;
  /** The same under the usual name. */
  readonly usual: Property;
  /** Apple's label of the property. */
  readonly label?: Property;
}

export const usualNames: readonly string[] = ALIASES.map(({ usual }) => usual);

/** Is it one of the names, usual or not? */
export const isAliased = (name: string): boolean => NAMES.has(name);

/** All that the list has of the value with this usual name: first what has that name, then the others in a fixed order. */
export function namedIn(list: readonly Property[], usual: string): Named[] {
  const alias = ALIASES.find((one) => one.usual === usual);
  if (alias === undefined) return [];
  const [apple, meaning] = alias.apple;
  const plain = [usual, ...alias.others].flatMap((name) =>
    list.flatMap((one) => (one.name === name ? [{ property: one, usual: withUsualName(one, usual) }] : [])),
  );
  const labels = new Map(
    list.flatMap((one) =>
      one.name === LABEL && one.group !== undefined && meaningOf(one) === meaning.toLowerCase()
        ? [[one.group, one] as const]
        : [],
    ),
  );
  const labelled = list.flatMap((one): Named[] => {
    const label = one.name === apple && one.group !== undefined ? labels.get(one.group) : undefined;
    return label === undefined ? [] : [{ property: one, usual: withUsualName(one, usual), label }];
  });
  return [...plain, ...labelled];
}

/** Apple writes its own labels as `_$!<Spouse>!$_`. */
const meaningOf = ({ value }: Property): string =>
  unescapeText(value)
    .replace(/^_\$!<(.*)>!\$_$/, '$1')
    .trim()
    .toLowerCase();

function withUsualName(of: Property, usual: string): Property {
  if (of.name === usual) return of;
  const { group: _, ...plain } = withoutParams(of, 'TYPE');
  const named = { ...plain, name: usual };
  return usual === 'X-ANNIVERSARY' ? canonicalDay(named) : named;
}

/** The property with the value of another one of a usual name. A day is written as the property has it. */
export function withValueOf(of: Property, source: Property): Property {
  const isBasic = of.name !== source.name && /^\d{8}$/.test(of.value);
  return withValue(of, isBasic ? source.value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$1$2$3') : source.value);
}

/** The card under the names that the device lists, where it lists none of those that the card has. */
export function underListedNames(card: Component, names: Iterable<string> | undefined): Component {
  if (names === undefined || !card.properties.some(({ name }) => isAliased(name))) return card;
  const listed = new Set([...names].map(storedNameOf));
  return usualNames.reduce((made, usual) => renamed(made, usual, listed), card);
}

function renamed(card: Component, usual: string, listed: ReadonlySet<string>): Component {
  const [first, ...more] = namedIn(card.properties, usual);
  if (first === undefined || [first, ...more].some(({ property: { name } }) => listed.has(name))) return card;
  const alias = ALIASES.find((one) => one.usual === usual);
  const name = [usual, ...(alias?.others ?? [])].find((one) => listed.has(one));
  // Only Apple and the usual name have days without a year.
  if (name === undefined || (name !== usual && paramOf(first.usual, OMIT_YEAR) !== undefined)) return card;
  const sample = name === 'X-MS-ANNIVERSARY' ? '20000101' : '';
  const own = name === usual ? first.usual : withValueOf(property(name, sample), first.usual);
  return {
    ...card,
    properties: card.properties.flatMap((one) =>
      one === first.property ? [own] : one === first.label ? [] : [one],
    ),
  };
}
