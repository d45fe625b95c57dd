/**
 * Items and locations: typed -> element, in the order of the DTD [RP12 7].
 *
 * Owns: order and the version each element came with. Must not know: which command holds the item.
 */
import type { Element, Version } from '../../codec/tree.ts';
import type { Data, Filter, Location, MapItem, MessageItem } from '../model.ts';
import { serializeDevInf } from './devinf.ts';
import { metaOf, serializeAnchor } from './meta.ts';
import { knows, optional, writerOf } from './write.ts';

const { flag, leaf, leaves, parent } = writerOf('syncml');

/** [RP12 6.1.8] */
function serializeFilter(filter: Filter, version: Version): Element {
  const holder = (name: string) => (item: MessageItem) => parent(name, [serializeItem(item, version)]);
  return parent('Filter', [
    ...metaOf(filter.meta, version),
    ...optional(filter.field, holder('Field')),
    ...optional(filter.record, holder('Record')),
    ...leaves('FilterType', filter.filterType),
  ]);
}

export function serializeLocation(name: 'Target' | 'Source', location: Location, version: Version): Element {
  const filter = name === 'Target' && knows(version, '1.2') ? location.filter : undefined;
  return parent(name, [
    leaf('LocURI', location.uri),
    ...leaves('LocName', location.name),
    ...optional(filter, (present) => serializeFilter(present, version)),
  ]);
}

export const locationOf = (
  name: 'Target' | 'Source',
  location: Location | undefined,
  version: Version,
): Element[] => optional(location, (present) => serializeLocation(name, present, version));

function serializeData(data: Data, version: Version): Element {
  if (typeof data === 'string' || data instanceof Uint8Array) return leaf('Data', data);
  return parent('Data', [
    'devInf' in data ? serializeDevInf(data.devInf, version) : serializeAnchor(data.anchor),
  ]);
}

const uriIn = (name: string) => (uri: string) => parent(name, [leaf('LocURI', uri)]);

function serializeItem(item: MessageItem, version: Version): Element {
  const hierarchy = knows(version, '1.2')
    ? [
        ...optional(item.sourceParent, uriIn('SourceParent')),
        ...optional(item.targetParent, uriIn('TargetParent')),
      ]
    : [];
  return parent('Item', [
    ...locationOf('Target', item.target, version),
    ...locationOf('Source', item.source, version),
    ...hierarchy,
    ...metaOf(item.meta, version),
    ...optional(item.data, (data) => serializeData(data, version)),
    ...(knows(version, '1.1') ? flag('MoreData', item.moreData) : []),
  ]);
}

export const itemsOf = (items: readonly MessageItem[] | undefined, version: Version): Element[] =>
  (items ?? []).map((item) => serializeItem(item, version));

export const serializeMapItem = (item: MapItem): Element =>
  parent('MapItem', [uriIn('Target')(item.target), uriIn('Source')(item.source)]);
