/** A phone and a laptop, each with four databases that go through one session, and small items of all four. */
import type { HandsetOptions, HandsetReport } from '../../kit/device-options.ts';
import { vcard } from '../../kit/drafts.ts';
import { Handset } from '../../kit/handset.ts';
import { readItem } from '../../kit/items.ts';
import type { TestServer } from '../../kit/server.ts';

export const NAMES = ['contacts', 'calendar', 'tasks', 'notes'] as const;
export type Name = (typeof NAMES)[number];

const DATABASES = [
  { datastore: 'contacts', type: 'text/vcard' },
  { datastore: 'calendar', type: 'text/calendar' },
  { datastore: 'tasks', type: 'text/calendar' },
  { datastore: 'notes', type: 'text/plain' },
];

/** A device with the four databases, and further ones. */
export const withFour = (
  server: TestServer,
  options: HandsetOptions,
  further: Parameters<typeof Handset.of>[2] = [],
): Handset => Handset.of(server, options, [...DATABASES, ...further]);

const calendar = (component: string, ...lines: readonly string[]): string => {
  const text = ['VERSION:2.0', `BEGIN:${component}`, ...lines, `END:${component}`];
  return readItem('text/calendar', ['BEGIN:VCALENDAR', ...text, 'END:VCALENDAR', ''].join('\r\n')).body;
};

/** An item with this title as it is stored; `text`: what is said of it. */
export function itemOf(name: Name, title: string, text = ''): string {
  const described = text === '' ? [] : [`DESCRIPTION:${text}`];
  switch (name) {
    case 'contacts':
      return vcard(title, ...(text === '' ? [] : [`NOTE:${text}`]));
    case 'calendar':
      return calendar('VEVENT', `UID:${title}`, 'DTSTART:20300304T080000Z', `SUMMARY:${title}`, ...described);
    case 'tasks':
      return calendar('VTODO', `UID:${title}`, `SUMMARY:${title}`, ...described);
    case 'notes':
      return readItem('text/plain', text === '' ? title : `${title}\n${text}`).body;
  }
}

/** The user adds an item with this title to each of the databases. */
export function addToEach(device: Handset, title: string, text?: string): void {
  for (const name of NAMES) device.database(name).add(itemOf(name, title, text));
}

/** The first of the titles that is in the text of each item, by database, in alphabetical order. */
export const titlesOn = (device: Handset, titles: readonly string[]): { [name: string]: string[] } =>
  ofEach((name) =>
    device
      .database(name)
      .contents.map((text) => titles.find((title) => text.includes(title)) ?? text)
      .sort(),
  );

/** The same for each of the four. */
export const ofEach = <Value>(value: (name: Name) => Value): { [name: string]: Value } =>
  Object.fromEntries(NAMES.map((name) => [name, value(name)]));

/** The types of the syncs, by database. */
export const codesIn = ({ synced }: HandsetReport): { [name: string]: number } =>
  Object.fromEntries(Object.entries(synced).map(([name, { code }]) => [name, code]));
/** What the server sent, by database. */
export const receivedIn = ({ synced }: HandsetReport): { [name: string]: object } =>
  Object.fromEntries(Object.entries(synced).map(([name, { received }]) => [name, received]));
