/** Notes of which devices say more than a text: nothing of it is lost on those that know the text only. */

import { describe, expect, it } from 'vitest';
import type { Format } from '../../../../lib/pim/formats/registry.ts';
import { decideMatch } from '../../../../lib/pim/match/decide.ts';
import type { Prepared } from '../../../../lib/pim/match/prepare.ts';
import {
  contentOf,
  losses,
  mergeEdit,
  prepare,
  readItem,
  type TextItem,
  writeItem,
} from '../../../kit/items.ts';

const PLAIN: Format = { type: 'text/plain', version: '1.0' };
const VNOTE: Format = { type: 'text/x-vnote', version: '1.1' };
const SIF: Format = { type: 'text/x-s4j-sifn' };
const vnote = (...lines: string[]): string =>
  ['BEGIN:VNOTE', 'VERSION:1.1', ...lines, 'END:VNOTE', ''].join('\r\n');
const sif = (...fields: string[]): string => `<note><SIFVersion>1.1</SIFVersion>${fields.join('')}</note>`;

const phones = readItem(
  VNOTE.type,
  vnote(
    ...['BODY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Milch=0D=0AK=C3=A4se', 'DCREATED:20300101T080000Z'],
    ...['CATEGORIES:Home;Food', 'X-IRMC-LUID:17'],
  ),
);
const outlooks = readItem(
  SIF.type,
  sif(
    '<Subject>Milch</Subject>',
    '<Body>Milch\nKäse</Body>',
    '<Categories>Home, Food</Categories>',
    '<Color>3</Color>',
  ),
);

function edited(item: TextItem, format: Format, edit: (text: string) => string, now = item) {
  const written = writeItem(item, format);
  const seen = readItem(format.type, written.body);
  const sent = readItem(format.type, edit(written.body));
  const base = { item, seen };
  const marks = {
    held: new Set(['DESCRIPTION', 'CATEGORIES']),
    unseen: new Set<string>(),
    winner: 'client',
  } as const;
  return mergeEdit({ current: now, base, sent, ...marks });
}

describe('a note that is more than a text', () => {
  it('of a phone comes back to it as it was', () => {
    const { body } = writeItem(phones, VNOTE);
    expect(body).toContain('CATEGORIES:Home;Food\r\n');
    expect(body).toContain('DCREATED:20300101T080000Z\r\nCATEGORIES');
    expect(body).toContain('X-IRMC-LUID:17\r\n');
    expect(readItem(VNOTE.type, body)).toEqual(phones);
  });

  it('of Outlook comes back to it as it was', () => {
    const { body } = writeItem(outlooks, SIF);
    for (const one of ['<Subject>Milch<', '<Body>Milch\nKäse<', '<Categories>Home, Food<', '<Color>3<'])
      expect(body).toContain(one);
    expect(readItem(SIF.type, body)).toEqual(outlooks);
  });

  it('has its categories wherever there is a word for them', () => {
    expect(writeItem(outlooks, VNOTE).body).toContain('CATEGORIES:Home;Food\r\n');
    expect(writeItem(phones, SIF).body).toContain('<Categories>Home, Food</Categories>');
  });

  it('is its text where there is none', () => {
    for (const item of [phones, outlooks])
      expect(writeItem(item, PLAIN)).toEqual({ type: 'text/plain', body: 'Milch\nKäse' });
    expect(losses(phones, PLAIN, { utc: true, charset: 'utf-8' }).map(({ field }) => field)).toEqual([
      'CATEGORIES',
      'X-IRMC-LUID',
    ]);
  });

  it('with a title of its own keeps it', () => {
    const titled = readItem(VNOTE.type, vnote('SUMMARY:Shopping', 'BODY:Milk'));
    expect(writeItem(titled, PLAIN).body).toBe('Milk');
    expect(writeItem(titled, VNOTE).body).toContain('SUMMARY:Shopping');
    expect(readItem(VNOTE.type, vnote('SUMMARY:Milk', 'BODY:Milk'))).toEqual({
      type: 'text/plain',
      body: 'Milk',
    });
  });
});

describe('an edit of its text', () => {
  it('by a device that knows nothing else leaves the rest', () => {
    const { item, clashes } = edited(phones, PLAIN, (text) => text.replace('Käse', 'Brot'));
    expect(clashes).toBe(0);
    expect(writeItem(item, VNOTE).body).toContain('CATEGORIES:Home;Food');
    expect(writeItem(item, PLAIN).body).toBe('Milch\nBrot');
  });

  it('and of its categories by another device are both done', () => {
    const { item: now } = edited(phones, VNOTE, (text) => text.replace('Home;Food', 'Home;Food;Today'));
    const { item, clashes } = edited(phones, PLAIN, (text) => `${text}\nBrot`, now);
    expect(clashes).toBe(0);
    expect(writeItem(item, SIF).body).toContain('<Body>Milch\nKäse\nBrot</Body>');
    expect(writeItem(item, SIF).body).toContain('<Categories>Home, Food, Today</Categories>');
  });

  it('on a device that shows the beginning leaves the end', () => {
    const body = { values: [], maxSize: 7 };
    const capabilities = { utc: true, charset: 'utf-8', properties: new Map([['BODY', body]]) } as const;
    const item: TextItem = { type: 'text/plain', body: 'one two three' };
    const written = writeItem(item, VNOTE, capabilities).body;
    expect(written).toContain('BODY:one two\r\n');
    const [seen, sent] = [written, written.replace('one', 'ONE')].map((text) =>
      readItem(VNOTE.type, text),
    ) as [TextItem, TextItem];
    const edit = {
      current: item,
      base: { item, seen },
      sent,
      held: 'all',
      unseen: new Set<string>(),
      winner: 'client',
    } as const;
    expect(mergeEdit(edit).item.body).toBe('ONE two three');
  });
});

describe('a first sync', () => {
  const keyOf = (item: TextItem) => {
    const { key, about } = contentOf(item);
    return { key, about };
  };
  it('takes a dated text and the text alone as one', () => {
    const dated = readItem(VNOTE.type, vnote('BODY:Milk', 'DCREATED:20300101T080000Z'));
    expect(keyOf(dated)).toEqual(keyOf({ type: 'text/plain', body: 'Milk' }));
  });
  it('finds the same text where other things are said of it', () => {
    expect(keyOf(phones).key).not.toBe(keyOf(outlooks).key);
    const candidates = [{ at: 0, prepared: prepare(outlooks) as Prepared }];
    expect(decideMatch(prepare(phones) as Prepared, candidates).link?.at).toBe(0);
    const marks = {
      held: new Set(['DESCRIPTION', 'CATEGORIES']),
      unseen: new Set<string>(),
      winner: 'client',
    } as const;
    const { item, clashes } = mergeEdit({ current: outlooks, base: undefined, sent: phones, ...marks });
    expect(clashes).toBe(0);
    expect(writeItem(item, SIF).body).toContain('<Color>3</Color>');
    expect(writeItem(item, VNOTE).body).toContain('X-IRMC-LUID:17');
    expect(writeItem(item, SIF).body).toContain('<Body>Milch\nKäse</Body>');
  });
});
