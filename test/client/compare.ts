/**
 * Item-by-item comparison of two devices, on a canonical form: unfolded, LF line ends, properties and parameters in
 * sorted order, without what identifies the writer (PRODID, REV, UID and the like). LUIDs differ between devices, so
 * items are paired by content.
 */
import type { Datastore, Device } from './syncevolution.ts';

/** Written by whichever program stored the item last; nothing that a user entered. */
const IGNORED = new Set([
  'PRODID',
  'REV',
  'UID',
  'VERSION',
  'DTSTAMP',
  'CREATED',
  'LAST-MODIFIED',
  'DCREATED',
  'SEQUENCE',
]);
/** Values that mean the same as the property's absence. */
const DEFAULTS = new Set([
  'CLASS:PUBLIC',
  'TRANSP:OPAQUE',
  'PRIORITY:0',
  'STATUS:CONFIRMED',
  'PERCENT-COMPLETE:0',
]);

const STRUCTURED = new Set(['N', 'ADR', 'ORG', 'GEO']);

interface Component {
  readonly name: string;
  readonly lines: string[];
  readonly parts: Component[];
}

/** The canonical text of an item; equal texts mean that both devices show a user the same. */
export function canonical(datastore: Datastore, text: string): string {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (datastore === 'notes') return plain.trimEnd();
  const unfolded = plain
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return print(parse(unfolded)).join('\n');
}

function parse(lines: readonly string[]): Component {
  const root: Component = { name: '', lines: [], parts: [] };
  const open = [root];
  for (const line of lines) {
    const inner = open.at(-1) ?? root;
    const [, tag, name] = /^(BEGIN|END):(.*)$/i.exec(line) ?? [];
    if (tag === undefined || name === undefined) {
      inner.lines.push(line);
    } else if (tag.toUpperCase() === 'BEGIN') {
      const part: Component = { name: name.trim().toUpperCase(), lines: [], parts: [] };
      inner.parts.push(part);
      open.push(part);
    } else {
      open.pop();
    }
  }
  return root;
}

function print(component: Component): string[] {
  const lines = component.lines.map(property).filter((line) => line !== undefined);
  // Time zone definitions are the writer's choice; what they mean shows in the properties that use them.
  const parts = component.parts.filter((part) => part.name !== 'VTIMEZONE').map(print);
  parts.sort((a, b) => (a.join('\n') < b.join('\n') ? -1 : 1));
  const body = [...lines.sort(), ...parts.flat()];
  return component.name === '' ? body : [`BEGIN:${component.name}`, ...body, `END:${component.name}`];
}

/** One property with sorted parameters, or undefined when it says nothing. */
function property(line: string): string | undefined {
  const colon = colonOutsideQuotes(line);
  const [rawName = '', ...parameters] = line.slice(0, colon).split(';');
  const name = rawName.toUpperCase();
  const given = line.slice(colon + 1);
  // Empty components at the end are the writer's choice: ORG:Example and ORG:Example;; are one.
  const value = STRUCTURED.has(name) ? given.replace(/;+$/, '') : given;
  if (IGNORED.has(name) || value === '' || DEFAULTS.has(`${name}:${value}`)) return undefined;
  const flat = parameters.flatMap((parameter) => {
    const [key = '', list] = parameter.split('=', 2);
    if (list === undefined) return [`TYPE=${key.toUpperCase()}`];
    const isType = key.toUpperCase() === 'TYPE';
    return isType
      ? list.split(',').map((one) => `TYPE=${one.toUpperCase()}`)
      : [`${key.toUpperCase()}=${list.replace(/^"|"$/g, '')}`];
  });
  return `${[name, ...flat.sort()].join(';')}:${value}`;
}

function colonOutsideQuotes(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') quoted = !quoted;
    else if (line[at] === ':' && !quoted) return at;
  }
  return line.length;
}

/** What a person would call the item: its name, summary or first line. */
export function title(datastore: Datastore, text: string): string {
  const lines = canonical(datastore, text).split('\n');
  if (datastore === 'notes') return lines[0] ?? '';
  const line = lines.find((one) => /^(FN|SUMMARY)[;:]/.test(one));
  return line === undefined ? '(no title)' : line.slice(line.indexOf(':') + 1);
}

/** Titles of all items of a device, sorted, doubles included. */
export const titles = (device: Device, datastore: Datastore): string[] =>
  [...device.items(datastore).values()].map((text) => title(datastore, text)).sort();

interface Item {
  readonly file: string;
  readonly title: string;
  readonly text: string;
}

/** '' when both devices hold the same items, otherwise a text that says what differs, item by item. */
export function difference(one: Device, other: Device, datastore: Datastore): string {
  const left = inventory(one, datastore);
  const right = inventory(other, datastore);
  const onlyRight = [...right];
  const onlyLeft = left.filter((item) => {
    const at = onlyRight.findIndex((candidate) => candidate.text === item.text);
    if (at >= 0) onlyRight.splice(at, 1);
    return at < 0;
  });
  if (onlyLeft.length === 0 && onlyRight.length === 0) return '';
  const said = [`${datastore}: ${one.name} has ${left.length} items, ${other.name} ${right.length}`];
  for (const item of onlyLeft) {
    const at = onlyRight.findIndex((candidate) => candidate.title === item.title);
    if (at < 0) {
      said.push(`only on ${one.name}: "${item.title}" (${item.file})`, indent(item.text, '    '));
      continue;
    }
    const [twin] = onlyRight.splice(at, 1);
    if (twin === undefined) continue;
    said.push(`"${item.title}" differs: - ${one.name} (${item.file}), + ${other.name} (${twin.file})`);
    said.push(lineDifference(item.text, twin.text));
  }
  for (const item of onlyRight) {
    said.push(`only on ${other.name}: "${item.title}" (${item.file})`, indent(item.text, '    '));
  }
  return said.join('\n');
}

function inventory(device: Device, datastore: Datastore): Item[] {
  return [...device.items(datastore)].map(([file, text]) => ({
    file,
    title: title(datastore, text),
    text: canonical(datastore, text),
  }));
}

function lineDifference(one: string, other: string): string {
  const left = one.split('\n');
  const right = other.split('\n');
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `  - ${shorten(line)}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `  + ${shorten(line)}`),
  ].join('\n');
}

const shorten = (line: string): string =>
  line.length <= 160 ? line : `${line.slice(0, 120)}… (${line.length} characters) …${line.slice(-30)}`;

const indent = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line) => by + shorten(line))
    .join('\n');
