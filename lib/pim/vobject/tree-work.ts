/** How much work it is to pass a tree: to merge it, or to write it for a device and read it back. */
import { partsIn } from '../work/weight.ts';
import type { Component } from './model.ts';

/** Units of a budget for a property. */
const PROPERTY = 3;
/** Long values are compared as wholes, which is little work for each character, and a little more for each part. */
const [CHARACTERS, PARTS] = [512, 4];

function workOnTree({ properties, components }: Component): number {
  let units = 0;
  for (const { params, value } of properties) {
    units += PROPERTY + partsIn(value) / PARTS + value.length / CHARACTERS;
    for (const { values } of params) units += values.length;
  }
  return components.reduce((sum, inner) => sum + workOnTree(inner), units);
}

export const workOnTrees = (trees: readonly Component[]): number =>
  trees.reduce((sum, tree) => sum + workOnTree(tree), 0);
