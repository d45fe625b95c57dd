/** All planted bugs, from the lowest layer to the highest. */
import { type Bug, LAYERS } from './bug.ts';
import { CHANGE_SET_BUGS } from './bugs/change-set.ts';
import { DEVICE_BUGS } from './bugs/device.ts';
import { MAPPING_BUGS } from './bugs/mapping.ts';
import { MATCH_INDEX_BUGS } from './bugs/match-index.ts';
import { MATCHING_BUGS } from './bugs/matching.ts';
import { REFRESH_BUGS } from './bugs/refresh.ts';
import { RESUME_BUGS } from './bugs/resume.ts';
import { STORE_BUGS } from './bugs/store.ts';

export const BUGS: readonly Bug[] = [
  ...CHANGE_SET_BUGS,
  ...DEVICE_BUGS,
  ...MAPPING_BUGS,
  ...MATCH_INDEX_BUGS,
  ...MATCHING_BUGS,
  ...REFRESH_BUGS,
  ...RESUME_BUGS,
  ...STORE_BUGS,
].sort((one, other) => LAYERS.indexOf(one.layer) - LAYERS.indexOf(other.layer));
