/** Series that a device sees as a list of dates: what comes back never changes the rule by itself. */
import { describe, expect, it } from 'vitest';
import { ALL } from '../../../lib/pim/device/capabilities.ts';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { withoutUnset } from '../../kit/outlook.ts';
import { calendar, linesOf, merge } from './merging.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const OUTLOOK = { type: 'text/x-s4j-sife' };
const BERLIN = ';TZID=Europe/Berlin';

const item = calendar([
  'UID:u',
  `DTSTART${BERLIN}:20260130T100000`,
  `DTEND${BERLIN}:20260130T110000`,
  'RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=-2,-3',
  'SUMMARY:s',
]);
const [UNTIL, LATER] = ['20261231', '20270630'];
/** The clocks change in between. */
const DATES = ['20260227T090000Z', '20260529T080000Z', '20261030T090000Z'];

const written = (of: TextItem, format: typeof OUTLOOK, datesUntil = UNTIL) =>
  writeItem(of, format, { ...ALL, datesUntil }).body;
const viewIn =
  (format: typeof OUTLOOK, until = UNTIL) =>
  (of: TextItem) =>
    readItem(format.type, written(of, format, until));

function edited(of: TextItem, format: typeof OUTLOOK, edit: (text: string) => string): string[] {
  const text = written(of, format);
  if (edit(text) === text) throw new Error(`nothing is edited in\n${text}`);
  const sent = readItem(format.type, edit(text));
  return linesOf(merge(of, of, sent, { view: viewIn(format) }).item);
}
const own = linesOf(item);

it('the list has the dates of both clocks', () => {
  expect(written(item, OLD)).toContain(`RDATE:${DATES.join(';')}\r\n`);
});

