/** The databases of a client that keeps its items as files: a folder for each of the server's datastores. */
export const FOLDERS = [
  { datastore: 'contacts', extension: '.vcf', type: 'text/vcard', version: '3.0' },
  { datastore: 'calendar', extension: '.ics', type: 'text/calendar', version: '2.0' },
  { datastore: 'tasks', extension: '.ics', type: 'text/calendar', version: '2.0' },
  { datastore: 'notes', extension: '.txt', type: 'text/plain', version: '1.0' },
] as const satisfies readonly Folder[];

export interface Folder {
  /** The name of the folder, too. */
  readonly datastore: string;
  readonly extension: string;
  readonly type: string;
  readonly version: string;
}
