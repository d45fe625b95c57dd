/** What a client sees of a datastore: everything, or what its filter of this session lets through (F08-F11, F14). */
import { modifiedAt } from '../pim/content.ts';
import type { Expression } from './filter/ast.ts';
import { matches } from './filter/evaluate.ts';
import { printFilter } from './filter/print.ts';
import { bodyOf } from './ledger.ts';
import { type Item, luidOf } from './records.ts';
import type { DatastoreState } from './state.ts';
import type { Work } from './work.ts';

export interface RecordFilter {
  readonly record: Expression;
  /** INCLUSIVE: what is outside the filter stays where it is, and nothing new of it comes. */
  readonly inclusive: boolean;
}

/** The filter as the anchor keeps it: another one makes another sync set, so everything is looked at. */
export const filterKey = (filter: RecordFilter | undefined): string =>
  filter === undefined ? '' : `${filter.inclusive ? 'I' : 'E'} ${printFilter(filter.record)}`;

/** Is the item in the client's sync set? True while a body is due to be read: that run does not count. */
export function isVisible(work: Work, datastore: DatastoreState, item: Item): boolean {
  const { filter } = datastore;
  if (filter === undefined || item.content === undefined) return true;
  const luid = luidOf(item, work.peer, datastore);
  if (filter.inclusive && luid !== undefined) return true; // F09
  const body = bodyOf(work.ledger, datastore.name, item.guid, item.content);
  if (body === undefined) return true;
  const changed = modifiedAt(body) ?? new Date(item.at).toISOString();
  return matches(filter.record, {
    type: item.content.type,
    body,
    modifiedAt: changed,
    ...(luid !== undefined && { luid }),
  });
}
