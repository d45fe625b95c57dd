/** Both sides changed an item: field by field, value by value, line by line; nothing that one side added is lost. */

import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { readItem, type TextItem } from '../../kit/items.ts';
import { card, event, linesOf, merge, note } from './merging.ts';

describe('both changed a contact', () => {
  const base = card('N:Byron;Ada;;;', 'FN:Ada Byron', 'TEL;TYPE=HOME:1', 'CATEGORIES:a,b', 'TITLE:Countess');

  it.each<[string, string[], string[], string[]]>([
    ['different fields', ['BDAY:1815-12-10'], ['NOTE:x'], ['BDAY:1815-12-10', 'NOTE:x']],
    [
      'telephones, one each',
      ['TEL;TYPE=WORK:2'],
      ['TEL;TYPE=CELL:3'],
      ['TEL;TYPE=WORK:2', 'TEL;TYPE=CELL:3'],
    ],
    [
      'the same, in other words',
      ['TEL;TYPE=CELL:+49 170 1234567'],
      ['TEL:0170/1234567'],
      ['TEL;TYPE=CELL:+49 170 1234567'],
    ],
  ])('X02: %s', (_, theirs, ours, added) => {
    const lines = linesOf(base);
    const { item, clashes } = merge(base, card(...lines, ...theirs), card(...lines, ...ours));
    expect({ lines: linesOf(item).sort(), clashes }).toEqual({
      lines: [...lines, ...added].sort(),
      clashes: 0,
    });
  });

  it.each([
    ['the very same', 'TEL;TYPE=CELL:2', 'TEL;TYPE=CELL:2'],
    ['in another spelling', 'TEL;TYPE=CELL:+49 170 1', 'TEL;TYPE=CELL,VOICE:+491701'],
  ])('one puts a value in the place of another, somebody else added it: %s', (_, theirs, ours) => {
    const [own, ...rest] = ['TEL;TYPE=CELL:1', 'N:Byron;Ada;;;'];
    const merged = merge(card(own, ...rest), card(own, ...rest, theirs), card(ours, ...rest, 'TEL:3'));
    expect(linesOf(merged.item).filter((line) => line.startsWith('TEL'))).toEqual([theirs, 'TEL:3']);
  });

  it.each(['client', 'server'] as const)(
    'one changes or deletes what a program spelt anew, the policy is %s',
    (winner) => {
      const [name, was, spelt] = [
        'N:Byron;Ada;;;',
        'TEL;TYPE=CELL:+491701234567',
        'TEL;TYPE=CELL,VOICE:+49 170 1234567',
      ];
      const gone = merge(card(name, was), card(name, spelt, 'TEL:2'), card(name), { winner });
      expect(linesOf(gone.item)).toEqual([name, 'TEL:2']);
      const changed = merge(card(name, was), card(name, spelt, 'TEL:2'), card(name, 'TEL;TYPE=CELL:3'), {
        winner,
      });
      expect(linesOf(changed.item)).toEqual([name, 'TEL;TYPE=CELL:3', 'TEL:2']);
      expect(changed.clashes).toBe(0);
    },
  );

  it('the same part of the name: of the other parts neither side loses its own', () => {
    const both = (winner: 'client' | 'server') => {
      const [theirs, ours] = ['N:King;Ada;Q;;', 'N:Lovelace;Ada;;;'].map((name) =>
        card(name, 'TITLE:Countess'),
      );
      const { item, clashes } = merge(
        card('N:Byron;Ada;;;', 'TITLE:Countess'),
        theirs ?? base,
        ours ?? base,
        { winner },
      );
      return [linesOf(item)[0], clashes];
    };
    expect(both('client')).toEqual(['N:Lovelace;Ada;Q;;', 1]);
    expect(both('server')).toEqual(['N:King;Ada;Q;;', 1]);
  });

  it.each([
    ['client', 'TITLE:boss'],
    ['server', 'TITLE:Boss'],
  ] as const)('of one word in two spellings that of the winner stands: %s', (winner, line) => {
    const [none, theirs, ours] = [[], ['TITLE:Boss'], ['TITLE:boss']].map((own) =>
      card('N:A;;;;', 'FN:A', ...own),
    );
    if (none && theirs && ours) expect(linesOf(merge(none, theirs, ours, { winner }).item)).toContain(line);
  });

  const changed = (from: string, to: string) => card(...linesOf(base).map((line) => line.replace(from, to)));
  it.each<[string, [string, string], [string, string], string]>([
    ['parts of the name, and the one made of it', ['Byron', 'King'], ['Ada', 'Augusta'], 'FN:Augusta King'],
    ['entries of a list', ['a,b', 'a,c'], ['a,b', 'b,d'], 'CATEGORIES:c,d'],
    ['one telephone: both stay', ['HOME:1', 'HOME:2'], ['HOME:1', 'HOME:3'], 'TEL;TYPE=HOME:3'],
    ['one telephone: its number and its kind', ['HOME:1', 'HOME:2'], ['HOME:1', 'WORK:1'], 'TEL;TYPE=WORK:2'],
  ])('X02: %s', (_, theirs, ours, line) => {
    const { item, clashes } = merge(base, changed(...theirs), changed(...ours));
    expect({ line: linesOf(item).includes(line), clashes }).toEqual({ line: true, clashes: 0 });
    expect(linesOf(item).filter((one) => one.startsWith('N:'))).toHaveLength(1);
  });

  it('X01: one field, and the winner has it', () => {
    const [theirs, ours] = [changed('Countess', 'Lady'), changed('Countess', 'Dr.')];
    expect(merge(base, theirs, ours)).toEqual({ item: ours, clashes: 1 });
    expect(merge(base, theirs, ours, { winner: 'server' })).toEqual({ item: theirs, clashes: 1 });
  });

  it('a change weighs more than a deletion, whoever made it', () => {
    const gone = card(...linesOf(base).filter((line) => !line.startsWith('TEL')));
    const changedTel = changed('HOME:1', 'HOME:5');
    expect(linesOf(merge(base, gone, changedTel).item)).toContain('TEL;TYPE=HOME:5');
    expect(merge(base, changedTel, gone).item).toEqual(changedTel);
    expect(merge(base, gone, gone).item).toEqual(gone);
  });

  it('a note by lines; the same line is the winner’s', () => {
    const noted = (text: string) => card('N:A;;;;', 'FN:A', `NOTE:${text}`);
    const past = noted('one\\ntwo\\nthree');
    const merged = merge(past, noted('ONE\\ntwo\\nthree'), noted('one\\ntwo\\nTHREE'));
    expect(merged).toEqual({ item: noted('ONE\\ntwo\\nTHREE'), clashes: 0 });
    const clash = merge(past, noted('eins\\ntwo\\nthree'), noted('uno\\ntwo\\nthree'));
    expect(clash).toEqual({ item: noted('uno\\ntwo\\nthree'), clashes: 1 });
  });

  it.each<[string, string, string, string | undefined]>([
    ['goes but for the line that the other added', 'one', 'one\\ntwo', 'two'],
    ['goes where the other deleted a line', 'one\\ntwo', 'one', undefined],
    ['stays where the other changed its one line', 'one', 'one and two', 'one and two'],
    ['goes but for the line that the other changed', 'one\\n\\ntwo', 'one\\n\\nTWO', 'TWO'],
  ])('a note that one side deleted %s', (_, past, other, left) => {
    const noted = (text?: string) => card('N:A;;;;', 'FN:A', ...(text === undefined ? [] : [`NOTE:${text}`]));
    for (const sides of [
      [noted(other), noted()],
      [noted(), noted(other)],
    ] as const)
      expect(merge(noted(past), ...sides)).toEqual({ item: noted(left), clashes: 0 });
  });

  it('a property that the device tells of since today was not deleted by it', () => {
    const sent = changed('Countess', 'Lady');
    const bare = card(...linesOf(sent).filter((line) => !line.startsWith('TEL')));
    expect(linesOf(merge(base, base, bare, { unseen: ['TEL'] }).item)).toContain('TEL;TYPE=HOME:1');
    expect(linesOf(merge(base, base, bare).item)).not.toContain('TEL;TYPE=HOME:1');
  });
});