describe.each([
  ['vCalendar', OLD],
  ['SIF', OUTLOOK],
])('a list that comes back from %s', (_, format) => {
  const title = (text: string) => text.replace(/(SUMMARY:|<Subject>)s/, '$1t');
  const [first, middle, last] = DATES as [string, string, string];
  const without = (date: string) => (text: string) =>
    text.replace(new RegExp(`<IncludeDate>${date}</IncludeDate>|;${date}|${date};?`), '');

  it('changes only what the device changed', () => {
    const lines = edited(item, format, title);
    expect(lines).toEqual(own.map((line) => line.replace('SUMMARY:s', 'SUMMARY:t')));
  });
  it.each([
    ['lacks its end', without(last)],
    ['lacks its beginning', without(first)],
    ['is empty', (text: string) => text.replace(/RDATE:.*\r\n|<Exceptions>.*<\/Exceptions>/, '')],
  ])('does not shorten the rule if it %s', (_, edit) => {
    expect(edited(item, format, (text) => title(edit(text)))).toEqual(
      own.map((line) => line.replace('SUMMARY:s', 'SUMMARY:t')),
    );
  });
  it('may be that of another window', () => {
    for (const [sent, seen] of [
      [LATER, UNTIL],
      [UNTIL, LATER],
    ] as const) {
      const copy = readItem(format.type, title(written(item, format, sent)));
      const merged = merge(item, item, copy, { view: viewIn(format, seen) }).item;
      expect(linesOf(merged)).toEqual(own.map((line) => line.replace('SUMMARY:s', 'SUMMARY:t')));
    }
  });
  it('is no list of added dates where the two meet without a common state', () => {
    expect(withoutUnset(linesOf(merge(undefined, item, viewIn(format)(item)).item))).toEqual(own);
  });
  it('adds a date that is none of the rule', () => {
    const more = '20260701T080000Z';
    const edit = (text: string) => text.replace(/(<IncludeDate>|RDATE:)(?=\d)/, `$1${more}$1`);
    const split = (text: string) =>
      edit(text).replace(`${more}RDATE:`, `${more};`).replace(`${more}<I`, `${more}</IncludeDate><I`);
    expect(edited(item, format, split)).toEqual([...own, `RDATE${BERLIN}:20260701T100000`]);
  });
  it('without a date in its middle excludes this date', () => {
    const lines = edited(item, format, without(middle));
    expect(lines).toEqual([...own, `EXDATE${BERLIN}:20260529T100000`]);
  });
  describe('puts back', () => {
    const excluded = calendar([...own, `EXDATE${BERLIN}:20260529T100000`, `EXDATE${BERLIN}:20261030T100000`]);
    const withDate = (date: string) => (text: string) =>
      text.replace(
        /<IncludeDate>|RDATE:/,
        (name) => `${name}${date}${name === 'RDATE:' ? ';' : `</IncludeDate>${name}`}`,
      );

    it('an excluded date that the user adds', () => {
      expect(edited(excluded, format, withDate(middle))).toEqual([...own, `EXDATE${BERLIN}:20261030T100000`]);
      expect(edited(excluded, format, withDate(last))).toEqual([...own, `EXDATE${BERLIN}:20260529T100000`]);
    });
    it('no date that others excluded since', () => {
      const sent = readItem(format.type, title(written(item, format)));
      const lines = linesOf(merge(item, excluded, sent, { view: viewIn(format) }).item);
      expect(lines).toEqual(linesOf(excluded).map((line) => line.replace('SUMMARY:s', 'SUMMARY:t')));
    });
    it('no date where it is not known what the device was shown', () => {
      const sent = readItem(format.type, withDate(middle)(written(excluded, format)));
      expect(withoutUnset(linesOf(merge(undefined, excluded, sent).item))).toEqual(linesOf(excluded));
    });
  });

  describe('without its first dates', () => {
    const counted = calendar(own.map((line) => line.replace(/^RRULE:.*/, '$&;COUNT=40')));
    /** The start goes with all dates before this one, which is the start then. */
    const from = (at: number) => (text: string) =>
      DATES.slice(0, at + 1)
        .reduce((left, date) => without(date)(left), text)
        .replace('20260130T090000Z', DATES[at] ?? '')
        .replace(
          '20260130T100000Z',
          (DATES[at] ?? '').replace(/T(\d\d)/, (_, hour) => `T${String(Number(hour) + 1).padStart(2, '0')}`),
        );
    const EXCLUDED = `EXDATE${BERLIN}:20260130T100000`;

    it.each([
      ['without an end', item],
      ['of so many occurrences', counted],
    ])('keeps the start of a series %s, and excludes them', (_, of) => {
      expect(edited(of, format, from(0))).toEqual([...linesOf(of), EXCLUDED]);
    });
    it('and with another title and length has these', () => {
      const lines = edited(counted, format, (text) =>
        title(from(0)(text)).replace('20260227T100000Z', '20260227T103000Z'),
      );
      expect(lines).toEqual([
        ...linesOf(counted).map((line) =>
          line.replace('SUMMARY:s', 'SUMMARY:t').replace('T110000', 'T113000'),
        ),
        EXCLUDED,
      ]);
    });
    it('keeps a date of its own that is the start then', () => {
      const added = calendar([...linesOf(counted), `RDATE${BERLIN}:20260201T100000`]);
      const lines = edited(added, format, (text) =>
        text
          .replace(/<IncludeDate>20260201T090000Z<\/IncludeDate>|20260201T090000Z;/, '')
          .replace('20260130T090000Z', '20260201T090000Z')
          .replace('20260130T100000Z', '20260201T100000Z'),
      );
      expect(lines).toEqual([...linesOf(added), EXCLUDED]);
    });
    it('but with others is moved', () => {
      const more = (text: string) =>
        text
          .replace(/20261030T090000Z/, '20261030T090000Z</IncludeDate><IncludeDate>20261127T090000Z')
          .replace(/(RDATE:.*)<.*>/, '$1;');
      const lines = edited(counted, format, (text) =>
        more(from(0)(text)).replace('20260529T080000Z', '20260528T080000Z'),
      );
      expect(lines).toContain(`DTSTART${BERLIN}:20260227T100000`);
    });
    it('may lack several', () => {
      const all = written(counted, format).match(/2026\d{4}T\d{6}Z/g) ?? [];
      const days = [...new Set(all)].filter((date) => date < '20260529' && !date.startsWith('20260130'));
      const lines = edited(counted, format, (text) =>
        from(1)(days.reduce((left, date) => without(date)(left), text)),
      );
      expect(lines.slice(0, linesOf(counted).length)).toEqual(linesOf(counted));
      expect(lines.filter((line) => line.startsWith('EXDATE'))).toHaveLength(1 + days.length);
    });
  });

  it('is moved with its start, or stays where it is', () => {
    const moved = own.map((line) => line.replace('T100000', 'T120000').replace('T110000', 'T130000'));
    const start = (text: string) =>
      text.replace('20260130T090000Z', '20260130T110000Z').replace('20260130T100000Z', '20260130T120000Z');
    const all = (text: string) =>
      start(text).replace(/(2[79]|30)T0[89]0000/g, (time) =>
        time.replace('T080000', 'T100000').replace('T090000', 'T110000'),
      );
    expect(edited(item, format, start)).toEqual(moved);
    expect(edited(item, format, all)).toEqual(moved);
  });
});

