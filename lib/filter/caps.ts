/**
 * The part of the server's device information about filters [DI12 5.3.12-14, D20].
 *
 * Owns: the keywords and properties that are offered for each format. Must not know: sessions. All other properties
 * work too. UNSEEN is accepted but not offered, because no item is read or unread here.
 */

import type { ContentType, DevInfDataStore, FilterCap } from '../message/devinf-model.ts';
import { CGI_GRAMMAR, CGI_GRAMMAR_VERSION } from './grammar.ts';

type Names = Pick<FilterCap, 'keywords' | 'propNames'>;

const CONTACT: Names = {
  keywords: ['SINCE', 'BEFORE', 'GROUP'],
  propNames: [
    ...['N', 'FN', 'NICKNAME', 'ORG', 'TITLE', 'ROLE', 'TEL', 'EMAIL', 'ADR', 'URL'],
    ...['BDAY', 'NOTE', 'CATEGORIES', 'UID', 'REV'],
  ],
};
const CALENDAR: Names = {
  keywords: ['SINCE', 'BEFORE', 'GROUP'],
  propNames: [
    ...['SUMMARY', 'DESCRIPTION', 'LOCATION', 'DTSTART', 'DTEND', 'DUE', 'COMPLETED'],
    ...['STATUS', 'PRIORITY', 'CLASS', 'CATEGORIES', 'UID', 'LAST-MODIFIED'],
  ],
};
const TEXT: Names = { keywords: ['SINCE', 'BEFORE'], propNames: ['SUMMARY', 'BODY'] };

function namesOf(type: string): Names {
  if (/vcard/.test(type)) return CONTACT;
  return /calendar/.test(type) ? CALENDAR : TEXT;
}

const capOf = ({ type, version }: ContentType): FilterCap => ({ type, version, ...namesOf(type) });

/** For 1.2 only: Filter-Rx names the grammar, and there is one FilterCap for each content type of the datastore. */
export const filterCapsOf = ({
  types,
}: {
  readonly types: readonly ContentType[];
}): Required<Pick<DevInfDataStore, 'filterRx' | 'filterCaps'>> => ({
  filterRx: [{ type: CGI_GRAMMAR, version: CGI_GRAMMAR_VERSION }],
  filterCaps: types.map(capOf),
});
