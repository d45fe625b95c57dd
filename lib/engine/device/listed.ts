/**
 * The properties that a device says it holds of items. When the list grows, its items still lack what is new in it: that
 * is no deletion (D19), and they go to it again.
 */
import { SEVERAL_EVENTS } from '../../pim/device/sent-properties.ts';
import type { Component } from '../../pim/vobject/model.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import type { Item } from '../model/records.ts';
import { anchorOf, type Work } from '../work.ts';
import { optionsOf } from './rules.ts';
import { ownDataStore } from './visible.ts';

/** Names of any content type of the datastore, in their order; undefined: it lists none, and may hold all. */
export function listedBy(work: Work, datastore: DatastoreState): readonly string[] | undefined {
  if (optionsOf(work).ignoreCTCap === true) return undefined;
  const caps = ownDataStore(work, datastore)?.ctCaps ?? [];
  const names = new Set(caps.flatMap(({ properties }) => properties.map(({ name }) => name.toUpperCase())));
  return names.size === 0 ? undefined : [...names].sort();
}

/** Names that the list did not have when the device was last told of items; exceptions, since it has sent some itself. */
export function newlyListed(work: Work, datastore: DatastoreState): ReadonlySet<string> {
  const { listed: before, words, whole } = anchorOf(work, datastore.name) ?? {};
  const now = before && listedBy(work, datastore);
  const exceptions = words?.includes(SEVERAL_EVENTS) === true && whole !== true ? ['RECURRENCE-ID'] : [];
  return new Set([...(now?.filter((name) => !before?.includes(name)) ?? []), ...exceptions]);
}

/** Does the item have one of these? A text that lies in part rows counts as if it had. */
export function mentions({ content }: Item, names: ReadonlySet<string>): boolean {
  if (names.size === 0 || content === undefined) return false;
  return !content.isWhole || content.objects.some((object) => hasOneOf(object, names));
}

/** Every object has a BEGIN and an END. */
const hasOneOf = ({ properties, components }: Component, names: ReadonlySet<string>): boolean =>
  ['BEGIN', 'END'].some((name) => names.has(name)) ||
  properties.some(({ name }) => names.has(name)) ||
  components.some((inner) => hasOneOf(inner, names));
