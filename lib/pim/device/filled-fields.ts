/** The fields of a SIF document, empty or not, tell what Outlook holds. */
import { calendarFromSif } from '../formats/sif/calendar.ts';
import { contactFromSif } from '../formats/sif/contact.ts';
import type { SifDocument, SifField } from '../formats/sif/xml.ts';
import type { Component } from '../vobject/model.ts';

/**
 * The item of a document whose empty fields are filled, so that each field has its property. Undefined for a time that is out
 * of range.
 */
export function filledTree({ root, fields }: SifDocument): Component | undefined {
  const full = fields.map((one): SifField => (one.value === '' ? { ...one, value: '1' } : one));
  try {
    return root === 'contact' ? contactFromSif(full) : calendarFromSif({ root, fields: full });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
