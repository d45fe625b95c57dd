/** The datastores that the server offers, in the order of its DevInf, and how each resolves conflicts. */
import type { ContentType } from '../message/devinf-model.ts';

export const POLICIES = ['client-wins', 'server-wins', 'newest-wins', 'keep-both'] as const;
/** Who wins when both sides changed an item (X01); the losing version is kept whatever the policy. */
export type Policy = (typeof POLICIES)[number];

type Types = readonly [ContentType, ...ContentType[]];

export interface Datastore {
  readonly name: string;
  readonly displayName: string;
  /** Content types received and sent, the preferred one first. */
  readonly types: Types;
  readonly policy: Policy;
}

/** Outlook's clients name their XML in two ways. */
const sif = (letter: string): readonly ContentType[] =>
  ['text/x-s4j-sif', 'text/x-sif'].map((prefix) => ({ type: `${prefix}${letter}`, version: '1.0' }));

const VCARD: Types = [
  { type: 'text/vcard', version: '3.0' },
  { type: 'text/x-vcard', version: '2.1' },
  ...sif('c'),
];
const CALENDAR: Types = [
  { type: 'text/calendar', version: '2.0' },
  { type: 'text/x-vcalendar', version: '1.0' },
];
const PLAIN: Types = [
  { type: 'text/plain', version: '1.0' },
  { type: 'text/plain', version: '1.1' },
  { type: 'text/x-vnote', version: '1.1' },
  ...sif('n'),
];

export const DATASTORES: readonly Datastore[] = [
  { name: 'contacts', displayName: 'Contacts', types: VCARD, policy: 'newest-wins' },
  { name: 'calendar', displayName: 'Calendar', types: [...CALENDAR, ...sif('e')], policy: 'newest-wins' },
  { name: 'tasks', displayName: 'Tasks', types: [...CALENDAR, ...sif('t')], policy: 'newest-wins' },
  { name: 'notes', displayName: 'Notes', types: PLAIN, policy: 'keep-both' },
];

/**
 * The datastore that a LocURI names: absolute or relative (H20), options behind `?` are not part of the name (H22).
 */
export function datastoreOf(uri: string): Datastore | undefined {
  const path = uri.split('?')[0] ?? '';
  const name = path.replace(/\/+$/, '').split('/').at(-1)?.toLowerCase();
  return name === undefined ? undefined : datastoreNamed(name);
}

export const datastoreNamed = (name: string): Datastore | undefined =>
  DATASTORES.find((datastore) => datastore.name === name);

/** `./contacts`, `contacts` and `contacts?x` of a client name the same database of its. */
export const localName = (uri: string): string =>
  (uri.split('?')[0] ?? '').replace(/^\.?\//, '').toLowerCase();

/** Does the datastore take items of this type? Parameters such as charset do not matter. */
export function takesType(datastore: Datastore, type: string): boolean {
  const plain = plainType(type);
  return datastore.types.some((offered) => offered.type === plain);
}

export const plainType = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase();
