/** What lies in a card, or over several of its lines: the card of an agent, as each version has it; categories. */

import { describe, expect, it } from 'vitest';
import type { Format } from '../../../../lib/pim/formats/registry.ts';
import { readItem, writeItem } from '../../../kit/items.ts';
import { card, FORMATS, FOUR, linesOf, OLD, read, THREE } from './vcards.ts';

const stored = (format: Format, ...lines: readonly string[]) => linesOf(read(format, ...lines));

describe('an agent', () => {
  const inner = [
    'BEGIN:VCARD',
    'VERSION:2.1',
    'N:Friday;Fred',
    'FN:Fred',
    'TEL;WORK;VOICE:+1-555',
    'END:VCARD',
  ];
  const kept =
    'AGENT:BEGIN:VCARD\\nVERSION:3.0\\nN:Friday\\;Fred\\;\\;\\;\\nFN:Fred\\nTEL\\;TYPE=VOICE\\,WORK:+1-555\\nEND:VCARD\\n';
  const item = read(OLD, 'TEL;HOME:5', 'AGENT:', ...inner);

  it('of any version is stored as one', () => {
    expect(linesOf(item)).toEqual(['TEL;TYPE=HOME:5', kept]);
    expect(stored(OLD, 'AGENT:', ...inner, 'TEL;HOME:5')).toEqual(['TEL;TYPE=HOME:5', kept]);
    expect(stored(THREE, 'TEL;TYPE=HOME:5', kept)).toEqual(['TEL;TYPE=HOME:5', kept]);
    expect(stored(OLD, `AGENT:${inner.join('\\n')}`)).toEqual([kept]);
    expect(stored(FOUR, `X-${kept}`)).toEqual([kept]);
  });

  it('is written as each version has it, and no card lies naked in another', () => {
    const old = writeItem(item, OLD).body;
    expect(old).toContain('AGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nN:Friday;Fred;;;\r\n');
    expect(old).toContain('TEL;VOICE;WORK:+1-555\r\nEND:VCARD\r\nEND:VCARD\r\n');
    expect(linesOf(writeItem(item, THREE))).toContain(kept);
    expect(linesOf(writeItem(item, FOUR))).toContain(`X-${kept}`);
    for (const to of FORMATS) expect(readItem(to.type, writeItem(item, to).body)).toEqual(item);
  });

  it('with umlauts and a picture goes there and back', () => {
    const own = ['N:Müller;Jörg;;;', 'FN:Jörg', 'NOTE:a\\; b, c', 'PHOTO;JPEG;BASE64:', ' /9j/QUJD', ''];
    const full = read(OLD, 'AGENT:', 'BEGIN:VCARD', 'VERSION:2.1', ...own, 'END:VCARD');
    for (const to of FORMATS) expect(readItem(to.type, writeItem(full, to).body)).toEqual(full);
  });

  it('who has none of the names that the versions need gets them once', () => {
    const nameless = read(THREE, 'AGENT:BEGIN:VCARD\\nORG:Acme\\nEND:VCARD');
    for (const to of FORMATS) expect(readItem(to.type, writeItem(nameless, to).body)).toEqual(nameless);
  });

  it('of an agent of an agent and so on stays as it came', () => {
    const data = card(OLD, ...Array<string>(9).fill('AGENT:\r\nBEGIN:VCARD\r\nN:A'));
    expect(readItem(OLD.type, data)).toMatchObject({ type: OLD.type });
  });
});

describe('categories on several lines', () => {
  it('are one list', () => {
    expect(stored(THREE, 'CATEGORIES:Home', 'TEL:1', 'CATEGORIES:Work,Home', 'CATEGORIES:VIP')).toEqual([
      'CATEGORIES:Home,Work,VIP',
      'TEL:1',
    ]);
  });
  it('are several where more is said of one', () => {
    const lines = ['CATEGORIES:Home', 'CATEGORIES;LANGUAGE=de:Arbeit', 'item1.CATEGORIES:VIP'];
    expect(stored(THREE, ...lines)).toEqual(lines);
  });
});
