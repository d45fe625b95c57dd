/**
 * Devices with little room that tell nothing of it: few values of a property, short ones, no types. What users of them took
 * away on purpose, and what they must be able to take away.
 */
import type { Device, DeviceOptions } from '../kit/device.ts';
import { isOfMany, linesOf, readFrom, valuesOf, writtenFor } from './item-texts.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

export interface Room {
  /** The most values of a property, and the most characters of a value. */
  readonly most?: { readonly [property: string]: number };
  readonly sizes?: { readonly [property: string]: number };
  /** Of these properties the device keeps no types. */
  readonly untyped?: readonly string[];
}

const ROOMS: readonly Room[] = [
  { most: { TEL: 1, EMAIL: 1 } },
  { most: { TEL: 2, EMAIL: 3 } },
  { sizes: { EMAIL: 9 } },
  { untyped: ['EMAIL'] },
  { most: { EMAIL: 1 }, sizes: { EMAIL: 10 }, untyped: ['EMAIL'] },
];

/** The same abilities, with little room for some devices. */
export function withRoom(options: DeviceOptions, random: Random): DeviceOptions {
  const isMute = options.most === undefined && options.sizes === undefined;
  if (!isMute || options.type?.includes('sif') || random.chance(0.4)) return options;
  const room = random.pick(ROOMS);
  const { type } = options; // the list of its properties may grow
  const as = type === undefined ? {} : { type };
  const keeps = (data: string) => writtenFor(as, within(room, readFrom(as, data)));
  return { ...options, keeps };
}

/** An item in the stored form, without what has no room. */
function within({ most = {}, sizes = {}, untyped = [] }: Room, body: string): string {
  const counts = new Map<string, number>();
  const lines = linesOf(body).flatMap((line) => {
    const name = line.split(/[:;]/)[0] ?? '';
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (count > (most[name] ?? count)) return [];
    const [head = '', value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)];
    return [`${untyped.includes(name) ? name : head}:${value.slice(0, sizes[name])}`];
  });
  return `${lines.join('\r\n')}\r\n`;
}

/** Is `shown` what some device shows of `value`? */
export function isShownAs(value: string, shown: string): boolean {
  const [full, part] = [value, shown].map((one) => one.replace(/^(EMAIL|TEL);[^:]*/, '$1')) as [
    string,
    string,
  ];
  return full.startsWith(part);
}

const countOf = (values: readonly string[], name: string): number =>
  values.filter((value) => value.startsWith(name)).length;

/** Has the device shown, by an item that the server took, that it holds so many values as `values` has of the property? */
const hasShown = ({ acknowledged, options }: Device, values: readonly string[], name: string): boolean =>
  [...acknowledged].some((text) => countOf(valuesOf(readFrom(options, text)), name) >= countOf(values, name));

/** Values of many that the device took away, and that it has shown that it can hold: they must be gone at the end. */
export function noteDeleted(
  { rich, dice, faults, twins }: World,
  device: Device,
  name: string,
  edit: Edit,
): void {
  if (rich === undefined || dice !== undefined || faults.rate > 0 || twins) return;
  const gone = edit.before.filter((value) => isOfMany(value) && !edit.after.includes(value));
  for (const value of gone) {
    const property = /^\w+/.exec(value)?.[0] ?? '';
    if (property !== 'CATEGORIES' && hasShown(device, edit.before, property)) rich.deleted.set(value, name);
  }
}

interface Edit {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What a device that can delete deleted has not come back. */
export function deletedStaysAway({ rich, deleted }: World, name: string, own: readonly string[]): void {
  if (rich === undefined || deleted.has(name) || rich.refreshed.has(name)) return;
  const there = own.flatMap(valuesOf);
  for (const [value, of] of rich.deleted)
    if (of === name && there.some((one) => one === value))
      throw new Error(`deleted from ${name}, and there again: ${value}`);
}
