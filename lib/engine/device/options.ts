/** What a device needs otherwise than the standard says. */
export interface Options {
  /** In a slow sync it takes no Replace: what it has is deleted and added. */
  readonly noReplaceInSlowSync?: boolean;
  /** It cannot take many Statuses: changes that succeeded get none of their own. */
  readonly omitItemStatuses?: boolean;
  /** Charset of its texts, whatever the message's is. */
  readonly charset?: 'iso-8859-1';
  /** The kind of times that it wants, whatever its UTC flag says. */
  readonly times?: 'utc' | 'local';
  /** The sizes of properties in its device information are wrong. */
  readonly ignoreMaxSize?: boolean;
  /** The list of properties in its device information is not complete. */
  readonly ignoreCTCap?: boolean;
}
