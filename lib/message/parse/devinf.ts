/**
 * Device information of any version: element -> typed [DI12 5.3].
 *
 * Owns: DevInf, DataStore and their parts. Must not know: how capabilities are used.
 */
import type { Element } from '../../codec/tree.ts';
import type { ContentType, CTCap, DevInf, DevInfDataStore, DSMem, Ext, FilterCap } from '../devinf-model.ts';
import { parseCTCaps } from './ctcap.ts';
import {
  child,
  childrenNamed,
  defined,
  flagIn,
  nonEmpty,
  numberOf,
  textIn,
  textsOf,
  toNumber,
} from './read.ts';

const parseType = (el: Element): ContentType => ({
  type: textIn(el, 'CTType') ?? '',
  version: textIn(el, 'VerCT') ?? '',
});

const typesOf = (el: Element, name: string): ContentType[] => childrenNamed(el, name).map(parseType);

function parseDSMem(el: Element | undefined): DSMem | undefined {
  if (el === undefined) return undefined;
  return defined<DSMem>({
    sharedMem: flagIn(el, 'SharedMem'),
    maxMem: numberOf(el, 'MaxMem'),
    maxId: numberOf(el, 'MaxID'),
  });
}

const parseFilterCap = (el: Element): FilterCap => ({
  ...parseType(el),
  keywords: textsOf(el, 'FilterKeyword'),
  propNames: textsOf(el, 'PropName'),
});

function syncTypes(el: Element): number[] {
  const types = childrenNamed(el, 'SyncCap').flatMap((cap) => textsOf(cap, 'SyncType'));
  return types.map(toNumber).filter((type): type is number => type !== undefined);
}

function parseDataStore(el: Element): DevInfDataStore {
  return defined<DevInfDataStore>({
    sourceRef: textIn(el, 'SourceRef') ?? '',
    displayName: textIn(el, 'DisplayName'),
    maxGuidSize: numberOf(el, 'MaxGUIDSize'),
    rxPref: typesOf(el, 'Rx-Pref')[0],
    rx: typesOf(el, 'Rx'),
    txPref: typesOf(el, 'Tx-Pref')[0],
    tx: typesOf(el, 'Tx'),
    ctCaps: childrenNamed(el, 'CTCap').flatMap(parseCTCaps),
    dsMem: parseDSMem(child(el, 'DSMem')),
    hierarchical: flagIn(el, 'SupportHierarchicalSync'),
    syncTypes: syncTypes(el),
    filterRx: nonEmpty(typesOf(el, 'Filter-Rx')),
    filterCaps: nonEmpty(childrenNamed(el, 'FilterCap').map(parseFilterCap)),
  });
}

/** Does the datastore receive or send the type? */
function takes(store: DevInfDataStore, cap: CTCap): boolean {
  const types = [store.rxPref, ...store.rx, store.txPref, ...store.tx];
  return types.some((type) => type?.type.toLowerCase() === cap.type.toLowerCase());
}

const parseExt = (el: Element): Ext => ({ name: textIn(el, 'XNam') ?? '', values: textsOf(el, 'XVal') });

/**
 * Reads device information. CTCaps beside the datastores (D11) are put into those that name their type; the others are
 * in `ctCaps`.
 */
export function parseDevInf(el: Element): DevInf {
  const flat = childrenNamed(el, 'CTCap').flatMap(parseCTCaps);
  const stores = childrenNamed(el, 'DataStore').map(parseDataStore);
  return defined<DevInf>({
    verDTD: textIn(el, 'VerDTD') ?? '',
    man: textIn(el, 'Man'),
    mod: textIn(el, 'Mod'),
    oem: textIn(el, 'OEM'),
    fwV: textIn(el, 'FwV'),
    swV: textIn(el, 'SwV'),
    hwV: textIn(el, 'HwV'),
    devId: textIn(el, 'DevID'),
    devTyp: textIn(el, 'DevTyp'),
    utc: flagIn(el, 'UTC'),
    supportNumberOfChanges: flagIn(el, 'SupportNumberOfChanges'),
    supportLargeObjs: flagIn(el, 'SupportLargeObjs'),
    dataStores: stores.map((store) => ({
      ...store,
      ctCaps: [...store.ctCaps, ...flat.filter((cap) => takes(store, cap))],
    })),
    ctCaps: nonEmpty(flat.filter((cap) => !stores.some((store) => takes(store, cap)))),
    ext: nonEmpty(childrenNamed(el, 'Ext').map(parseExt)),
  });
}