it('a listed series of days without its first one keeps its start', () => {
  const days = calendar([
    'UID:u',
    'DTSTART;VALUE=DATE:20260130',
    'DTEND;VALUE=DATE:20260131',
    'RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=-2,-3;COUNT=40',
    'SUMMARY:s',
  ]);
  const lines = edited(days, OLD, (text) => {
    const [start, end] = [/DTSTART:(.*)/, /DTEND:(.*)/].map((one) => one.exec(text)?.[1] ?? '') as [
      string,
      string,
    ];
    const [first] = /(?<=RDATE:)[^;]*/.exec(text) ?? [''];
    const later = (time: string) =>
      time.replace(start.slice(0, 8), first.slice(0, 8)).replace('20260131', '20260228');
    return text
      .replace(`${first};`, '')
      .replace(`DTSTART:${start}`, `DTSTART:${later(start)}`)
      .replace(`DTEND:${end}`, `DTEND:${later(end)}`);
  });
  expect(lines).toEqual([...linesOf(days), 'EXDATE;VALUE=DATE:20260130']);
});

describe('a listed series with exceptions', () => {
  const exception = (start: string) => [
    'UID:u',
    `RECURRENCE-ID${BERLIN}:20260529T100000`,
    `DTSTART${BERLIN}:${start}`,
    'SUMMARY:other',
  ];
  const [moved, inPlace] = ['20260528T100000', '20260529T100000'].map((start) =>
    calendar(own, exception(start)),
  ) as [TextItem, TextItem];
  const edit = (text: string) => text.replace('SUMMARY:s', 'SUMMARY:t');

  it('has the moved one at its new time', () => {
    const dates = /RDATE:(.*)/.exec(written(moved, OLD))?.[1]?.split(';');
    expect(dates).toContain('20260528T080000Z');
    expect(dates).not.toContain('20260529T080000Z');
    expect(edited(moved, OLD, edit)).toEqual(
      linesOf(moved).map((line) => line.replace('SUMMARY:s', 'SUMMARY:t')),
    );
  });
  it.each([
    ['was moved', moved, '20260528T080000Z;'],
    ['only reads otherwise', inPlace, '20260529T080000Z;'],
  ])('loses the one that %s with its date', (_, of, date) => {
    const left = edited(of, OLD, (text) => text.replace(date, ''));
    expect(left.filter((line) => !line.startsWith('EXDATE'))).toEqual(own);
    expect(left).toContain(`EXDATE${BERLIN}:20260529T100000`);
  });
});
