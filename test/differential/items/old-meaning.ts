/** The meaning of an item of the first generation, from what the second reader tells of it. */
import { addField, participantText } from '../meaning/calendar.ts';
import { meaningOfCard, structured } from '../meaning/card.ts';
import { Fields, type Meaning } from '../meaning/fields.ts';
import { noteMeaning } from '../meaning/note.ts';

export interface ReadProperty {
  readonly name: string;
  readonly parameters: { readonly [name: string]: readonly string[] };
  readonly value: string;
}
/** A component as the script writes it, or why there is none. */
export interface ReadComponent {
  readonly error?: string;
  readonly name: string;
  readonly properties: readonly ReadProperty[];
  readonly parts: readonly ReadPart[];
}
export interface ReadPart extends ReadComponent {
  readonly alarms: readonly string[];
  readonly happens: readonly string[];
}

export function oldMeaning(component: ReadComponent): Meaning {
  if (component.error !== undefined)
    return { title: '(unreadable)', fields: new Map([['unreadable', [component.error]]]) };
  if (component.name === 'VCARD') return oldCard(component);
  return component.name === 'VNOTE' ? oldNote(component) : oldCalendar(component);
}

const STRUCTURED = new Set(['N', 'ADR', 'ORG', 'GEO']);
const LISTS = new Set(['CATEGORIES', 'NICKNAME']);

const oldCard = ({ properties }: ReadComponent): Meaning =>
  meaningOfCard(
    properties.map(({ name, parameters, value }) => ({
      name,
      types: parameters.TYPE ?? [],
      values: LISTS.has(name) ? partsOf(value, ',') : [wholeValue(name, value)],
    })),
  );

/** The grammars of the first generation have the longitude first, separated by a comma. */
const placeOf = (value: string): string => value.replace(/^([-+.\d]+),([-+.\d]+)$/, '$2;$1');

const wholeValue = (name: string, value: string): string =>
  name === 'GEO' ? placeOf(value) : STRUCTURED.has(name) ? structured(partsOf(value, ';')) : unescaped(value);

const oldNote = ({ properties }: ReadComponent): Meaning =>
  noteMeaning(properties.find(({ name }) => name === 'BODY')?.value ?? '');

/** They show in what the script derives of them, or were written by the writer. */
const ELSEWHERE = new Set([
  ...['DTSTART', 'DTEND', 'RRULE', 'RDATE', 'EXDATE', 'DALARM', 'AALARM', 'MALARM', 'PALARM'],
  ...['UID', 'DTSTAMP', 'DCREATED', 'CREATED', 'LAST-MODIFIED', 'SEQUENCE', 'RNUM'],
]);
const WORDS: { readonly [name: string]: (value: string) => string } = {
  STATUS: (value) => value.replaceAll(' ', '-').replace(/^DECLINED$/, 'CANCELLED'),
  TRANSP: (value) => (value === '0' ? 'OPAQUE' : 'TRANSPARENT'),
  DUE: timeOf,
  COMPLETED: timeOf,
  GEO: placeOf,
};

function oldCalendar({ parts: [part] }: ReadComponent): Meaning {
  if (part === undefined) throw new Error('neither an appointment nor a task');
  const fields = new Fields();
  for (const property of part.properties) addProperty(fields, property, part.name);
  for (const alarm of part.alarms) fields.add('alarm', alarm);
  for (const time of part.happens) fields.add('happens', time);
  return fields.meaning(part.properties.find(({ name }) => name === 'SUMMARY')?.value ?? '(no title)');
}

function addProperty(fields: Fields, { name, parameters, value }: ReadProperty, kind: string): void {
  if (name === 'DTSTART' && kind === 'VTODO') return fields.add(name, timeOf(value));
  if (ELSEWHERE.has(name)) return;
  if (name === 'ATTENDEE') return addParticipant(fields, parameters, value);
  const texts = name === 'CATEGORIES' || name === 'RESOURCES' ? partsOf(value, ';') : [unescaped(value)];
  for (const text of texts) addField(fields, name, WORDS[name]?.(text) ?? text);
}

function addParticipant(fields: Fields, parameters: ReadProperty['parameters'], value: string): void {
  const [, name, bracketed] = /^(.*?) ?<(.*)>$/.exec(value) ?? [];
  const [role, status] = [parameters.ROLE?.[0], parameters.STATUS?.[0]];
  const person = participantText({
    address: bracketed ?? value,
    name: name === '' ? undefined : name,
    state: status?.replaceAll(' ', '-'),
  });
  fields.add(role === 'ORGANIZER' ? 'ORGANIZER' : 'ATTENDEE', person);
}

/** Midnight of no zone is a day: the grammar has no other word for it. */
function timeOf(value: string): string {
  const [, year, month, day, hour, minute, second, zone = ''] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(value) ?? [];
  if (year === undefined) return value;
  const isDay = hour === undefined || (zone === '' && `${hour}${minute}${second}` === '000000');
  return isDay ? `${year}-${month}-${day}` : `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`;
}

/** The grammar escapes semicolons; writers of it escape commas and backslashes as well. */
const unescaped = (value: string): string => value.replace(/\\([;,\\])/g, '$1');
const partsOf = (value: string, separator: string): string[] =>
  value.split(new RegExp(`(?<!\\\\)${separator}`)).map(unescaped);
