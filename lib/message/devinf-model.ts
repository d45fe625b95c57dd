/**
 * Device information, one model for DevInf 1.0, 1.1 and 1.2 [DI12]. In 1.0 and 1.1 the CTCaps are one flat list beside
 * the datastores (D11). The reader puts each CTCap into the datastores that name its type. A CTCap whose type no
 * datastore names is in `ctCaps`.
 */
export interface ContentType {
  readonly type: string;
  readonly version: string;
}
export interface PropParam {
  readonly name: string;
  readonly dataType?: string;
  readonly displayName?: string;
  readonly valEnum: readonly string[];
}
export interface DevInfProperty {
  readonly name: string;
  readonly dataType?: string;
  readonly displayName?: string;
  readonly maxOccur?: number;
  /** MaxSize in 1.2, Size in 1.0/1.1. */
  readonly maxSize?: number;
  readonly noTruncate?: boolean;
  readonly valEnum: readonly string[];
  readonly params: readonly PropParam[];
}
export interface CTCap {
  readonly type: string;
  readonly version?: string;
  readonly fieldLevel?: boolean;
  readonly properties: readonly DevInfProperty[];
}
export interface DSMem {
  readonly sharedMem?: boolean;
  readonly maxMem?: number;
  readonly maxId?: number;
}
export interface FilterCap {
  readonly type: string;
  readonly version: string;
  readonly keywords: readonly string[];
  readonly propNames: readonly string[];
}
export interface DevInfDataStore {
  readonly sourceRef: string;
  readonly displayName?: string;
  readonly maxGuidSize?: number;
  readonly rxPref?: ContentType;
  readonly rx: readonly ContentType[];
  readonly txPref?: ContentType;
  readonly tx: readonly ContentType[];
  readonly ctCaps: readonly CTCap[];
  readonly dsMem?: DSMem;
  readonly hierarchical?: boolean;
  readonly syncTypes: readonly number[];
  readonly filterRx?: readonly ContentType[];
  readonly filterCaps?: readonly FilterCap[];
}
export interface Ext {
  readonly name: string;
  readonly values: readonly string[];
}
export interface DevInf {
  readonly verDTD: string;
  readonly man?: string;
  readonly mod?: string;
  readonly oem?: string;
  readonly fwV?: string;
  readonly swV?: string;
  readonly hwV?: string;
  readonly devId?: string;
  readonly devTyp?: string;
  readonly utc?: boolean;
  readonly supportNumberOfChanges?: boolean;
  readonly supportLargeObjs?: boolean;
  readonly dataStores: readonly DevInfDataStore[];
  readonly ctCaps?: readonly CTCap[];
  readonly ext?: readonly Ext[];
}
