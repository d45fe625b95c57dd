/**
 * The supported protocol versions and their spellings [RP12 6.1.30, SP11 4.2].
 *
 * Owns: the table of VerDTD, VerProto and device information names. Must not know: the answer to other versions.
 */
import type { SyncHdr, Version } from './model.ts';

interface VersionRow {
  readonly version: Version;
  readonly verDTD: string;
  readonly verProto: string;
  /** LocURI of the device information [DI12 5.1]. */
  readonly devInfURI: string;
}

/** Oldest first. The last row is the version of the answer to a peer whose version is unknown (H04). */
export const versions: readonly VersionRow[] = [
  { version: '1.0', verDTD: '1.0', verProto: 'SyncML/1.0', devInfURI: './devinf10' },
  { version: '1.1', verDTD: '1.1', verProto: 'SyncML/1.1', devInfURI: './devinf11' },
  { version: '1.2', verDTD: '1.2', verProto: 'SyncML/1.2', devInfURI: './devinf12' },
];

/** For the Item of a Status 505 (H03). */
export const supportedDTDs: readonly string[] = versions.map((row) => row.verDTD);
/** For the Item of a Status 513 (H04). */
export const supportedProtos: readonly string[] = versions.map((row) => row.verProto);
export const highestVersion: Version = '1.2';

export const versionOfDTD = (verDTD: string): Version | undefined =>
  versions.find((row) => row.verDTD === verDTD)?.version;

export const versionOfProto = (verProto: string): Version | undefined =>
  versions.find((row) => row.verProto.toLowerCase() === verProto.toLowerCase())?.version;

/** The version of a header; undefined when VerDTD or VerProto is unknown, or the two differ (H02, H05). */
export function versionOf(header: Pick<SyncHdr, 'verDTD' | 'verProto'>): Version | undefined {
  const version = versionOfDTD(header.verDTD);
  return version !== undefined && version === versionOfProto(header.verProto) ? version : undefined;
}

export function versionRow(version: Version): VersionRow {
  const row = versions.find((candidate) => candidate.version === version);
  if (row === undefined) throw new RangeError('no such version');
  return row;
}
