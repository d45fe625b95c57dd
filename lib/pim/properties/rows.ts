/**
 * What each property is [RFC 2426, RFC 6350, RFC 5545, vCard 2.1, vCalendar 1.0], one row for each name in upper case. The
 * rest of the code asks by the questions of table.ts. Of a name without a row nothing is known, and its value is `other`.
 */

/**
 * `text` is one text, `parts` are texts between `;`, a `list` is texts between `,`. A `uri`, a `time` (or a date), a
 * `duration`, a `rule` and a `number` have no escapes. `other` stays as it came: it may have a structure of its own.
 */
export type ValueType = 'text' | 'parts' | 'list' | 'uri' | 'time' | 'duration' | 'rule' | 'number' | 'other';

/** What a time of type `time` tells. */
export type TimeRole =
  /** When the item begins, ends, is due. */
  | 'start'
  | 'end'
  | 'due'
  /** Of an exception: the date of the series for which it stands. */
  | 'occurrence'
  /** A date that a series leaves out, or has besides. */
  | 'exception'
  | 'extra'
  /** When something was done: the task, or the item by a program. In UTC, whatever the zone of the item. */
  | 'done'
  | 'stamp'
  /** Likewise, when the item was last changed. */
  | 'change'
  /** A day of every year: a birthday. */
  | 'day';

export interface PropertyRow {
  readonly value: ValueType;
  /** Parts that a structured value has at most, as its standard says. */
  readonly parts?: number;
  /** Each part may be a list: a comma without an escape separates, one with an escape is text. */
  readonly listsInParts?: true;
  /** The parts are one thing together: they are never cut, nor merged one by one. */
  readonly whole?: true;
  /** How two spellings of the value are found to be one (lib/pim/same.ts). Without it the type of the value says how. */
  readonly form?: 'phone' | 'mailbox' | 'link' | 'address';
  /** One of a few words, which have no case in iCalendar. */
  readonly word?: true;
  /** A text of several lines, which are merged one by one. */
  readonly lines?: true;
  /**
   * `many`: an item has any number, and two values stand side by side. `one`: an item has one, and two values are two
   * states of it. Neither: what the items at hand have decides.
   */
  readonly occurs?: 'one' | 'many';
  readonly time?: TimeRole;
  /** Says when the item takes place. That is one thing: half of it from each side would be a third. */
  readonly schedule?: true;
  /** Says which item, or which exception, this is, and stays what it was. */
  readonly identity?: true;
  /**
   * Programs write it when they save, and no user does: a merge takes what the last program wrote. A UID is none of these,
   * although many programs write one of their own: a merge keeps the item's.
   */
  readonly program?: true;
  /**
   * It is left out of the key by which two renderings of an item meet (lib/pim/content.ts): what programs write, and the
   * UID, which many devices replace. SEQUENCE is a program's, too, but it is in the key: stored keys were made with it.
   */
  readonly outsideKey?: true;
  /** Without it the object is none, or another one: it is written, even empty, whatever the device lists. */
  readonly needed?: true;
  /** Bytes, or the link to them, of a media type that begins with this. */
  readonly media?: 'image' | 'audio' | 'application';
  /** Says something about the other properties of its group: what they are called. */
  readonly label?: true;
  /** Says again what another property says, in most items. */
  readonly derived?: true;
  /** Under which name the value is stored; of a property that is stored as a component, the name of that. */
  readonly stored?: string;
  /** Says how the object is written or what it was sent for, nothing of the item. */
  readonly object?: true;
  /** Tells parts of one name (alarms, zones) from each other. */
  readonly namesPart?: true;
  /** Says when an alarm goes off. */
  readonly ringing?: true;
}

type Rows = { readonly [name: string]: PropertyRow };

const TEXT: PropertyRow = { value: 'text' };
const ONE_TEXT: PropertyRow = { value: 'text', occurs: 'one' };
const MANY_TEXTS: PropertyRow = { value: 'text', occurs: 'many' };
const WORD: PropertyRow = { value: 'text', occurs: 'one', word: true };
const LINES: PropertyRow = { value: 'text', occurs: 'one', lines: true };
const LIST: PropertyRow = { value: 'list' };
const URI: PropertyRow = { value: 'uri' };
const MANY_URIS: PropertyRow = { value: 'uri', occurs: 'many' };
const STAMP: PropertyRow = { value: 'time', time: 'stamp', program: true, outsideKey: true };
const CHANGE: PropertyRow = { ...STAMP, time: 'change' };
const DAY: PropertyRow = { value: 'time', time: 'day' };
const NUMBER: PropertyRow = { value: 'number', occurs: 'one' };
/** Readers of vCalendar 1.0 turn it into a component. */
const OLD_ALARM: PropertyRow = { value: 'other', stored: 'VALARM' };

