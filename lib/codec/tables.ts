/**
 * The numbers of WBXML for SyncML, and the names of the three namespaces.
 *
 * Owns: tag tokens, code pages, public identifiers, namespace names. Each is typed once, the maps are derived.
 * Must not know: how a document is read or written.
 */
import type { Namespace, Version } from './tree.ts';

type TagRow = readonly [space: Namespace, token: number, name: string, since: Version];

// biome-ignore format: a row per line is what one looks up
const tags: readonly TagRow[] = [
  // SyncML, code page 0 [RP12 8.3]; 0x30 is reserved (W13)
  ['syncml', 0x05, 'Add', '1.0'],
  ['syncml', 0x06, 'Alert', '1.0'],
  ['syncml', 0x07, 'Archive', '1.0'],
  ['syncml', 0x08, 'Atomic', '1.0'],
  ['syncml', 0x09, 'Chal', '1.0'],
  ['syncml', 0x0a, 'Cmd', '1.0'],
  ['syncml', 0x0b, 'CmdID', '1.0'],
  ['syncml', 0x0c, 'CmdRef', '1.0'],
  ['syncml', 0x0d, 'Copy', '1.0'],
  ['syncml', 0x0e, 'Cred', '1.0'],
  ['syncml', 0x0f, 'Data', '1.0'],
  ['syncml', 0x10, 'Delete', '1.0'],
  ['syncml', 0x11, 'Exec', '1.0'],
  ['syncml', 0x12, 'Final', '1.0'],
  ['syncml', 0x13, 'Get', '1.0'],
  ['syncml', 0x14, 'Item', '1.0'],
  ['syncml', 0x15, 'Lang', '1.0'],
  ['syncml', 0x16, 'LocName', '1.0'],
  ['syncml', 0x17, 'LocURI', '1.0'],
  ['syncml', 0x18, 'Map', '1.0'],
  ['syncml', 0x19, 'MapItem', '1.0'],
  ['syncml', 0x1a, 'Meta', '1.0'],
  ['syncml', 0x1b, 'MsgID', '1.0'],
  ['syncml', 0x1c, 'MsgRef', '1.0'],
  ['syncml', 0x1d, 'NoResp', '1.0'],
  ['syncml', 0x1e, 'NoResults', '1.0'],
  ['syncml', 0x1f, 'Put', '1.0'],
  ['syncml', 0x20, 'Replace', '1.0'],
  ['syncml', 0x21, 'RespURI', '1.0'],
  ['syncml', 0x22, 'Results', '1.0'],
  ['syncml', 0x23, 'Search', '1.0'],
  ['syncml', 0x24, 'Sequence', '1.0'],
  ['syncml', 0x25, 'SessionID', '1.0'],
  ['syncml', 0x26, 'SftDel', '1.0'],
  ['syncml', 0x27, 'Source', '1.0'],
  ['syncml', 0x28, 'SourceRef', '1.0'],
  ['syncml', 0x29, 'Status', '1.0'],
  ['syncml', 0x2a, 'Sync', '1.0'],
  ['syncml', 0x2b, 'SyncBody', '1.0'],
  ['syncml', 0x2c, 'SyncHdr', '1.0'],
  ['syncml', 0x2d, 'SyncML', '1.0'],
  ['syncml', 0x2e, 'Target', '1.0'],
  ['syncml', 0x2f, 'TargetRef', '1.0'],
  ['syncml', 0x31, 'VerDTD', '1.0'],
  ['syncml', 0x32, 'VerProto', '1.0'],
  ['syncml', 0x33, 'NumberOfChanges', '1.1'],
  ['syncml', 0x34, 'MoreData', '1.1'],
  ['syncml', 0x35, 'Field', '1.2'],
  ['syncml', 0x36, 'Filter', '1.2'],
  ['syncml', 0x37, 'Record', '1.2'],
  ['syncml', 0x38, 'FilterType', '1.2'],
  ['syncml', 0x39, 'SourceParent', '1.2'],
  ['syncml', 0x3a, 'TargetParent', '1.2'],
  ['syncml', 0x3b, 'Move', '1.2'],
  ['syncml', 0x3c, 'Correlator', '1.2'],
  // MetInf, code page 1 [MI12]
  ['metinf', 0x05, 'Anchor', '1.0'],
  ['metinf', 0x06, 'EMI', '1.0'],
  ['metinf', 0x07, 'Format', '1.0'],
  ['metinf', 0x08, 'FreeID', '1.0'],
  ['metinf', 0x09, 'FreeMem', '1.0'],
  ['metinf', 0x0a, 'Last', '1.0'],
  ['metinf', 0x0b, 'Mark', '1.0'],
  ['metinf', 0x0c, 'MaxMsgSize', '1.0'],
  ['metinf', 0x0d, 'Mem', '1.0'],
  ['metinf', 0x0e, 'MetInf', '1.0'],
  ['metinf', 0x0f, 'Next', '1.0'],
  ['metinf', 0x10, 'NextNonce', '1.0'],
  ['metinf', 0x11, 'SharedMem', '1.0'],
  ['metinf', 0x12, 'Size', '1.0'],
  ['metinf', 0x13, 'Type', '1.0'],
  ['metinf', 0x14, 'Version', '1.0'],
  ['metinf', 0x15, 'MaxObjSize', '1.1'],
  ['metinf', 0x16, 'FieldLevel', '1.2'],
  // DevInf, page 0 of its own document [DI12]; 0x1c is Size up to 1.1 and MaxSize in 1.2, 0x2f is unused
  ['devinf', 0x05, 'CTCap', '1.0'],
  ['devinf', 0x06, 'CTType', '1.0'],
  ['devinf', 0x07, 'DataStore', '1.0'],
  ['devinf', 0x08, 'DataType', '1.0'],
  ['devinf', 0x09, 'DevID', '1.0'],
  ['devinf', 0x0a, 'DevInf', '1.0'],
  ['devinf', 0x0b, 'DevTyp', '1.0'],
  ['devinf', 0x0c, 'DisplayName', '1.0'],
  ['devinf', 0x0d, 'DSMem', '1.0'],
  ['devinf', 0x0e, 'Ext', '1.0'],
  ['devinf', 0x0f, 'FwV', '1.0'],
  ['devinf', 0x10, 'HwV', '1.0'],
  ['devinf', 0x11, 'Man', '1.0'],
  ['devinf', 0x12, 'MaxGUIDSize', '1.0'],
  ['devinf', 0x13, 'MaxID', '1.0'],
  ['devinf', 0x14, 'MaxMem', '1.0'],
  ['devinf', 0x15, 'Mod', '1.0'],
  ['devinf', 0x16, 'OEM', '1.0'],
  ['devinf', 0x17, 'ParamName', '1.0'],
  ['devinf', 0x18, 'PropName', '1.0'],
  ['devinf', 0x19, 'Rx', '1.0'],
  ['devinf', 0x1a, 'Rx-Pref', '1.0'],
  ['devinf', 0x1b, 'SharedMem', '1.0'],
  ['devinf', 0x1c, 'Size', '1.0'],
  ['devinf', 0x1d, 'SourceRef', '1.0'],
  ['devinf', 0x1e, 'SwV', '1.0'],
  ['devinf', 0x1f, 'SyncCap', '1.0'],
  ['devinf', 0x20, 'SyncType', '1.0'],
  ['devinf', 0x21, 'Tx', '1.0'],
  ['devinf', 0x22, 'Tx-Pref', '1.0'],
  ['devinf', 0x23, 'ValEnum', '1.0'],
  ['devinf', 0x24, 'VerCT', '1.0'],
  ['devinf', 0x25, 'VerDTD', '1.0'],
  ['devinf', 0x26, 'XNam', '1.0'],
  ['devinf', 0x27, 'XVal', '1.0'],
  ['devinf', 0x28, 'UTC', '1.1'],
  ['devinf', 0x29, 'SupportNumberOfChanges', '1.1'],
  ['devinf', 0x2a, 'SupportLargeObjs', '1.1'],
  ['devinf', 0x1c, 'MaxSize', '1.2'],
  ['devinf', 0x2b, 'Property', '1.2'],
  ['devinf', 0x2c, 'PropParam', '1.2'],
  ['devinf', 0x2d, 'MaxOccur', '1.2'],
  ['devinf', 0x2e, 'NoTruncate', '1.2'],
  ['devinf', 0x30, 'Filter-Rx', '1.2'],
  ['devinf', 0x31, 'FilterCap', '1.2'],
  ['devinf', 0x32, 'FilterKeyword', '1.2'],
  ['devinf', 0x33, 'FieldLevel', '1.2'],
  ['devinf', 0x34, 'SupportHierarchicalSync', '1.2'],
];

