/** Where a second reader takes something else from what is written than the item says. */
import type { Judgement } from '../judging.ts';

export const JUDGED_ITEMS: readonly Judgement[] = [
  {
    scene: 'items-contact-2.1',
    right: 'theirs',
    why: 'vCard 2.1 has the longitude first, as vCalendar 1.0 has; it is written with the latitude first. Many programs do so too, but by the grammar the place is another one.',
    differences: ['"other 3 GEO" GEO: item 48.1;11.5 | read 11.5;48.1'],
  },
  {
    scene: 'items-contact-2.1',
    right: 'ours',
    why: 'vCard 2.1 has no escape for a backslash at the end of a part: a blank keeps it from escaping the semicolon.',
    differences: [
      '"street backslash" ADR home: item ;;a\\b\\\\;Town;;1 | read ;;a\\b\\ ;Town;;1',
      '"firm backslash" ORG: item a\\b;Unit | read a\\b\\ ;Unit',
    ],
  },
  {
    scene: 'items-contact-2.1',
    right: 'ours',
    why: 'ical.js takes the comma after an escaped backslash for an escaped one: these are two categories.',
    differences: ['"category backslash" CATEGORIES: item a\\b\\,Second | read a\\b,Second'],
  },
  {
    scene: 'items-contact-2.1',
    right: 'ours',
    why: 'vCard 2.1 has no escape for the sign between two categories, so signs that a reader could take for it become blanks.',
    differences: [
      '"category comma" CATEGORIES: item a, b,c | read a  b c',
      '"category semicolon" CATEGORIES: item a; b;c | read a  b c',
      '"category markup" CATEGORIES: item <b>&amp;</b> ]]> | read <b>&amp </b> ]]>',
    ],
  },
  {
    scene: 'items-event-1.0',
    right: 'neither',
    why: 'DAYLIGHT names the change of the clocks of one year. A reader that goes by the letter has the summers after that year an hour late, unless there is a DAYLIGHT for each year; most devices ask their own clock.',
    differences: [
      '"MONTHLY;INTERVAL=3;BYDAY=3MO berlin" happens: item 2028-06-19T07:00:00Z to 2028-06-19T08:00:00Z + 2028-09-18T07:00:00Z to 2028-09-18T08:00:00Z | read 2028-06-19T08:00:00Z to 2028-06-19T09:00:00Z + 2028-09-18T08:00:00Z to 2028-09-18T09:00:00Z',
      '"MONTHLY;INTERVAL=3;BYDAY=3MO new york" happens: item 2028-03-21T01:00:00Z to 2028-03-21T03:00:00Z + 2028-06-20T01:00:00Z to 2028-06-20T03:00:00Z + 2028-09-19T01:00:00Z to 2028-09-19T03:00:00Z | read 2028-03-21T02:00:00Z to 2028-03-21T04:00:00Z + 2028-06-20T02:00:00Z to 2028-06-20T04:00:00Z + 2028-09-19T02:00:00Z to 2028-09-19T04:00:00Z',
      '"YEARLY new york" happens: item 2028-03-16T01:00:00Z to 2028-03-16T03:00:00Z + 2029-03-16T01:00:00Z to 2029-03-16T03:00:00Z + 2030-03-16T01:00:00Z to 2030-03-16T03:00:00Z + 3 more | read 2028-03-16T02:00:00Z to 2028-03-16T04:00:00Z + 2029-03-16T02:00:00Z to 2029-03-16T04:00:00Z + 2030-03-16T02:00:00Z to 2030-03-16T04:00:00Z + 3 more',
      '"YEARLY;INTERVAL=2 new york" happens: item 2029-03-16T01:00:00Z to 2029-03-16T03:00:00Z + 2031-03-16T01:00:00Z to 2031-03-16T03:00:00Z + 2033-03-16T01:00:00Z to 2033-03-16T03:00:00Z + 3 more | read 2029-03-16T02:00:00Z to 2029-03-16T04:00:00Z + 2031-03-16T02:00:00Z to 2031-03-16T04:00:00Z + 2033-03-16T02:00:00Z to 2033-03-16T04:00:00Z + 3 more',
      '"YEARLY;BYMONTH=3;BYDAY=3MO new york" happens: item 2028-03-21T01:00:00Z to 2028-03-21T03:00:00Z + 2029-03-20T01:00:00Z to 2029-03-20T03:00:00Z + 2030-03-19T01:00:00Z to 2030-03-19T03:00:00Z + 3 more | read 2028-03-21T02:00:00Z to 2028-03-21T04:00:00Z + 2029-03-20T02:00:00Z to 2029-03-20T04:00:00Z + 2030-03-19T02:00:00Z to 2030-03-19T04:00:00Z + 3 more',
      '"YEARLY;BYMONTH=3,9;BYMONTHDAY=15 berlin" happens: item 2028-09-15T07:00:00Z to 2028-09-15T08:00:00Z + 2029-09-15T07:00:00Z to 2029-09-15T08:00:00Z | read 2028-09-15T08:00:00Z to 2028-09-15T09:00:00Z + 2029-09-15T08:00:00Z to 2029-09-15T09:00:00Z',
      '"YEARLY;BYMONTH=3,9;BYMONTHDAY=15 new york" happens: item 2028-03-16T01:00:00Z to 2028-03-16T03:00:00Z + 2028-09-16T01:00:00Z to 2028-09-16T03:00:00Z + 2029-03-16T01:00:00Z to 2029-03-16T03:00:00Z + 2 more | read 2028-03-16T02:00:00Z to 2028-03-16T04:00:00Z + 2028-09-16T02:00:00Z to 2028-09-16T04:00:00Z + 2029-03-16T02:00:00Z to 2029-03-16T04:00:00Z + 2 more',
      '"forever" happens: item 2028-03-27T07:00:00Z to 2028-03-27T08:00:00Z + 2028-04-03T07:00:00Z to 2028-04-03T08:00:00Z + 2028-04-10T07:00:00Z to 2028-04-10T08:00:00Z + 3 more | read 2028-03-27T08:00:00Z to 2028-03-27T09:00:00Z + 2028-04-03T08:00:00Z to 2028-04-03T09:00:00Z + 2028-04-10T08:00:00Z to 2028-04-10T09:00:00Z + 3 more',
    ],
  },
  {
    scene: 'items-event-1.0',
    right: 'ours',
    why: 'vCalendar 1.0 cannot say the rule: the device gets a list of dates, which moves on with time.',
    differences: [
      '"MONTHLY;BYDAY=MO;BYMONTHDAY=15 utc" happens: item 2028-05-15T09:00:00Z to 2028-05-15T10:00:00Z + 2029-01-15T09:00:00Z to 2029-01-15T10:00:00Z + 2029-10-15T09:00:00Z to 2029-10-15T10:00:00Z + 2 more | read -',
      '"MONTHLY;BYDAY=MO;BYMONTHDAY=15 berlin" happens: item 2028-05-15T07:00:00Z to 2028-05-15T08:00:00Z + 2029-01-15T08:00:00Z to 2029-01-15T09:00:00Z + 2029-10-15T07:00:00Z to 2029-10-15T08:00:00Z + 2 more | read -',
      '"MONTHLY;BYDAY=MO;BYMONTHDAY=15 new york" happens: item 2028-05-16T01:00:00Z to 2028-05-16T03:00:00Z + 2029-01-16T02:00:00Z to 2029-01-16T04:00:00Z + 2029-10-16T01:00:00Z to 2029-10-16T03:00:00Z + 2 more | read -',
      '"MONTHLY;BYDAY=MO;BYMONTHDAY=15 floating" happens: item 2028-05-15T09:00:00 to 2028-05-15T10:00:00 + 2029-01-15T09:00:00 to 2029-01-15T10:00:00 + 2029-10-15T09:00:00 to 2029-10-15T10:00:00 + 2 more | read -',
      '"MONTHLY;BYDAY=MO;BYMONTHDAY=15 day" happens: item 2028-05-15 to 2028-05-16 + 2029-01-15 to 2029-01-16 + 2029-10-15 to 2029-10-16 + 2 more | read -',
      '"MONTHLY;BYDAY=MO;BYMONTHDAY=15 days" happens: item 2028-05-15 to 2028-05-18 + 2029-01-15 to 2029-01-18 + 2029-10-15 to 2029-10-18 + 2 more | read -',
    ],
  },
  {
    scene: 'items-event-1.0',
    right: 'ours',
    why: 'vCalendar 1.0 has no escape for the sign between two categories, so signs that a reader could take for it become blanks.',
    differences: [
      '"categories comma" CATEGORIES: item a, b,c | read a  b c',
      '"categories semicolon" CATEGORIES: item a; b;c | read a  b c',
      '"categories markup" CATEGORIES: item <b>&amp;</b> ]]> | read <b>&amp </b> ]]>',
    ],
  },
];
