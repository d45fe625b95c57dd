/** What stands in a bundle for a package of which nothing is used, by its name. */
import { join } from 'node:path';

export const STAND_INS: { readonly [name: string]: string } = {
  'is-unsafe': join(import.meta.dirname, 'no-entities.mjs'),
};
