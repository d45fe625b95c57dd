/** All planted bugs, from the lowest layer to the highest. */
import type { Bug } from './bug.ts';
import { CHANGE_SET_BUGS } from './bugs/change-set.ts';
import { CODEC_BUGS } from './bugs/codec.ts';
import { CONTACT_BUGS } from './bugs/contacts.ts';
import { CRM_BUGS } from './bugs/crm.ts';
import { DEVICE_BUGS } from './bugs/device.ts';
import { FILTER_BUGS } from './bugs/filter.ts';
import { MAPPING_BUGS } from './bugs/mapping.ts';
import { MATCH_INDEX_BUGS } from './bugs/match-index.ts';
import { MATCHING_BUGS } from './bugs/matching.ts';
import { MERGE_BUGS } from './bugs/merge.ts';
import { MESSAGE_BUGS } from './bugs/message.ts';
import { REFRESH_BUGS } from './bugs/refresh.ts';
import { RESUME_BUGS } from './bugs/resume.ts';
import { SCHEDULE_BUGS } from './bugs/schedules.ts';
import { SEND_BUGS } from './bugs/send.ts';
import { STORE_BUGS } from './bugs/store.ts';
import { withPlans } from './plans.ts';

export const BUGS: readonly Bug[] = withPlans([
  ...CODEC_BUGS,
  ...MESSAGE_BUGS,
  ...CONTACT_BUGS,
  ...SCHEDULE_BUGS,
  ...DEVICE_BUGS,
  ...MERGE_BUGS,
  ...MATCHING_BUGS,
  ...FILTER_BUGS,
  ...CHANGE_SET_BUGS,
  ...MAPPING_BUGS,
  ...REFRESH_BUGS,
  ...SEND_BUGS,
  ...RESUME_BUGS,
  ...MATCH_INDEX_BUGS,
  ...STORE_BUGS,
  ...CRM_BUGS,
]);
