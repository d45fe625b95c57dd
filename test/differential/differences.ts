/** Where two ends of the same story differ: by device, item and field, in the words of the meaning. */
import type { Meaning } from './meaning/fields.ts';
import { meaningOf } from './meaning/meaning.ts';
import type { EndState } from './play.ts';
import type { DeviceName } from './scenes/step.ts';

export interface Difference {
  /** Where: `phone contacts "Ada Lindqvist" TEL cell`; `both` where the two devices differ alike. */
  readonly where: string;
  /** What our server made of it, and what the peer did; in words. */
  readonly ours: string;
  readonly theirs: string;
}

/** Longer values are shortened. */
const MOST_SHOWN = 100;
/** The others are counted. */
const MOST_VALUES = 3;

export function differences(ours: EndState, theirs: EndState): Difference[] {
  const ofDevice = (device: DeviceName): Difference[] =>
    [...ours.items[device]].flatMap(([datastore, texts]) => {
      const meanings = (all: readonly string[]) => all.map((text) => meaningOf(datastore, text));
      return itemDifferences(datastore, meanings(texts), meanings(theirs.items[device].get(datastore) ?? []));
    });
  const troubles = valueDifference('the story', ours.troubles, theirs.troubles);
  return [...byDevice(ofDevice('phone'), ofDevice('laptop')), ...troubles];
}

function byDevice(phone: readonly Difference[], laptop: readonly Difference[]): Difference[] {
  const isIn = (all: readonly Difference[], { where, ours, theirs }: Difference): boolean =>
    all.some((one) => one.where === where && one.ours === ours && one.theirs === theirs);
  const named = (name: string, all: readonly Difference[]): Difference[] =>
    all.map((one) => ({ ...one, where: `${name} ${one.where}` }));
  return [
    ...named(
      'both',
      phone.filter((one) => isIn(laptop, one)),
    ),
    ...named(
      'phone',
      phone.filter((one) => !isIn(laptop, one)),
    ),
    ...named(
      'laptop',
      laptop.filter((one) => !isIn(phone, one)),
    ),
  ];
}

/** `place` stands before the item in what is said. */
export function itemDifferences(
  place: string,
  ours: readonly Meaning[],
  theirs: readonly Meaning[],
): Difference[] {
  const titles = new Set([...ours, ...theirs].map(({ title }) => title));
  return [...titles].toSorted().flatMap((title) => {
    const named = (all: readonly Meaning[]) => all.filter((one) => one.title === title);
    const [own, other] = [named(ours), named(theirs)];
    const where = `${place} "${shortened(title)}"`;
    const counts = own.length === other.length ? [] : [countDifference(where, own.length, other.length)];
    return [...counts, ...pairs(own, other).flatMap((pair) => fieldDifferences(where, ...pair))];
  });
}

const countDifference = (where: string, ours: number, theirs: number): Difference => ({
  where,
  ours: countText(ours),
  theirs: countText(theirs),
});
const countText = (count: number): string => (count === 0 ? 'none' : count === 1 ? 'one' : `${count} times`);

/** Each item beside the one of the other side that is most like it. What is left over has no partner. */
function pairs(ours: readonly Meaning[], theirs: readonly Meaning[]): [Meaning, Meaning][] {
  const left = [...theirs];
  const found = ours
    .flatMap((own) => theirs.map((other) => ({ own, other, distance: distance(own, other) })))
    .toSorted((one, another) => one.distance - another.distance);
  const taken = new Set<Meaning>();
  return found.flatMap(({ own, other }): [Meaning, Meaning][] => {
    if (taken.has(own) || !left.includes(other)) return [];
    taken.add(own);
    left.splice(left.indexOf(other), 1);
    return [[own, other]];
  });
}

const distance = (one: Meaning, other: Meaning): number => fieldDifferences('', one, other).length;

export function fieldDifferences(where: string, ours: Meaning, theirs: Meaning): Difference[] {
  const names = new Set([...ours.fields.keys(), ...theirs.fields.keys()]);
  return [...names]
    .toSorted()
    .flatMap((name) =>
      valueDifference(`${where} ${name}`, ours.fields.get(name) ?? [], theirs.fields.get(name) ?? []),
    );
}

function valueDifference(where: string, ours: readonly string[], theirs: readonly string[]): Difference[] {
  const only = (own: readonly string[], other: readonly string[]): string =>
    listText(own.filter((value) => !other.includes(value)));
  const difference = { where, ours: only(ours, theirs), theirs: only(theirs, ours) };
  return difference.ours === difference.theirs ? [] : [difference];
}

/** Values that only one side has; a dash for none. */
function listText(values: readonly string[]): string {
  if (values.length === 0) return '-';
  const shown = values.slice(0, MOST_VALUES).map((value) => shortened(value.replaceAll('\n', '\\n')));
  const rest = values.length - shown.length;
  return `${shown.join(' + ')}${rest > 0 ? ` + ${rest} more` : ''}`;
}

const shortened = (text: string): string =>
  text.length <= MOST_SHOWN ? text : `${text.slice(0, 60)}… (${text.length} characters) …${text.slice(-20)}`;

/** `sides`: what the two sides are called. */
export const differenceText = (
  { where, ours, theirs }: Difference,
  [one, other]: readonly [string, string] = ['ours', 'theirs'],
): string => `${where}: ${one} ${ours} | ${other} ${theirs}`;
