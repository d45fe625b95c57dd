/** What an item that a device sent shows of the room on the device: how many values, how long, with what. */
import { isEmpty } from '../properties/parameters.ts';
import { hasFreeParts, isIdentity, isOfObject, isOfProgram, valueTypeOf } from '../properties/table.ts';
import type { ReadItem } from '../read-item.ts';
import { type Component, isEmbedded, type Property, valueIn } from '../vobject/model.ts';
import { textList } from '../vobject/text.ts';
import {
  type Capacities,
  type Capacity,
  isPreferred,
  NO_CAPACITY,
  slotOf,
  textsIn,
  united,
} from './capacity.ts';
import { filledTree } from './filled-fields.ts';

/** Does a device hold it or not like any other property? Programs write some, and others make the item what it is. */
export const isRoomed = (name: string): boolean =>
  !isOfProgram(name) && !isIdentity(name) && !isOfObject(name);

/**
 * The capacities that the item shows. An item that cannot be parsed shows none. A contact of Outlook also shows by its empty
 * fields which numbers and addresses have a place there.
 */
export function shownCapacities({ content, parsed }: ReadItem): Capacities {
  const { note } = content;
  if (note !== undefined)
    return united(ofProperties(note.rest), new Map([['DESCRIPTION', ofTexts([note.text])]]));
  const fields = parsed?.sif?.root === 'contact' ? filledTree(parsed.sif) : undefined;
  const shown = fields === undefined ? content.objects : [fields, ...content.objects];
  return shown.map(ofComponent).reduce(united, new Map());
}

function ofComponent({ name, properties, components }: Component): Capacities {
  if (name === 'VTIMEZONE' || name === 'VALARM') return new Map();
  const own = united(
    ofProperties(properties),
    ofAlarms(components.filter((inner) => inner.name === 'VALARM')),
  );
  return components.map(ofComponent).reduce(united, own);
}

function ofProperties(properties: readonly Property[]): Capacities {
  const filled = properties.filter((one) => isRoomed(one.name) && !isEmpty(one));
  const found = new Map<string, Capacity>();
  for (const [name, values] of Map.groupBy(filled, (one) => one.name)) {
    const isList = valueTypeOf(name) === 'list';
    // A task may have no start on a device, and be due on a day without a time.
    const measured = values.filter((one) => isEmbedded(one) || name === 'DUE' || name === 'DTSTART');
    const lengths = measured.map(({ value }) => value.length);
    const texts = ofTexts(values.flatMap(textsIn));
    const longest = lengths.reduce((most, length) => Math.max(most, length), texts.characters);
    found.set(name, {
      ...texts,
      characters: longest,
      bytes: Math.max(texts.bytes, longest),
      count: isList ? values.reduce((sum, { value }) => sum + textList(value).length, 0) : values.length,
      parts: hasFreeParts(name) ? values.reduce((mask, one) => mask | maskOf(textsIn(one)), 0) : 0,
      params: new Set(values.flatMap(paramsIn)),
      slots: countsOf(values.map(slotOf)),
    });
  }
  return found;
}

function ofTexts(texts: readonly string[]): Capacity {
  const most = (lengths: readonly number[]) => lengths.reduce((a, b) => Math.max(a, b), 0);
  return {
    ...NO_CAPACITY,
    characters: most(texts.map(({ length }) => length)),
    bytes: most(texts.map((text) => Buffer.byteLength(text))),
    lines: texts.some((text) => text.trim().includes('\n')),
  };
}

const ofAlarms = (alarms: readonly Component[]): Capacities =>
  alarms.length === 0
    ? new Map()
    : new Map([
        [
          'VALARM',
          {
            ...NO_CAPACITY,
            count: alarms.length,
            params: new Set(alarms.flatMap(({ properties }) => properties.map(({ name }) => name))),
            slots: countsOf(alarms.map((alarm) => valueIn(alarm, 'ACTION') ?? '')),
          },
        ],
      ]);

const paramsIn = (of: Property): string[] => [
  ...of.params.flatMap(({ name }) => (name === 'TYPE' ? [] : [name])),
  ...(isPreferred(of) ? ['PREF'] : []),
];

/** Parts beyond this number are not told apart. */
const MOST_PARTS = 16;
const maskOf = (parts: readonly string[]): number =>
  parts.reduce((mask, text, n) => (text.trim() === '' ? mask : mask | bitOf(n)), 0);
export const bitOf = (part: number): number => 1 << Math.min(part, MOST_PARTS);

const countsOf = (slots: readonly string[]): Map<string, number> =>
  new Map([...Map.groupBy(slots, (slot) => slot)].map(([slot, list]) => [slot, list.length]));
