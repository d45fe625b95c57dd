/** Items of rich stories as texts: as a device shows them, as they are stored, and value by value. */
import { ALL, type DeviceCapabilities } from '../../lib/pim/device/capabilities.ts';
import type { DeviceOptions } from '../kit/device.ts';
import { readItem, writeItem } from '../kit/items.ts';

/** The content type under which the items of a datastore are stored. */
export const storedType = ({ datastore = 'contacts' }: Pick<DeviceOptions, 'datastore'>): string =>
  datastore === 'contacts' ? 'text/vcard' : 'text/calendar';

function capabilitiesOf({ properties, most = {}, sizes = {} }: DeviceOptions): DeviceCapabilities {
  if (properties === undefined) return ALL;
  const limitOf = (name: string) => {
    const [maxOccur, maxSize] = [most[name], sizes[name]];
    return {
      values: [],
      ...(maxOccur !== undefined && { maxOccur }),
      ...(maxSize !== undefined && { maxSize }),
    };
  };
  return { ...ALL, properties: new Map(properties.map((name) => [name, limitOf(name)])) };
}

/** A stored item as the device gets it. */
export function writtenFor(options: DeviceOptions, body: string): string {
  const stored = storedType(options);
  return writeItem({ type: stored, body }, { type: options.type ?? stored }, capabilitiesOf(options)).body;
}
/** What the device has, in the stored form. */
export const readFrom = (options: DeviceOptions, text: string): string =>
  readItem(options.type ?? storedType(options), text).body;
export const seenBy = (options: DeviceOptions, body: string): string =>
  readFrom(options, writtenFor(options, body));

export const linesOf = (body: string): string[] =>
  body
    .replace(/\r\n /g, '')
    .split('\r\n')
    .filter((line) => line !== '');

/** The stored form of these lines. */
export const bodyOf = (options: DeviceOptions, lines: readonly string[]): string =>
  readItem(storedType(options), `${lines.join('\r\n')}\r\n`).body;

/** Properties that iCalendar requires: the server writes them where an item has none. */
const isMadeUp = (line: string): boolean => /^(UID|DTSTAMP|PRODID):/.test(line);

/** Each value by itself: lines of a note, entries of a list. */
export const valuesOf = (body: string): string[] =>
  linesOf(body).flatMap((line) => {
    if (isMadeUp(line)) return [];
    const [name = '', value = ''] = [line.split(/[:;]/)[0], line.slice(line.indexOf(':') + 1)];
    if (MOMENTS.has(name)) return momentsIn(name, line);
    const separator = SEPARATORS[name];
    return separator === undefined ? [line] : value.split(separator).map((part) => `${name} ${part}`);
  });
const SEPARATORS: { readonly [name: string]: string } = {
  NOTE: '\\n',
  DESCRIPTION: '\\n',
  CATEGORIES: ',',
};
/** The lines of an item as they are compared: in any order, without what the server makes up, times by what they mean. */
export const comparable = (body: string): string =>
  linesOf(body)
    .flatMap((line) => {
      const name = line.split(/[:;]/)[0] ?? '';
      return isMadeUp(line) ? [] : MOMENTS.has(name) ? momentsIn(name, line) : [line];
    })
    .sort()
    .join('\n');

const MOMENTS: ReadonlySet<string> = new Set(['DTSTART', 'DTEND', 'EXDATE']);

/** Devices tell one time by different clocks. An exclusion is of an occurrence, of which a day has one. */
function momentsIn(name: string, line: string): string[] {
  const values = line.slice(line.indexOf(':') + 1).split(',');
  if (name === 'EXDATE') return values.map((value) => `${name} ${value.slice(0, 8)}`);
  return values.map((value) => `${name} ${line.includes(BERLIN) ? inUtc(value) : value}`);
}
const BERLIN = 'TZID=Europe/Berlin';
/** All times with a zone are in winter. */
const inUtc = (value: string): string =>
  `${value.slice(0, 9)}${String(Number(value.slice(9, 11)) - 1).padStart(2, '0')}${value.slice(11)}Z`;

/** Of these any number may stand: none that was added may get lost. */
export const isOfMany = (value: string): boolean => /^(TEL|EMAIL|CATEGORIES|EXDATE)\b/.test(value);

/** Which item a value is of: it keeps this name whatever else changes. */
export const nameIn = (value: string): string => /(?:FN|SUMMARY):(Name-\d+)/.exec(value)?.[1] ?? '';
