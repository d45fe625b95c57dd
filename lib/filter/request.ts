/**
 * Reads what a client asks by a Filter element in an Alert [RP12 6.1.8], or behind the `?` of a 1.1 LocURI (F16).
 *
 * Owns: which requests are refused, by which Status (F03-F07, F12). Must not know: which items match, kinds of sync.
 */

import { Status, type StatusCode } from '../message/codes.ts';
import { itemDevInf, itemText } from '../message/data.ts';
import type { ContentType, DevInf } from '../message/devinf-model.ts';
import type { Filter, MessageItem } from '../message/model.ts';
import { plainType, TYPE_ROWS } from '../pim/formats/content-types.ts';
import { type Expression, isError } from './ast.ts';
import { CGI_GRAMMAR, parseFilter } from './grammar.ts';

export interface RefusedFilter {
  readonly kind: 'refused';
  readonly status: StatusCode;
  /** The part of the request that is refused, for the Item of the Status. */
  readonly item: string;
}

export type FilterRequest =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'filter';
      /** Content type of the filter, without parameters; absent for a filter in a LocURI. */
      readonly type?: string;
      readonly record?: Expression;
      /** Property names in upper case. */
      readonly fields?: readonly string[];
      readonly inclusive: boolean;
    }
  | RefusedFilter;

const NONE: FilterRequest = { kind: 'none' };
const refused = (status: StatusCode, item: string): RefusedFilter => ({ kind: 'refused', status, item });
const isRefused = (part: object): part is RefusedFilter => 'kind' in part && part.kind === 'refused';

/** All types that some datastore takes. */
const OFFERED: readonly ContentType[] = TYPE_ROWS;

/** Reads a Filter element. `offered`: the types of the datastore. An empty query is as good as no filter. */
export function readFilter(filter: Filter, offered: readonly ContentType[] = OFFERED): FilterRequest {
  // F04
  if (filter.field === undefined && filter.record === undefined) return NONE;
  const filterType = filter.filterType?.trim().toUpperCase() ?? 'EXCLUSIVE';
  // F07
  if (filterType !== 'EXCLUSIVE' && filterType !== 'INCLUSIVE')
    return refused(Status.notSupported, 'FilterType');
  // F03
  const type = plainType(filter.meta?.type ?? '');
  if (!offered.some((known) => known.type === type)) return refused(Status.unsupportedType, 'Meta/Type');
  const field = filter.field === undefined ? {} : readField(filter.field);
  if (isRefused(field)) return field;
  const record = filter.record === undefined ? {} : readRecord(filter.record);
  if (isRefused(record)) return record;
  if (field.fields === undefined && record.record === undefined) return NONE;
  return { kind: 'filter', type, ...field, ...record, inclusive: filterType === 'INCLUSIVE' };
}

/** F05. A sender that names no grammar means the only one that there is. */
function readRecord(item: MessageItem): { readonly record?: Expression } | RefusedFilter {
  const query = itemText(item);
  if (query === undefined) return refused(Status.badCgi, 'Record/Item/Data');
  if (query.trim() === '') return {};
  const record = parseFilter(query, item.meta?.type ?? CGI_GRAMMAR);
  if (!isError(record)) return { record };
  return record.error === 'unknown-grammar'
    ? refused(Status.unknownSearchGrammar, 'Record/Item/Meta/Type')
    : refused(Status.badCgi, 'Record/Item/Data');
}

const DEVINF_TYPE = /^application\/vnd\.syncml-devinf(\+\w+)?$/;
const PROP_NAME = /<(?:[\w-]+:)?PropName\s*>\s*([^<\s]+)\s*<\//gi;

/** F06: the names of Property elements of a CTCap, which is written as markup or as a document. */
function readField(item: MessageItem): { readonly fields?: readonly string[] } | RefusedFilter {
  if (item.meta?.type !== undefined && !DEVINF_TYPE.test(plainType(item.meta.type)))
    return refused(Status.unsupportedType, 'Field/Item/Meta/Type');
  const text = itemText(item);
  if (text?.trim() === '') return {};
  const written = [...(text ?? '').matchAll(PROP_NAME)].map((found) => found[1] ?? '');
  const devInf = written.length > 0 ? undefined : itemDevInf(item);
  const names = devInf === undefined ? written : propertiesOf(devInf);
  if (names.length === 0) return refused(Status.badCgi, 'Field/Item/Data');
  return { fields: [...new Set(names.map((name) => name.toUpperCase()))] };
}

const propertiesOf = ({ dataStores, ctCaps = [] }: DevInf): string[] =>
  [...dataStores.flatMap((datastore) => datastore.ctCaps), ...ctCaps].flatMap(({ properties }) =>
    properties.map(({ name }) => name),
  );

/** An operator: it shows that the text behind a `?` is a filter. */
const OPERATOR = /&(amp;)?i?(EQ|NE|GT|GE|LT|LE|N?CON);/i;

/**
 * Reads the query of a LocURI such as `./calendar?SINCE&EQ;20260101`. It is EXCLUSIVE, and for all types. Options such
 * as `/dr(-1,30)` are refused with 406. Any other text is no filter (H22).
 */
export function readCgi(uri: string): FilterRequest {
  const mark = uri.indexOf('?');
  const query = mark < 0 ? '' : uri.slice(mark + 1).trim();
  if (query === '') return NONE;
  if (query.startsWith('/')) return refused(Status.notSupported, query);
  if (!OPERATOR.test(query)) return NONE;
  const record = parseFilter(query);
  return isError(record) ? refused(Status.badCgi, query) : { kind: 'filter', record, inclusive: false };
}
