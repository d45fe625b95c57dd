/** Contacts of a rich story: fields of one value and of many, edited as each device sees them. */

import { ALL, type DeviceCapabilities } from '../../lib/pim/device/capabilities.ts';
import type { DeviceOptions } from '../kit/device.ts';
import { readItem, writeItem } from '../kit/items.ts';
import type { Random } from './random.ts';

/** What devices of a rich story speak and hold. */
type Dialect = Pick<DeviceOptions, 'type' | 'properties' | 'most' | 'sizes'>;
export const DIALECTS: readonly Dialect[] = [
  {},
  { type: 'text/x-vcard' },
  { properties: ['N', 'FN', 'TEL', 'EMAIL', 'TITLE', 'NOTE'] },
  { properties: ['N', 'FN', 'TEL', 'CATEGORIES'] },
  { properties: ['N', 'FN', 'TEL', 'EMAIL', 'NOTE'], most: { TEL: 2, EMAIL: 1 } },
  { type: 'text/x-vcard', properties: ['N', 'FN', 'EMAIL', 'TITLE', 'NOTE'] },
];

/** And of a wide one. */
export const MORE_DIALECTS: readonly Dialect[] = [
  ...DIALECTS,
  { type: 'text/x-s4j-sifc' },
  { type: 'text/x-s4j-sifc', properties: ['N', 'FN', 'TEL', 'EMAIL', 'NOTE'] },
  { properties: ['N', 'FN', 'TEL', 'NOTE'], sizes: { NOTE: 12 } },
  { type: 'text/x-vcard', properties: ['N', 'FN', 'NOTE', 'EMAIL'], sizes: { NOTE: 20 }, most: { EMAIL: 1 } },
];
const STORED = 'text/vcard';

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

/** A stored contact as the device gets it. */
export const writtenFor = (options: DeviceOptions, body: string): string =>
  writeItem({ type: STORED, body }, { type: options.type ?? STORED }, capabilitiesOf(options)).body;
/** What the device has, in the stored form. */
export const readFrom = ({ type = STORED }: DeviceOptions, text: string): string => readItem(type, text).body;
export const seenBy = (options: DeviceOptions, body: string): string =>
  readFrom(options, writtenFor(options, body));

export const linesOf = (body: string): string[] =>
  body
    .replace(/\r\n /g, '')
    .split('\r\n')
    .filter((line) => line !== '');
const bodyOf = (lines: readonly string[]): string => readItem(STORED, `${lines.join('\r\n')}\r\n`).body;

/** Each value by itself: lines of a note, entries of a list. */
export const valuesOf = (body: string): string[] =>
  linesOf(body).flatMap((line) => {
    const [name = '', value = ''] = [line.split(/[:;]/)[0], line.slice(line.indexOf(':') + 1)];
    const parts = name === 'NOTE' ? value.split('\\n') : name === 'CATEGORIES' ? value.split(',') : undefined;
    return parts === undefined ? [line] : parts.map((part) => `${name} ${part}`);
  });
/** Of these any number may stand: none that was added may get lost. */
export const isOfMany = (value: string): boolean => /^(TEL|EMAIL|CATEGORIES)\b/.test(value);

export const firstCard = (name: string, number: number): string => {
  const tail = name.slice(name.indexOf('-') + 1);
  return bodyOf([
    ...['BEGIN:VCARD', 'VERSION:3.0', `N:${name};Given-${tail};;;`, `FN:${name}`, telephone(number)],
    ...[`TITLE:t${number}`, `X-ODD:x${number}`, `NOTE:n${number}`, 'END:VCARD'],
  ]);
};
const telephone = (number: number): string => `TEL;TYPE=CELL:+49170${10_000_000 + number}`;

type Edit = (lines: readonly string[], number: number, random: Random) => readonly string[];
const isAt = (name: string) => (line: string) =>
  line.startsWith(name) && /[:;]/.test(line.charAt(name.length));
const insert = (lines: readonly string[], line: string): string[] => [
  ...lines.slice(0, -1),
  line,
  'END:VCARD',
];
const set = (lines: readonly string[], name: string, line: string): string[] =>
  insert(
    lines.filter((one) => !isAt(name)(one)),
    line,
  );

/** What users do, each to a property that the device must hold. */
const EDITS: readonly (readonly [property: string, edit: Edit])[] = [
  ['TEL', (lines, number) => insert(lines, telephone(number))],
  ['EMAIL', (lines, number) => insert(lines, `EMAIL;TYPE=HOME:e${number}@example.com`)],
  ['TITLE', (lines, number) => set(lines, 'TITLE', `TITLE:t${number}`)],
  ['X-ODD', (lines, number) => set(lines, 'X-ODD', `X-ODD:x${number}`)],
  [
    'CATEGORIES',
    (lines, number) =>
      set(lines, 'CATEGORIES', `${lines.find(isAt('CATEGORIES')) ?? 'CATEGORIES:c'},c${number}`),
  ],
  [
    'NOTE',
    (lines, number, random) => {
      const own = (lines.find(isAt('NOTE')) ?? 'NOTE:first').split('\\n');
      const at = random.below(own.length + 1);
      return set(
        lines,
        'NOTE',
        [...own.slice(0, Math.max(at, 1)), `n${number}`, ...own.slice(Math.max(at, 1))].join('\\n'),
      );
    },
  ],
  ...['TEL', 'EMAIL'].map((name): readonly [string, Edit] => [
    name,
    (lines, number, random) => {
      const own = lines.filter(isAt(name));
      if (own.length === 0) return lines;
      const gone = random.pick(own);
      const next = name === 'TEL' ? telephone(number) : `EMAIL;TYPE=HOME:e${number}@example.com`;
      const rest = lines.filter((line) => line !== gone);
      return random.chance(0.5) ? rest : insert(rest, next);
    },
  ]),
];

/** One or two edits by a user of a device with these capabilities, of what it shows. */
export function edited(body: string, options: DeviceOptions, next: () => number, random: Random): string {
  const able = EDITS.filter(([name]) => options.properties?.includes(name) ?? true);
  let lines: readonly string[] = linesOf(body);
  for (let n = 0; n <= random.below(2); n += 1) lines = random.pick(able)[1](lines, next(), random);
  return bodyOf(lines);
}