type PublicIdRow = readonly [id: number, fpi: string, kind: Namespace, version: Version];

/** Public identifiers (B.3). Of several rows for a kind and version the first one is written. */
const publicIds: readonly PublicIdRow[] = [
  [0x0fd1, '-//SYNCML//DTD SyncML 1.0//EN', 'syncml', '1.0'],
  [0x0fd2, '-//SYNCML//DTD DevInf 1.0//EN', 'devinf', '1.0'],
  [0x0fd3, '-//SYNCML//DTD SyncML 1.1//EN', 'syncml', '1.1'],
  [0x0fd4, '-//SYNCML//DTD DevInf 1.1//EN', 'devinf', '1.1'],
  [0x1201, '-//SYNCML//DTD SyncML 1.2//EN', 'syncml', '1.2'],
  [0x1202, '-//SYNCML//DTD MetInf 1.2//EN', 'metinf', '1.2'],
  [0x1203, '-//SYNCML//DTD DevInf 1.2//EN', 'devinf', '1.2'],
];

export interface PublicId {
  readonly id: number;
  readonly kind: Namespace;
  readonly version: Version;
}

/** The namespaces of the code pages, by the kind of the document. In a message DevInf may be page 2 (W07). */
export const codePages: { readonly [kind in Namespace]: readonly (Namespace | undefined)[] } = {
  syncml: ['syncml', 'metinf', 'devinf'],
  metinf: ['metinf', 'metinf'],
  devinf: ['devinf', 'metinf'],
};