describe('both changed an appointment', () => {
  const lines = [
    'UID:1',
    'SUMMARY:Yoga',
    'DTSTART:20260301T100000Z',
    'DTEND:20260301T110000Z',
    'LOCATION:Hall',
  ];
  const changed = (...pairs: readonly [string, string][]) =>
    event(...lines.map((line) => pairs.reduce((text, [from, to]) => text.replace(from, to), line)));

  it('its time and its place', () => {
    const moved = changed(['T100000', 'T090000'], ['T110000', 'T100000']);
    expect(merge(event(...lines), moved, changed(['Hall', 'Park']))).toEqual({
      item: changed(['T100000', 'T090000'], ['T110000', 'T100000'], ['Hall', 'Park']),
      clashes: 0,
    });
  });

  it('its start and its end: when it is comes from one side as a whole', () => {
    const [start, end] = [changed(['T100000', 'T083000']), changed(['T110000', 'T120000'])];
    expect(merge(event(...lines), start, end)).toEqual({ item: end, clashes: 1 });
    expect(merge(event(...lines), start, end, { winner: 'server' })).toEqual({ item: start, clashes: 1 });
  });

  it('an exception deleted here and moved there stays moved', () => {
    const late = (start: string) =>
      readItem(
        'text/calendar',
        event(...lines, 'RRULE:FREQ=WEEKLY').body.replace(
          'END:VCALENDAR',
          `BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20260308T100000Z\r\nDTSTART:${start}\r\nEND:VEVENT\r\nEND:VCALENDAR`,
        ),
      );
    const without = event(...lines, 'RRULE:FREQ=WEEKLY');
    const [base, moved] = [late('20260308T120000Z'), late('20260308T150000Z')];
    expect(merge(base, without, moved).item).toEqual(moved);
    expect(merge(base, moved, without).item).toEqual(moved);
    expect(merge(base, base, without).item).toEqual(without);
  });
});