/** Of contacts. */
const CONTACT: Rows = {
  N: { value: 'parts', parts: 5, listsInParts: true, occurs: 'one', needed: true },
  FN: { value: 'text', occurs: 'one', derived: true },
  NICKNAME: LIST,
  'SORT-STRING': ONE_TEXT,
  GENDER: { value: 'parts', occurs: 'one' },
  KIND: ONE_TEXT,
  ORG: { value: 'parts', occurs: 'one' },
  TITLE: ONE_TEXT,
  ROLE: ONE_TEXT,
  TEL: { ...MANY_TEXTS, form: 'phone' },
  EMAIL: { ...MANY_TEXTS, form: 'mailbox' },
  ADR: { value: 'parts', parts: 7, listsInParts: true, occurs: 'many' },
  LABEL: { ...MANY_TEXTS, form: 'address' },
  IMPP: MANY_URIS,
  'X-SOCIALPROFILE': MANY_URIS,
  NOTE: LINES,
  BDAY: { ...DAY, occurs: 'one' },
  ANNIVERSARY: { ...DAY, stored: 'X-ANNIVERSARY' },
  'X-ANNIVERSARY': { ...DAY, occurs: 'one' },
  DEATHDATE: { ...DAY, occurs: 'one' },
  'X-SPOUSE': ONE_TEXT,
  'X-MANAGER': ONE_TEXT,
  'X-ASSISTANT': ONE_TEXT,
  'X-AGENT': { value: 'other', stored: 'AGENT' },
  PHOTO: { value: 'other', media: 'image' },
  LOGO: { value: 'other', media: 'image' },
  SOUND: { value: 'other', media: 'audio' },
  KEY: { value: 'other', media: 'application' },
  MEMBER: MANY_URIS,
  RELATED: MANY_URIS,
  FBURL: URI,
  CALURI: URI,
  CALADRURI: URI,
  MAILER: TEXT,
  REV: CHANGE,
  'X-ABLABEL': { ...MANY_TEXTS, label: true },
  'X-ABADR': { value: 'other', occurs: 'many', label: true },
  'X-ABDATE': MANY_TEXTS,
};

/** Of events, tasks, journal entries, and of what is in them. */
const CALENDAR: Rows = {
  DTSTART: { value: 'time', time: 'start', schedule: true, needed: true },
  DTEND: { value: 'time', time: 'end', schedule: true },
  DUE: { value: 'time', time: 'due', schedule: true },
  DURATION: { value: 'duration', schedule: true, ringing: true },
  RRULE: { value: 'rule', schedule: true },
  EXRULE: { value: 'rule' },
  EXDATE: { value: 'time', time: 'exception', occurs: 'many' },
  RDATE: { value: 'time', time: 'extra', occurs: 'many' },
  'RECURRENCE-ID': { value: 'time', time: 'occurrence', identity: true, needed: true },
  COMPLETED: { value: 'time', time: 'done', occurs: 'one' },
  CREATED: STAMP,
  DTSTAMP: STAMP,
  'LAST-MODIFIED': CHANGE,
  SEQUENCE: { value: 'number', program: true },
  SUMMARY: { ...ONE_TEXT, needed: true },
  DESCRIPTION: LINES,
  LOCATION: ONE_TEXT,
  STATUS: WORD,
  TRANSP: WORD,
  PRIORITY: NUMBER,
  'PERCENT-COMPLETE': NUMBER,
  'X-MICROSOFT-CDO-BUSYSTATUS': { value: 'other', occurs: 'one' },
  RESOURCES: LIST,
  ATTENDEE: { ...MANY_URIS, form: 'mailbox' },
  ORGANIZER: { value: 'uri', occurs: 'one', form: 'mailbox' },
  ATTACH: MANY_URIS,
  COMMENT: MANY_TEXTS,
  CONTACT: MANY_TEXTS,
  'RELATED-TO': TEXT,
  TZID: { value: 'other', namesPart: true },
  DAYLIGHT: { value: 'other', needed: true },
  ACTION: { value: 'other', namesPart: true },
  TRIGGER: { value: 'other', namesPart: true, ringing: true },
  REPEAT: { value: 'number', ringing: true },
  DCREATED: { value: 'other', outsideKey: true, stored: 'CREATED' },
  AALARM: OLD_ALARM,
  DALARM: OLD_ALARM,
  MALARM: OLD_ALARM,
  PALARM: OLD_ALARM,
};

/** Of several kinds of items. */
const COMMON: Rows = {
  VERSION: { value: 'other', object: true, program: true, outsideKey: true, needed: true },
  PRODID: { value: 'text', program: true, outsideKey: true },
  METHOD: { value: 'other', object: true },
  CALSCALE: { value: 'other', object: true },
  UID: { value: 'text', identity: true, outsideKey: true },
  CLASS: WORD,
  CATEGORIES: LIST,
  URL: { ...MANY_URIS, form: 'link' },
  SOURCE: URI,
  GEO: { value: 'parts', parts: 2, whole: true, occurs: 'one' },
  // Where a contact lives; the zone of a vCalendar.
  TZ: { ...ONE_TEXT, needed: true },
  // The text of a VNOTE, which is stored as that of a journal entry.
  BODY: { value: 'text', needed: true, stored: 'DESCRIPTION' },
  'X-FOLDER': TEXT,
};

export const PROPERTIES = { contact: CONTACT, calendar: CALENDAR, common: COMMON };