export interface Tag {
  readonly token: number;
  readonly since: Version;
}

const byName: { [space in Namespace]: Map<string, Tag> } = {
  syncml: new Map(),
  metinf: new Map(),
  devinf: new Map(),
};
const byToken: { [space in Namespace]: string[] } = { syncml: [], metinf: [], devinf: [] };
const spellings: { [space in Namespace]: Set<string> } = {
  syncml: new Set(),
  metinf: new Set(),
  devinf: new Set(),
};
for (const [space, token, name, since] of tags) {
  byName[space].set(name, { token, since });
  byToken[space][token] ??= name;
  spellings[space].add(name.toLowerCase());
}

export const tagOf = (space: Namespace, name: string): Tag | undefined => byName[space].get(name);

/** The name of a token. If the versions differ, the older name. */
export const elementOf = (space: Namespace, token: number): string | undefined => byToken[space][token];

/** Is the name known, in any case? Peers spell some names in two ways (Q09). */
export const isKnown = (space: Namespace, name: string): boolean =>
  byName[space].has(name) || spellings[space].has(name.toLowerCase());

export const namesOf = (space: Namespace, version: Version): readonly string[] =>
  tags.filter((row) => row[0] === space && row[3] <= version).map((row) => row[2]);

const toPublicId = ([id, , kind, version]: PublicIdRow): PublicId => ({ id, kind, version });
const publicIdsByNumber = new Map(publicIds.map((row) => [row[0], toPublicId(row)]));
const publicIdsByName = new Map(publicIds.map((row) => [row[1].toLowerCase(), toPublicId(row)]));

export const publicIdOf = (id: number | string): PublicId | undefined =>
  typeof id === 'number' ? publicIdsByNumber.get(id) : publicIdsByName.get(id.toLowerCase());

export function publicIdFor(kind: Namespace, version: Version): number {
  const row = publicIds.find((candidate) => candidate[2] === kind && candidate[3] === version);
  if (row === undefined) throw new Error(`no public identifier for ${kind} ${version}`);
  return row[0];
}

/** Namespace names in XML. A peer's name fits if it begins with one of them, in any case. */
export const xmlNamespaces: { readonly [space in Namespace]: string } = {
  syncml: 'SYNCML:SYNCML',
  metinf: 'syncml:metinf',
  devinf: 'syncml:devinf',
};

export function spaceOfXmlNamespace(uri: string): Namespace | undefined {
  const folded = uri.trim().toLowerCase();
  for (const space of ['syncml', 'metinf', 'devinf'] as const) {
    if (folded.startsWith(xmlNamespaces[space].toLowerCase())) return space;
  }
  return undefined;
}

/** Global tokens of WBXML 1.x (B.3). */
export const wbxml = {
  switchPage: 0x00,
  end: 0x01,
  entity: 0x02,
  inlineString: 0x03,
  literal: 0x04,
  processingInstruction: 0x43,
  tableString: 0x83,
  opaque: 0xc3,
  withContent: 0x40,
  withAttributes: 0x80,
} as const;
