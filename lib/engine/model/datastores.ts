/** The datastores that the server offers, in the order of its DevInf, and how each resolves conflicts. */
import type { ContentType } from '../../message/devinf-model.ts';
import { type ItemKind, plainType, rowsOf } from '../../pim/formats/content-types.ts';
import { familyOf } from '../../pim/formats/registry.ts';

export const POLICIES = ['client-wins', 'server-wins', 'newest-wins', 'keep-both'] as const;
/** Who wins when both sides changed an item (X01). Under each policy the losing version is kept. */
export type Policy = (typeof POLICIES)[number];

export interface Datastore {
  readonly name: string;
  readonly displayName: string;
  /** Content types received and sent, the preferred one first. */
  readonly types: readonly [ContentType, ...ContentType[]];
  readonly policy: Policy;
}

function typesOf(kind: ItemKind): Datastore['types'] {
  const [preferred, ...others] = rowsOf(kind).map(({ type, version }): ContentType => ({ type, version }));
  if (preferred === undefined) throw new Error(`no content type says a ${kind}`);
  return [preferred, ...others];
}

export const DATASTORES: readonly Datastore[] = [
  { name: 'contacts', displayName: 'Contacts', types: typesOf('contact'), policy: 'newest-wins' },
  { name: 'calendar', displayName: 'Calendar', types: typesOf('event'), policy: 'newest-wins' },
  { name: 'tasks', displayName: 'Tasks', types: typesOf('task'), policy: 'newest-wins' },
  { name: 'notes', displayName: 'Notes', types: typesOf('note'), policy: 'keep-both' },
];

/**
 * The datastore that a LocURI names, absolute or relative (H20). Options behind `?` are not part of the name (H22).
 */
export function datastoreOf(uri: string): Datastore | undefined {
  const path = uri.split('?')[0] ?? '';
  const name = path.replace(/\/+$/, '').split('/').at(-1)?.toLowerCase();
  return name === undefined ? undefined : datastoreNamed(name);
}

export const datastoreNamed = (name: string): Datastore | undefined =>
  DATASTORES.find((datastore) => datastore.name === name);

/** Has the datastore appointments or tasks, which may be series? */
export const isCalendar = (name: string): boolean =>
  familyOf(datastoreNamed(name)?.types[0].type ?? '') === 'calendar';

/** The bare name of a client's database: `./contacts`, `contacts` and `contacts?x` are the same one. */
export const localName = (uri: string): string =>
  (uri.split('?')[0] ?? '').replace(/^\.?\//, '').toLowerCase();

/** Does the datastore take items of this type? Parameters such as charset do not matter. */
export function takesType(datastore: Datastore, type: string): boolean {
  const plain = plainType(type);
  return datastore.types.some((offered) => offered.type === plain);
}
