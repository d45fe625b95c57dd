/**
 * Device information: typed -> element, in the order of each version's DTD (D07, D10, D11).
 *
 * Owns: order and what each version knows. Must not know: what the server offers.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Element, Version } from '../../codec/tree.ts';
import type { ContentType, CTCap, DevInf, DevInfDataStore, DSMem, Ext, FilterCap } from '../devinf-model.ts';
import { serializeCTCap, serializeFlatCTCap } from './ctcap.ts';
import { knows, optional, writerOf } from './write.ts';

const { flag, leaf, leaves, parent } = writerOf('devinf');

const typed = (name: string) => (type: ContentType) =>
  parent(name, [leaf('CTType', type.type), leaf('VerCT', type.version)]);

const serializeDSMem = (mem: DSMem): Element =>
  parent('DSMem', [
    ...flag('SharedMem', mem.sharedMem),
    ...leaves('MaxMem', mem.maxMem),
    ...leaves('MaxID', mem.maxId),
  ]);

const serializeFilterCap = (cap: FilterCap): Element =>
  parent('FilterCap', [
    leaf('CTType', cap.type),
    leaf('VerCT', cap.version),
    ...cap.keywords.map((keyword) => leaf('FilterKeyword', keyword)),
    ...cap.propNames.map((name) => leaf('PropName', name)),
  ]);

function serializeDataStore(store: DevInfDataStore, version: Version): Element {
  const is12 = knows(version, '1.2');
  return parent('DataStore', [
    leaf('SourceRef', store.sourceRef),
    ...leaves('DisplayName', store.displayName),
    ...leaves('MaxGUIDSize', store.maxGuidSize),
    ...optional(store.rxPref, typed('Rx-Pref')),
    ...store.rx.map(typed('Rx')),
    ...optional(store.txPref, typed('Tx-Pref')),
    ...store.tx.map(typed('Tx')),
    ...(is12 ? store.ctCaps.map(serializeCTCap) : []),
    ...optional(store.dsMem, serializeDSMem),
    ...(is12 ? flag('SupportHierarchicalSync', store.hierarchical) : []),
    parent(
      'SyncCap',
      store.syncTypes.map((type) => leaf('SyncType', type)),
    ),
    ...(is12 ? (store.filterRx ?? []).map(typed('Filter-Rx')) : []),
    ...(is12 ? (store.filterCaps ?? []).map(serializeFilterCap) : []),
  ]);
}

/** 1.0/1.1: the capabilities of all datastores in one list, each once. */
function flatCaps(devInf: DevInf): CTCap[] {
  const all = [...devInf.dataStores.flatMap((store) => store.ctCaps), ...(devInf.ctCaps ?? [])];
  return all.filter((cap, i) => all.findIndex((other) => isDeepStrictEqual(other, cap)) === i);
}

const serializeExt = (ext: Ext): Element =>
  parent('Ext', [leaf('XNam', ext.name), ...ext.values.map((value) => leaf('XVal', value))]);

/** The element of `version`, with its VerDTD. So one model of a device serves every version. */
export function serializeDevInf(devInf: DevInf, version: Version): Element {
  const flags = [
    ...flag('UTC', devInf.utc),
    ...flag('SupportLargeObjs', devInf.supportLargeObjs),
    ...flag('SupportNumberOfChanges', devInf.supportNumberOfChanges),
  ];
  return parent('DevInf', [
    leaf('VerDTD', version),
    ...leaves('Man', devInf.man),
    ...leaves('Mod', devInf.mod),
    ...leaves('OEM', devInf.oem),
    ...leaves('FwV', devInf.fwV),
    ...leaves('SwV', devInf.swV),
    ...leaves('HwV', devInf.hwV),
    ...leaves('DevID', devInf.devId),
    ...leaves('DevTyp', devInf.devTyp),
    ...(knows(version, '1.1') ? flags : []),
    ...devInf.dataStores.map((store) => serializeDataStore(store, version)),
    ...(knows(version, '1.2') ? [] : serializeFlatCTCap(flatCaps(devInf))),
    ...(devInf.ext ?? []).map(serializeExt),
  ]);
}
