/**
 * The table of properties [RFC 2426, RFC 6350, RFC 5545, vCard 2.1, vCalendar 1.0]: one row for each name in upper
 * case. Other code does not read the rows; it uses the functions of table.ts. A name without a row has the value type
 * `other`.
 */

/**
 * `text` is one text, `parts` are texts separated by `;`, a `list` is texts separated by `,`. A `uri`, a `time` (or a
 * date), a `duration`, a `rule` and a `number` have no escapes. `other` is kept as it came, because its structure is
 * not known.
 */
export type ValueType = 'text' | 'parts' | 'list' | 'uri' | 'time' | 'duration' | 'rule' | 'number' | 'other';

/** The role of a time. */
export type TimeRole =
  /** When the item begins, ends, is due. */
  | 'start'
  | 'end'
  | 'due'
  /** In an exception: the occurrence of the series that it replaces. */
  | 'occurrence'
  /** A date that a series leaves out, or an extra date of the series. */
  | 'exception'
  | 'extra'
  /** When the task was done, or when a program wrote the item. Always in UTC. */
  | 'done'
  | 'stamp'
  /** When the item was last changed. Always in UTC. */
  | 'change'
  /** A day of every year: a birthday. */
  | 'day';

export interface PropertyRow {
  readonly value: ValueType;
  /** How many parts a structured value has by its standard. */
  readonly parts?: number;
  /** May each part be a list? A comma separates entries, an escaped comma is text. */
  readonly listsInParts?: true;
  /** Do the parts belong together? Then the value is never cut, and the parts are not merged one by one. */
  readonly whole?: true;
  /** How spellings of the value are compared (lib/pim/same.ts). Without it the value type decides. */
  readonly form?: 'phone' | 'mailbox' | 'link' | 'address';
  /** Is the value one of a few words? These have no case in iCalendar. */
  readonly word?: true;
  /** Is it a text of several lines? Such a text is merged line by line. */
  readonly lines?: true;
  /**
   * `many`: an item may have any number, so two values can stand side by side. `one`: an item has only one, so two values
   * are two states of the same property. Absent: it depends on how many the merged items have.
   */
  readonly occurs?: 'one' | 'many';
  readonly time?: TimeRole;
  /** Does it tell when the item takes place? A merge takes the whole schedule from one side. */
  readonly schedule?: true;
  /** Does it identify the item or the exception? Then a merge never changes it. */
  readonly identity?: true;
  /**
   * Do programs write it when they save? Then a merge takes the value that was written last. UID is not marked so, although
   * many programs write their own UID, because a merge keeps the UID of the item.
   */
  readonly program?: true;
  /**
   * Is it left out of the key by which two renderings of an item meet (lib/pim/content-keys.ts)? These are the
   * properties that programs write, and UID, which many devices replace. SEQUENCE is in the key, because stored keys
   * were made with it.
   */
  readonly outsideKey?: true;
  /** Does the object need it to be valid? Then it is written even if it is empty or the device does not list it. */
  readonly needed?: true;
  /** Set for media, as bytes or as a link: the first part of the media type. */
  readonly media?: 'image' | 'audio' | 'application';
  /** Is it a label of the other properties in its group? */
  readonly label?: true;
  /** Does it repeat another property in most items? */
  readonly derived?: true;
  /**
   * The name under which the value is stored, where that differs. For a property that is stored as a component: its
   * name.
   */
  readonly stored?: string;
  /** Is it about the object (its version, its method) and not about the item? */
  readonly object?: true;
  /** Does its value tell components of one name (alarms, zones) apart? */
  readonly namesPart?: true;
  /** Is it the id of this item or of another one? Devices compare ids letter by letter. */
  readonly id?: true;
  /** Does it tell when an alarm goes off? */
  readonly ringing?: true;
  /** Values that say no more than an item without the property: programs write them, or leave them out. */
  readonly usual?: readonly string[];
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
/** An alarm of vCalendar 1.0, which its reader turns into a component. */
const VCALENDAR_ALARM: PropertyRow = { value: 'other', stored: 'VALARM' };

/** Properties of contacts. */
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
  // Evolution's, Microsoft's, KDE's and Apple's names for these four. Their days are written as they came.
  ...Object.fromEntries(
    ['ANNIVERSARY', 'SPOUSE', 'MANAGER', 'ASSISTANT'].flatMap((name) => [
      [`X-EVOLUTION-${name}`, ONE_TEXT],
      [`X-MS-${name}`, ONE_TEXT],
      [`X-KADDRESSBOOK-X-${name}${name === 'ANNIVERSARY' ? '' : 'SNAME'}`, ONE_TEXT],
    ]),
  ),
  'X-ABRELATEDNAMES': MANY_TEXTS,
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

/** Properties of events, tasks, journal entries, and of the components inside them. */
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
  STATUS: { ...WORD, usual: ['NEEDS-ACTION', 'CONFIRMED'] },
  TRANSP: { ...WORD, usual: ['OPAQUE'] },
  PRIORITY: { ...NUMBER, usual: ['0', '5'] },
  'PERCENT-COMPLETE': { ...NUMBER, usual: ['0'] },
  'X-EPOCAGENDAENTRYTYPE': WORD,
  'X-MICROSOFT-CDO-BUSYSTATUS': { value: 'other', occurs: 'one' },
  RESOURCES: LIST,
  ATTENDEE: { ...MANY_URIS, form: 'mailbox' },
  ORGANIZER: { value: 'uri', occurs: 'one', form: 'mailbox' },
  ATTACH: MANY_URIS,
  COMMENT: MANY_TEXTS,
  CONTACT: MANY_TEXTS,
  'RELATED-TO': { ...TEXT, id: true },
  TZID: { value: 'other', namesPart: true },
  DAYLIGHT: { value: 'other', needed: true },
  ACTION: { value: 'other', namesPart: true },
  TRIGGER: { value: 'other', namesPart: true, ringing: true },
  REPEAT: { value: 'number', ringing: true },
  DCREATED: { value: 'other', outsideKey: true, stored: 'CREATED' },
  AALARM: VCALENDAR_ALARM,
  DALARM: VCALENDAR_ALARM,
  MALARM: VCALENDAR_ALARM,
  PALARM: VCALENDAR_ALARM,
};

