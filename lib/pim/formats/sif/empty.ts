/** Fields of Outlook that an item does not have. */
import { field, type SifField } from './xml.ts';

/** The name of a field; with the value that Outlook shows where there is nothing, if that is not an empty text. */
export type Unset = string | readonly [name: string, value: string];

/**
 * Those of the fields that are not written yet, as Outlook has them where there is nothing. Outlook's clients change only the
 * fields that they find in a document (`WinEventSIF::parse`, `WinTaskSIF::parse`, `WinNoteSIF::parse` of Funambol's): what
 * was deleted elsewhere would stay in Outlook.
 */
export function emptyFields(written: readonly SifField[], fields: readonly Unset[]): SifField[] {
  const names = new Set(written.map(({ name }) => name));
  return fields
    .map((one) => (typeof one === 'string' ? field(one, '') : field(...one)))
    .filter(({ name }) => !names.has(name));
}
