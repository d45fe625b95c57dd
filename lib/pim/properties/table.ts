/** What the values of a property are, by its name [RFC 2426, RFC 6350, RFC 5545, vCard 2.1, vCalendar 1.0]. */

/**
 * `text` one text; `parts` texts between `;`; `list` texts between `,`; `uri` and `date` without escapes; `other` as it
 * came: what is not known may be structured in a way of its own.
 */
export type Kind = 'text' | 'parts' | 'list' | 'uri' | 'date' | 'other';

const KINDS: { readonly [kind in Exclude<Kind, 'other'>]: readonly string[] } = {
  text: [
    ...[
      'FN',
      'NOTE',
      'TITLE',
      'ROLE',
      'LABEL',
      'SORT-STRING',
      'MAILER',
      'CLASS',
      'TEL',
      'EMAIL',
      'TZ',
      'UID',
      'KIND',
    ],
    ...['PRODID', 'X-SPOUSE', 'X-MANAGER', 'X-ASSISTANT', 'X-ABLABEL', 'X-ABDATE', 'X-FOLDER'],
    ...['SUMMARY', 'DESCRIPTION', 'LOCATION', 'COMMENT', 'CONTACT', 'STATUS', 'TRANSP', 'BODY'],
  ],
  parts: ['N', 'ADR', 'ORG', 'GEO', 'GENDER'],
  list: ['CATEGORIES', 'NICKNAME', 'RESOURCES'],
  uri: [
    ...['URL', 'IMPP', 'SOURCE', 'FBURL', 'CALURI', 'CALADRURI', 'MEMBER', 'RELATED', 'X-SOCIALPROFILE'],
    ...['ATTENDEE', 'ORGANIZER'],
  ],
  date: [
    ...[
      'BDAY',
      'REV',
      'ANNIVERSARY',
      'X-ANNIVERSARY',
      'DEATHDATE',
      'DTSTART',
      'DTEND',
      'DUE',
      'COMPLETED',
      'CREATED',
      'DTSTAMP',
    ],
    ...['LAST-MODIFIED', 'RECURRENCE-ID', 'EXDATE', 'RDATE'],
  ],
};

const BY_NAME = new Map(
  Object.entries(KINDS).flatMap(([kind, names]) => names.map((name): [string, Kind] => [name, kind as Kind])),
);

export const kindOf = (name: string): Kind => BY_NAME.get(name) ?? 'other';

/** Parts that a structured value has at most, as its standard says. */
export const PARTS: { readonly [name: string]: number } = { N: 5, ADR: 7 };
