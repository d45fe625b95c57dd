import type { VcalendarNeeds } from '../../pim/formats/vcalendar/frames.ts';

/** In which ways a device needs something else than the standard says. */
export interface Options extends VcalendarNeeds {
  /** In a slow sync the device takes no Replace: its copy is deleted and added anew. */
  readonly noReplaceInSlowSync?: boolean;
  /** The device cannot take many Statuses: changes that succeeded get none. */
  readonly omitItemStatuses?: boolean;
  /** The client fails on a message without a RespURI. It is known by its device id or User-Agent alone. */
  readonly wantsRespURI?: boolean;
  /** The charset of its item texts, whatever charset the message has. */
  readonly charset?: 'iso-8859-1';
  /** The kind of times that the device wants, whatever its UTC flag says. */
  readonly times?: 'utc' | 'local';
  /** Its categories begin with `X-`, which is not part of their names. */
  readonly prefixedCategories?: boolean;
  /** The device does not read lines that are broken into several. */
  readonly unfolded?: boolean;
  /** The sizes of properties in its device information are wrong. */
  readonly ignoreMaxSize?: boolean;
  /** After a resume the device reads at which byte of a large object a chunk begins. */
  readonly readsPosition?: boolean;
  /** If a resume is answered by 509 and a sync of the same kind, the device does that sync. */
  readonly takesUnresumed?: boolean;
  /** The list of properties in its device information is not complete. */
  readonly ignoreCTCap?: boolean;
}
