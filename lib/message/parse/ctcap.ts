/**
 * Content type capabilities: the flat list of DevInf 1.0/1.1 and the tree of 1.2 into one model (B.5, D11).
 *
 * Owns: grouping. Must not know: datastores.
 */
import type { Element } from '../../codec/tree.ts';
import type { CTCap, DevInfProperty, PropParam } from '../devinf-model.ts';
import { childrenNamed, elements, localNameOf, text, toNumber } from './read.ts';

type Draft<T> = { -readonly [K in keyof T]: T[K] };
interface DraftParam extends Draft<Omit<PropParam, 'valEnum'>> {
  valEnum: string[];
}
interface DraftProperty extends Draft<Omit<DevInfProperty, 'valEnum' | 'params'>> {
  valEnum: string[];
  params: DraftParam[];
}
interface DraftCap extends Draft<Omit<CTCap, 'properties'>> {
  properties: DraftProperty[];
}

/** The elements with the named one first, because in the flat list a name opens a group. */
function opened(list: readonly Element[], name: string): Element[] {
  const isName = (el: Element) => localNameOf(el) === name;
  return [...list.filter(isName), ...list.filter((el) => !isName(el))];
}

/** A Property of 1.2 and its PropParams as the flat list of 1.1. Those without a name are left out. */
function flatten(el: Element): Element[] {
  if (localNameOf(el) === 'propparam') {
    return childrenNamed(el, 'ParamName').length === 1 ? opened(elements(el), 'paramname') : [];
  }
  if (localNameOf(el) !== 'property') return [el];
  if (childrenNamed(el, 'PropName').length !== 1) return [];
  const params = childrenNamed(el, 'PropParam');
  const own = elements(el).filter((inner) => !params.includes(inner));
  return [...opened(own, 'propname'), ...params.flatMap(flatten)];
}

function setNumber(target: DraftProperty, key: 'maxOccur' | 'maxSize', value: string): void {
  const number = toNumber(value);
  if (number !== undefined) target[key] = number;
}

/** Notes a detail of the open parameter, else of the open property. Sizes always belong to the property. */
function describe(property: DraftProperty, param: DraftParam | undefined, key: string, value: string): void {
  const target = param ?? property;
  if (key === 'datatype') target.dataType = value;
  if (key === 'displayname') target.displayName = value;
  if (key === 'valenum') target.valEnum.push(value);
  if (param !== undefined) return;
  if (key === 'maxoccur') setNumber(property, 'maxOccur', value);
  if (key === 'maxsize' || key === 'size') setNumber(property, 'maxSize', value);
  if (key === 'notruncate') property.noTruncate = true;
}

/** Notes a detail of the content type itself: VerCT or FieldLevel, both of 1.2. */
function describeType(cap: DraftCap, key: string, value: string): void {
  if (key === 'verct') cap.version = value;
  if (key === 'fieldlevel') cap.fieldLevel = true;
}

/** Reads a CTCap element, which has one type in 1.2, and any number of them in 1.0 and 1.1 [SP11 4.1.1]. */
export function parseCTCaps(el: Element): CTCap[] {
  const caps: DraftCap[] = [];
  const single = childrenNamed(el, 'CTType').length === 1;
  const list = single ? opened(elements(el), 'cttype') : elements(el);
  for (const part of list.flatMap(flatten)) {
    const [key, value] = [localNameOf(part), text(part)];
    const cap = caps.at(-1);
    const property = cap?.properties.at(-1);
    if (key === 'cttype') caps.push({ type: value, properties: [] });
    else if (key === 'propname') cap?.properties.push({ name: value, valEnum: [], params: [] });
    else if (key === 'paramname') property?.params.push({ name: value, valEnum: [] });
    else if (cap !== undefined && (key === 'verct' || key === 'fieldlevel')) describeType(cap, key, value);
    else if (property !== undefined) describe(property, property.params.at(-1), key, value);
  }
  return caps;
}