describe('notes', () => {
  it('are merged by lines', () => {
    expect(merge(note('a\nb\nc'), note('A\nb\nc'), note('a\nb\nC'))).toEqual({
      item: note('A\nb\nC'),
      clashes: 0,
    });
    expect(merge(note('a'), note('b'), note('c')).clashes).toBe(1);
  });
  it('of which nothing is known are the longer one if it holds the other', () => {
    expect(merge(undefined, note('a\nb'), note('a'))).toEqual({ item: note('a\nb'), clashes: 0 });
    expect(merge(undefined, note('a'), note('a\nb'))).toEqual({ item: note('a\nb'), clashes: 0 });
    expect(merge(undefined, note('a'), note('b')).clashes).toBe(1);
  });
});

describe('two contacts that meet', () => {
  it('become one with what either has, and nothing of it twice', () => {
    const ours = card(
      'N:Müller;Anna;;;',
      'FN:Anna Müller',
      'TEL;TYPE=HOME:030 1234567',
      'ADR;TYPE=HOME:;;Am Ring 1;Berlin;;;',
      'NOTE:Met at the fair',
    );
    const theirs = card(
      'N:Müller;Anna;;Dr.;',
      'FN:Dr. Anna Müller',
      'TEL;TYPE=WORK:+49 (30) 1234567',
      'TEL:0170 5555555',
      'ADR:;;Am Ring 1;Berlin;;10115;Germany',
      'EMAIL:a@example.com',
      'NOTE:Likes tea',
    );
    const { item, clashes } = merge(undefined, ours, theirs);
    expect(linesOf(item)).toEqual([
      'N:Müller;Anna;;Dr.;',
      'FN:Dr. Anna Müller',
      'TEL;TYPE=HOME:030 1234567',
      'TEL:0170 5555555',
      'ADR;TYPE=HOME:;;Am Ring 1;Berlin;;10115;Germany',
      'NOTE:Met at the fair\\nLikes tea',
      'EMAIL:a@example.com',
    ]);
    expect(clashes).toBe(0);
    expect(merge(undefined, item, theirs).item).toEqual(item);
  });
});

describe('a picture', () => {
  /** A picture of two halves: `tint` is the difference between them. */
  function picture(side: number, quality: number, tint: number): string {
    const data = Buffer.alloc(side * side * 4, 255);
    for (let at = 0; at < side * side; at += 1) {
      const shade = (at % side < side / 2 ? 60 : 60 + tint) + ((at * 7) % 13);
      data.set([shade, shade, 255 - shade, 255], at * 4);
    }
    return Buffer.from(jpeg.encode({ data, width: side, height: side }, quality).data).toString('base64');
  }
  const photo = (data: string) => card('N:A;;;;', 'FN:A', `PHOTO;ENCODING=b;TYPE=JPEG:${data}`);
  const [large, small, other] = [picture(96, 95, 120), picture(48, 40, 120), picture(48, 40, -50)].map(
    photo,
  ) as [TextItem, TextItem, TextItem];

  it('that comes back smaller is no change', () => expect(merge(large, large, small).item).toEqual(large));
  it('that is another one is', () => expect(merge(large, large, other).item).toEqual(other));
  it('that comes back larger is', () => expect(merge(small, small, large).item).toEqual(large));
  it('of two that meet the larger one stays', () => {
    expect(merge(undefined, large, small)).toEqual({ item: large, clashes: 0 });
  });
  it('that was too large for the device is replaced by the one taken there, not joined by it', () => {
    const view = () => card('N:A;;;;', 'FN:A');
    expect(merge(large, large, other, { view }).item).toEqual(other);
    expect(merge(large, large, small, { view }).item).toEqual(large);
  });
  it('that cannot be looked into is a change', () => {
    const [a, b] = [photo('/9j/AAAABBBB'), photo('/9j/AAAA')];
    expect(merge(a, a, b).item).toEqual(b);
  });
});

describe('both changed what stands beside a value', () => {
  const invited = (name: string, state: string) =>
    event('DTSTART:20260302T100000Z', `ATTENDEE;CN=${name};PARTSTAT=${state}:mailto:bob@example.com`);
  const base = invited('Bob', 'NEEDS-ACTION');

  it('of two things each side has its own', () => {
    const merged = merge(base, invited('Bob', 'ACCEPTED'), invited('Bobby', 'NEEDS-ACTION'));
    expect(merged).toEqual({ item: invited('Bobby', 'ACCEPTED'), clashes: 0 });
  });
  it('of one thing that of the winner stands', () => {
    const [theirs, ours] = [invited('Bob', 'ACCEPTED'), invited('Bob', 'DECLINED')];
    expect(merge(base, theirs, ours, { winner: 'server' })).toEqual({ item: theirs, clashes: 1 });
    expect(merge(base, theirs, ours, { winner: 'client' })).toEqual({ item: ours, clashes: 1 });
  });
});
