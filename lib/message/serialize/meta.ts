/**
 * Meta, Cred and Chal: typed -> element, in the order of the MetInf DTD [MI12 5].
 *
 * Owns: order and the version each element came with. Must not know: commands.
 */
import type { Element, Version } from '../../codec/tree.ts';
import { toBase64 } from '../bytes.ts';
import type { AnchorPair, Chal, Cred, Mem, Meta } from '../model.ts';
import { knows, optional, writerOf } from './write.ts';

const { flag, leaf, leaves, parent } = writerOf('metinf');
const syncml = writerOf('syncml');

export const serializeAnchor = (anchor: AnchorPair): Element =>
  parent('Anchor', [...leaves('Last', anchor.last), ...leaves('Next', anchor.next)]);

const serializeMem = (mem: Mem): Element =>
  parent('Mem', [
    ...flag('SharedMem', mem.sharedMem),
    ...leaves('FreeMem', mem.freeMem),
    ...leaves('FreeID', mem.freeId),
  ]);

export function serializeMeta(meta: Meta, version: Version): Element {
  return syncml.parent('Meta', [
    ...leaves('Format', meta.format),
    ...leaves('Type', meta.type),
    ...leaves('Mark', meta.mark),
    ...leaves('Size', meta.size),
    ...optional(meta.anchor, serializeAnchor),
    ...leaves('Version', meta.version),
    ...optional(meta.nextNonce, (nonce) => leaf('NextNonce', toBase64(nonce))), // [MI12 5.2.14]
    ...leaves('MaxMsgSize', meta.maxMsgSize),
    ...(knows(version, '1.1') ? leaves('MaxObjSize', meta.maxObjSize) : []),
    ...(meta.emi ?? []).map((value) => leaf('EMI', value)),
    ...optional(meta.mem, serializeMem),
    ...(knows(version, '1.2') ? flag('FieldLevel', meta.fieldLevel) : []),
  ]);
}

/** A list of one Meta, or an empty list when the version has no element for any of its content. */
export function metaOf(meta: Meta | undefined, version: Version): Element[] {
  return optional(meta, (present) => serializeMeta(present, version)).filter((el) => el.children.length > 0);
}

export const credOf = (cred: Cred | undefined, version: Version): Element[] =>
  optional(cred, (present) =>
    syncml.parent('Cred', [...metaOf(present.meta, version), syncml.leaf('Data', present.data)]),
  );

/** [RP12 6.1.2] */
export const chalOf = (chal: Chal | undefined, version: Version): Element[] =>
  optional(chal, (present) => syncml.parent('Chal', [serializeMeta(present, version)]));
