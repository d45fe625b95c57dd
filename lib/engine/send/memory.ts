/** The client's memory [SP11 2.8, B08, B09]: the server adds no more than the client's Sync says is free. */

import type { Mem } from '../../message/model.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import type { DatastoreState } from '../model/datastore-state.ts';

/** Notes the Mem of a client's Sync. It is about the database that the Sync names as Source. */
export function noteMemory(datastore: DatastoreState, mem: Mem | undefined): void {
  if (mem === undefined) return;
  const { freeId: ids, freeMem: bytes, sharedMem } = mem;
  datastore.client.memory = {
    ...(ids !== undefined && { ids }),
    ...(bytes !== undefined && { bytes }),
    ...(sharedMem === true && { shared: true }),
  };
}

/** Is there room for one more item of this size? */
export const hasMemory = ({ client: { memory } }: DatastoreState, size: number): boolean =>
  (memory?.ids ?? 1) >= 1 && (memory?.bytes ?? size) >= size;

/** Counts an item that was sent. Databases that share their memory have less of it together. */
export function takeMemory(sync: DatastoreSync, size: number): void {
  const { step, datastore } = sync;
  const { memory } = datastore.client;
  if (memory === undefined) return;
  if (memory.ids !== undefined) memory.ids -= 1;
  for (const other of step.session.datastores) {
    const others = other.client.memory;
    const together = other === datastore || (memory.shared === true && others?.shared === true);
    if (together && others?.bytes !== undefined) others.bytes -= size;
  }
}
