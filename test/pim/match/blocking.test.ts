/** The blocking keys of items. They lie in the stores, so they change only with their edition. */
import { describe, expect, it } from 'vitest';
import { BLOCKING_EDITION, listBlockingKeys } from '../../../lib/pim/match/blocking.ts';
import { contentOf, type TextItem } from '../../kit/items.ts';
import { card, note, part } from './pairs.ts';

const keysOf = (item: TextItem) => listBlockingKeys(contentOf(item));
const shared = (one: TextItem, other: TextItem) => keysOf(one).filter((key) => keysOf(other).includes(key));
const ADDRESS = 'ADR:;;Lindenweg 7;Altdorf;;12345;';

describe('the blocking keys', () => {
  it('are those of their edition', () => {
    const full = card(
      ...['UID:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1', 'N:Huber;Anna;;;', 'BDAY:1970-03-15', ADDRESS],
      ...['EMAIL:anna@x.example', 'TEL;TYPE=CELL:+49 170 1234567'],
    );
    const event = part('VEVENT', 'SUMMARY:Dinner with Anna', 'DTSTART:20260301T190000Z');
    const firm = card('ORG:Holz Huber GmbH', ADDRESS);
    expect([
      BLOCKING_EDITION,
      ...[full, firm, event, note('Milk\nBread')].map(keysOf),
    ]).toMatchInlineSnapshot(`
      [
        2,
        [
          "8dcGB-",
          "UYbu71",
          "vq7y1P",
          "K1cyJv",
          "9I5wb5",
          "1EXudo",
          "r8nZhM",
        ],
        [
          "LQK5Pc",
        ],
        [
          "YJkvmd",
          "LlO7s_",
          "ar_3PV",
          "SN4m9r",
          "jNehCh",
        ],
        [
          "aR7LQo",
          "9j55ZK",
        ],
      ]
    `);
  });

  it('are at most twelve, that of the birthday among them', () => {
    const lines = Array.from({ length: 9 }, (_, n) => [
      `EMAIL:a${n}@x.example`,
      `TEL:+49 89 765432${n}`,
    ]).flat();
    const crowded = (born: string) =>
      card(
        'UID:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
        'N:Huber Vogt;Anna Eva;;;',
        ...lines,
        ADDRESS,
        `BDAY:${born}`,
      );
    for (const [born, given] of [
      ['1970-03-15', 'Q'],
      ['--0315', 'Anna'],
    ] as const) {
      expect(keysOf(crowded(born)).length).toBeLessThanOrEqual(12);
      expect(shared(crowded(born), card(`N:Z;${given};;;`, `BDAY:${born}`))).toHaveLength(1);
    }
  });

  it.each([
    ['BDAY:1970-03-15', 'BDAY:19700315', 1],
    ['BDAY:1970-03-05', 'BDAY:1970-05-03', 1],
    ['BDAY:1970-03-15', 'BDAY:1971-03-15', 0],
    ['BDAY:1970-03-15', 'BDAY:--0315', 0],
    ['BDAY:1970-01-01', 'BDAY:1970-01-01', 0],
    ['BDAY:1985-01-01', 'BDAY:1985-01-01', 0],
    [ADDRESS, 'ADR:;;Lindnweg 7;Altdrof;;12345;', 1],
    [ADDRESS, 'ADR:;;7 Linden Road;Altdorf;;12345;', 1],
    [ADDRESS, 'ADR:;;Lindenweg 8;Altdorf;;12345;', 0],
    [ADDRESS, 'ADR:;;Lindenweg 7;Altdorf;;;', 0],
    ['ADR:;;Lindenweg;Altdorf;;12345;', 'ADR:;;Lindenweg;Altdorf;;12345;', 0],
    [`${ADDRESS}|EMAIL:a@x.example`, ADDRESS, 0],
  ])('of %s and %s are so many together: %s', (one, other, count) => {
    expect(shared(card('N:A;B;;;', ...one.split('|')), card('N:C;D;;;', other))).toHaveLength(count);
  });

  it.each([
    ['Huber;Anna', 'BDAY:1970-03-15', 'Vogt;Anna', 'BDAY:--0315', 1],
    ['Huber;Anna', 'BDAY:1970-03-15', 'Vogt;Anna', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-15', 1],
    ['Huber;Anna', 'BDAY:--0315', 'Vogt;Anna', 'BDAY:--0315', 1],
    ['Huber;Anna', 'BDAY:1970-01-01', 'Vogt;Anna', 'BDAY:--0101', 0],
    ['Huber;Anna', 'BDAY:1985-01-01', 'Vogt;Anna', 'BDAY:--0101', 1],
    ['Huber;Anna', 'BDAY:1985-01-01', 'Vogt;Anna', 'BDAY:1985-01-01', 1],
    ['Huber;Stefan', 'BDAY:1970-03-15', 'Vogt;Stephan', 'BDAY:--0315', 1],
    ['Huber;Anna', 'BDAY:1970-03-15', 'Vogt;Eva', 'BDAY:--0315', 0],
    ['Huber;Anna', 'BDAY:1970-03-15', 'Vogt;Anna', 'BDAY:--0316', 0],
    ['Huber', 'BDAY:1970-03-15', 'Vogt', 'BDAY:--0315', 0],
  ])('of given name and birthday, of %s %s and %s %s, are so many together: %s', (a, born, b, day, count) => {
    expect(shared(card(`N:${a};;;`, born), card(`N:${b};;;`, day))).toHaveLength(count);
  });
});
