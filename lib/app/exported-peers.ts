/** What is kept of a user's devices, and of the other peers, as an export shows it. */
import { unpackPairs } from '../engine/model/mapping-pairs.ts';
import type { Row } from '../store/port/port.ts';
import { anchorFromRow, deviceFromRow, mappingFromRow } from '../store/rows/shapes.ts';

/** One row of a peer. `of` is left to the caller. Nonces are left out. */
export function peerRecord(row: Row): object {
  const { sk, attributes, blob } = row;
  // Only a device's own row has the key `D`; those of the list of devices have more behind it.
  if (sk === 'D') return { devInf: deviceFromRow(row).devInf };
  const [kind, datastore, ...rest] = sk.split('#');
  switch (kind) {
    case 'A':
      return { datastore, anchor: anchorFromRow(row) };
    case 'P':
      return { datastore, mapping: blob === undefined ? [] : unpackPairs(blob) };
    case 'L':
      return { datastore, luid: rest.slice(1).join('#'), guid: mappingFromRow(row) };
    default: {
      const { f: _, ...known } = attributes;
      return { row: sk, ...known };
    }
  }
}