/** Properties of several kinds of items. */
const COMMON: Rows = {
  VERSION: { value: 'other', object: true, program: true, outsideKey: true, needed: true },
  PRODID: { value: 'text', program: true, outsideKey: true },
  METHOD: { value: 'other', object: true },
  CALSCALE: { value: 'other', object: true },
  UID: { value: 'text', identity: true, outsideKey: true, id: true },
  CLASS: { ...WORD, usual: ['PUBLIC'] },
  CATEGORIES: LIST,
  URL: { ...MANY_URIS, form: 'link' },
  SOURCE: URI,
  GEO: { value: 'parts', parts: 2, whole: true, occurs: 'one' },
  // The zone in which a contact lives, or the zone of a vCalendar.
  TZ: { ...ONE_TEXT, needed: true },
  // The text of a VNOTE. It is stored as the DESCRIPTION of a journal entry.
  BODY: { value: 'text', needed: true, stored: 'DESCRIPTION' },
  // Outlook's notes are yellow (lib/pim/formats/sif/unknown.ts).
  'X-SIF-COLOR': { value: 'other', usual: ['3'] },
  // What Outlook offers when a reminder is turned on, and its counters that nobody set.
  'X-SIF-REMINDERMINUTESBEFORESTART': { value: 'other', usual: ['0', '15'] },
  'X-SIF-ACTUALWORK': { value: 'other', usual: ['0'] },
  'X-SIF-TOTALWORK': { value: 'other', usual: ['0'] },
  'X-SIF-TEAMTASK': { value: 'other', usual: ['0'] },
  'X-FOLDER': TEXT,
};

export const PROPERTIES = { contact: CONTACT, calendar: CALENDAR, common: COMMON };
