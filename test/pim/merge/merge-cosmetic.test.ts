/** A device writes what it was shown in its own way, while somebody else changes it: an edit of the device that changes nothing. */
import { describe, expect, it } from 'vitest';
import { card, event, linesOf, merge } from './merging.ts';

const NAME = ['N:A;B;;;', 'FN:Name'];
const TITLE = 'TITLE:edited';

describe('a value that a device spells in its own way', () => {
  const CASES: readonly (readonly [what: string, was: string, spelled: string, changed: string])[] = [
    [
      'a number without blanks',
      'TEL;TYPE=HOME:+49 89 1234567',
      'TEL;TYPE=HOME:+49891234567',
      'TEL;TYPE=HOME:+49 40 1',
    ],
    ['another spelling of its type', 'TEL;TYPE=HOME:1', 'TEL;TYPE=home,VOICE:1', 'TEL;TYPE=HOME:2'],
    ['without the preference', 'TEL;TYPE=HOME,PREF:1', 'TEL;TYPE=HOME:1', 'TEL;TYPE=HOME,PREF:2'],
    ['a mailbox in small letters', 'EMAIL:Ada@Example.com', 'EMAIL:ada@example.com', 'EMAIL:b@example.com'],
    ['categories in another order', 'CATEGORIES:a,b', 'CATEGORIES:b,a', 'CATEGORIES:a,c'],
    ['an address without its empty end', 'ADR:;;Street;Town;;;', 'ADR:;;Street;Town', 'ADR:;;Road;Town;;;'],
    ['a link with a slash', 'URL:http://Example.com', 'URL:http://example.com/', 'URL:http://b.example.com'],
    ['a note with blanks at the ends of lines', 'NOTE:one\\ntwo', 'NOTE:one \\ntwo\\n', 'NOTE:three'],
  ];
  it.each(CASES)('%s: what others made of it stands', (_, was, spelled, changed) => {
    const { item, clashes } = merge(
      card(...NAME, was),
      card(...NAME, changed),
      card(...NAME, spelled, TITLE),
    );
    expect(linesOf(item)).toEqual(linesOf(card(...NAME, changed, TITLE)));
    expect(clashes).toBe(0);
  });
  it.each(CASES)('%s: what others deleted stays deleted', (_, was, spelled) => {
    const { item } = merge(card(...NAME, was), card(...NAME), card(...NAME, spelled, TITLE));
    expect(linesOf(item)).toEqual(linesOf(card(...NAME, TITLE)));
  });
  it.each(CASES)('%s: where nobody else changed it, it is as the device says', (_, was, spelled) => {
    const base = card(...NAME, was);
    expect(linesOf(merge(base, base, card(...NAME, spelled)).item)).toEqual(linesOf(card(...NAME, spelled)));
  });
});

describe('types and parameters', () => {
  it('are merged by themselves: a type of one side, a number of the other', () => {
    const { item, clashes } = merge(
      card(...NAME, 'TEL;TYPE=HOME:1'),
      card(...NAME, 'TEL;TYPE=WORK:1'),
      card(...NAME, 'TEL;TYPE=HOME:2'),
    );
    expect(linesOf(item)).toContain('TEL;TYPE=WORK:2');
    expect(clashes).toBe(0);
  });
  it('an answer to an invitation is not taken back by who drops another parameter', () => {
    const attendee = (params: string) =>
      event('UID:u', 'SUMMARY:s', `ATTENDEE;${params}:mailto:bob@example.com`);
    const { item } = merge(
      attendee('PARTSTAT=NEEDS-ACTION;RSVP=TRUE'),
      attendee('PARTSTAT=ACCEPTED;RSVP=TRUE'),
      attendee('PARTSTAT=NEEDS-ACTION'),
    );
    expect(linesOf(item).join()).toContain('PARTSTAT=ACCEPTED');
  });
});

describe('parameters that programs add as they like', () => {
  it.each(['SCHEDULE-AGENT=CLIENT', 'SCHEDULE-FORCE-SEND=REQUEST', 'SCHEDULE-STATUS=1.1', 'X-NUM-GUESTS=0'])(
    '%s is no change',
    (param) => {
      const attendee = (params: string) => event('SUMMARY:s', `ATTENDEE;${params}:mailto:bob@example.com`);
      const accepted = attendee('PARTSTAT=ACCEPTED');
      const base = attendee('PARTSTAT=NEEDS-ACTION');
      expect(merge(base, accepted, attendee(`PARTSTAT=NEEDS-ACTION;${param}`)).item).toEqual(accepted);
    },
  );
});

describe('a list', () => {
  const categories = (...names: string[]) =>
    card(...NAME, ...(names.length > 0 ? [`CATEGORIES:${names.join(',')}`] : []));
  it('that one side emptied has what the other added', () => {
    const [base, more] = [categories('a', 'b'), categories('a', 'b', 'c')];
    expect(linesOf(merge(base, more, categories()).item)).toEqual(linesOf(categories('c')));
    expect(linesOf(merge(base, categories(), more).item)).toEqual(linesOf(categories('c')));
    expect(linesOf(merge(base, categories(), categories('a')).item)).toEqual(linesOf(categories()));
  });
});

describe('a rule', () => {
  it('takes the place of one that the device could not see', () => {
    const base = event('DTSTART:20260302T100000Z', 'RRULE:FREQ=YEARLY;BYMONTH=3,4', 'SUMMARY:s');
    const view = () => event('DTSTART:20260302T100000Z', 'SUMMARY:s');
    const sent = event('DTSTART:20260302T100000Z', 'RRULE:FREQ=WEEKLY', 'SUMMARY:s');
    expect(linesOf(merge(base, base, sent, { view }).item).filter((line) => /RRULE/.test(line))).toEqual([
      'RRULE:FREQ=WEEKLY',
    ]);
  });
});

describe('a schedule that a device tells in its own way while others move it', () => {
  const TIMES = ['DTSTART:20260303T100000Z', 'DTEND:20260303T110000Z', 'RRULE:FREQ=WEEKLY'];
  it.each([
    [
      'a rule with its day',
      ['DTSTART:20260303T100000Z', 'DTEND:20260303T110000Z', 'RRULE:FREQ=WEEKLY;BYDAY=TU'],
    ],
    ['a length for its end', ['DTSTART:20260303T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;INTERVAL=1']],
  ])('%s: it stays moved', (_, spelled) => {
    const moved = TIMES.map((line) => line.replace('T1', 'T2'));
    const { item, clashes } = merge(
      event(...TIMES, 'LOCATION:here'),
      event(...moved, 'LOCATION:here'),
      event(...spelled, 'LOCATION:there'),
    );
    expect(linesOf(item)).toEqual(linesOf(event(...moved, 'LOCATION:there')));
    expect(clashes).toBe(0);
  });
});

describe('a date of an exception', () => {
  it('that a device lets happen again is no other date', () => {
    const [cancelled, moved] = ['EXDATE:20260309T100000Z', 'EXDATE:20260316T100000Z'];
    const base = event('DTSTART:20260302T100000Z', 'RRULE:FREQ=WEEKLY', cancelled);
    const view = () => event('DTSTART:20260302T100000Z', 'RRULE:FREQ=WEEKLY', cancelled, moved);
    const sent = event('DTSTART:20260302T100000Z', 'RRULE:FREQ=WEEKLY', cancelled);
    expect(linesOf(merge(base, base, sent, { view }).item)).toEqual(linesOf(base));
  });
});
