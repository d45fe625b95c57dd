/**
 * Content type capabilities: the tree of DevInf 1.2 [DI12 5.3.1] or the flat list of 1.0/1.1 (D11).
 *
 * Owns: order. Must not know: datastores.
 */
import type { Element } from '../../codec/tree.ts';
import type { CTCap, DevInfProperty, PropParam } from '../devinf-model.ts';
import { writerOf } from './write.ts';

const { flag, leaf, leaves, parent } = writerOf('devinf');

const values = (list: readonly string[]): Element[] => list.map((value) => leaf('ValEnum', value));

const serializeParam = (param: PropParam): Element =>
  parent('PropParam', [
    leaf('ParamName', param.name),
    ...leaves('DataType', param.dataType),
    ...values(param.valEnum),
    ...leaves('DisplayName', param.displayName),
  ]);

const serializeProperty = (property: DevInfProperty): Element =>
  parent('Property', [
    leaf('PropName', property.name),
    ...leaves('DataType', property.dataType),
    ...leaves('MaxOccur', property.maxOccur),
    ...leaves('MaxSize', property.maxSize),
    ...flag('NoTruncate', property.noTruncate),
    ...values(property.valEnum),
    ...leaves('DisplayName', property.displayName),
    ...property.params.map(serializeParam),
  ]);

/** 1.2: one CTCap for each content type, inside its datastore. */
export const serializeCTCap = (cap: CTCap): Element =>
  parent('CTCap', [
    leaf('CTType', cap.type),
    ...leaves('VerCT', cap.version),
    ...flag('FieldLevel', cap.fieldLevel),
    ...cap.properties.map(serializeProperty),
  ]);

/** The 1.1 DTD has either ValEnum or DataType and Size, never both. */
function flatDetails(of: DevInfProperty | PropParam): Element[] {
  const size = 'maxSize' in of ? of.maxSize : undefined;
  const kind =
    of.valEnum.length > 0
      ? values(of.valEnum)
      : [...leaves('DataType', of.dataType), ...leaves('Size', size)];
  return [...kind, ...leaves('DisplayName', of.displayName)];
}

const flatProperty = (property: DevInfProperty): Element[] => [
  leaf('PropName', property.name),
  ...flatDetails(property),
  ...property.params.flatMap((param) => [leaf('ParamName', param.name), ...flatDetails(param)]),
];

/** 1.0/1.1: one CTCap for all content types, beside the datastores. Empty without content types. */
export function serializeFlatCTCap(caps: readonly CTCap[]): Element[] {
  if (caps.length === 0) return [];
  const groups = caps.flatMap((cap) => [leaf('CTType', cap.type), ...cap.properties.flatMap(flatProperty)]);
  return [parent('CTCap', groups)];
}
