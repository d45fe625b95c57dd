/** Bugs in what is told to whom. */
import type { Bug } from '../bug.ts';
import { rowPut, type SpoilWrite, spoiledWrites, withAttributes } from '../spoiled-writes.ts';
import { PLAIN, story } from '../tells.ts';

const layer = 'change set';
const tell = story(PLAIN);

const withoutOrigin: SpoilWrite = (write) => {
  const row = rowPut(write, /^(C#|I#)/);
  return row === undefined ? write : withAttributes(write, row, { origin: 'nobody' });
};

const withoutDiffers: SpoilWrite = (write) => {
  const row = rowPut(write, /^(C#|I#)/);
  if (row === undefined) return write;
  const { differs: _, changes, ...attributes } = row.attributes;
  const told = Array.isArray(changes) && { changes: changes.map((one) => String(one).replace('*', '')) };
  return { ...write, row: { ...row, attributes: { ...attributes, ...told } } } as typeof write;
};

export const CHANGE_SET_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell, seeds: [103] },
    name: 'a change forgets where it came from',
    plants: [spoiledWrites(withoutOrigin)],
  },
  {
    ...{ layer, tell, seeds: [50] },
    name: 'the author of a change is not told that it was merged',
    plants: [spoiledWrites(withoutDiffers)],
  },
];
