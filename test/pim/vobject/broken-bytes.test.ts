/** Texts with bytes that are not of their charset: what is bad is replaced, and the rest stays readable. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readItem } from '../../kit/items.ts';
import { C, xml } from '../formats/sif/sif.ts';

const card = (...lines: readonly string[]): string =>
  ['BEGIN:VCARD', 'VERSION:2.1', 'N:A', ...lines, 'END:VCARD', ''].join('\r\n');
/** A text in which each of these stands for one byte. */
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
const quoted = (bytes: string): string =>
  bytes.replace(/[^ -~]|=/g, (one) => `=${one.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`);
const base64 = (bytes: string): string => bytesOf(bytes).toString('base64');
const noteIn = (data: string | Uint8Array, charset?: string): string =>
  /\r\nNOTE[^:]*:(.*)\r\n/.exec(readItem('text/x-vcard', data, charset).body.replace(/\r\n /g, ''))?.[1] ??
  '';

/** `C3` begins a character of two bytes, `E2 82` one of three, `B6` ends one; `FC` is no part of UTF-8. */
const CASES: [where: string, bytes: string, text: string][] = [
  ['cut at the end', `${utf8('Grüße aus München, Stra')}\xc3`, 'Grüße aus München\\, Stra\ufffd'],
  ['cut in a character of three bytes', `${utf8('Grün 5 ')}\xe2\x82`, 'Grün 5 \ufffd'],
  ['cut at the beginning', `\xb6${utf8('del für Köln')}`, '\ufffddel für Köln'],
  ['broken in the middle', `${utf8('Grün')}\xc3 ${utf8('für alle')}`, 'Grün\ufffd für alle'],
  ['broken twice', `${utf8('Grün')}\xc3 ${utf8('für')}\xfc${utf8(' größte')}`, 'Grün\ufffd für\ufffd größte'],
  ['in another script', `${utf8('Привет')}\xd0`, 'Привет\ufffd'],
];

describe('a text in UTF-8 that is', () => {
  it.each(CASES)('%s, in quoted-printable', (_, bytes, text) => {
    const value = quoted(bytes);
    expect(noteIn(card(`NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${value}`))).toBe(text);
    expect(noteIn(card(`NOTE;ENCODING=QUOTED-PRINTABLE:${value}`))).toBe(text);
    expect(noteIn(bytesOf(card(`NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${value}`)))).toBe(text);
  });
  it.each(CASES)('%s, in base64', (_, bytes, text) => {
    expect(noteIn(card(`NOTE;CHARSET=UTF-8;ENCODING=BASE64:${base64(bytes)}`))).toBe(text);
    expect(noteIn(card(`NOTE;ENCODING=BASE64:${base64(bytes)}`))).toBe(text);
  });
  it.each(CASES)('%s, in 8 bits', (_, bytes, text) => {
    expect(noteIn(bytesOf(card(`NOTE:${bytes}`)))).toBe(text);
    expect(noteIn(bytesOf(card(`NOTE;CHARSET=utf8:${bytes}`)))).toBe(text);
  });
  it.each(CASES)('%s, in a plain note and in SIF', (_, bytes, text) => {
    const plain = text.replace(/\\/g, '');
    expect(readItem('text/plain', bytesOf(bytes)).body).toBe(plain);
    expect(readItem(C, bytesOf(xml('contact', { Body: bytes }))).body).toContain(`NOTE:${text}\r\n`);
  });

  it('cut, where nothing else in it is beyond ASCII', () => {
    expect(noteIn(card('NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Stra=C3'))).toBe('Stra\ufffd');
    expect(noteIn(card('NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=B6del'))).toBe('\ufffddel');
    expect(noteIn(card(`NOTE;CHARSET=UTF-8;ENCODING=BASE64:${base64('5 \xe2\x82')}`))).toBe('5 \ufffd');
    const others = bytesOf(card(`ORG:${utf8('Grün & Söhne')}`, 'NOTE:Stra\xc3'));
    expect(noteIn(others)).toBe('Stra\ufffd');
  });
});

describe('a text that is not UTF-8', () => {
  it('is windows-1252 where nothing is declared', () => {
    expect(noteIn(card('NOTE;ENCODING=QUOTED-PRINTABLE:Caf=E9'))).toBe('Café');
    expect(noteIn(card('NOTE;ENCODING=QUOTED-PRINTABLE:Gr=FC=DFe aus M=FCnchen'))).toBe('Grüße aus München');
    expect(noteIn(bytesOf(card('NOTE:Gr\xfc\xdfe', 'TITLE:Caf\xe9')))).toBe('Grüße');
    expect(noteIn(card('NOTE;CHARSET=US-ASCII;ENCODING=QUOTED-PRINTABLE:Caf=E9'))).toBe('Café');
  });
  it('is the charset of the device, where that is known', () => {
    const cafe = card('NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=E9');
    expect(noteIn(cafe, 'iso-8859-1')).toBe('Café');
    expect(noteIn(bytesOf(card('NOTE:J\x9arg')), 'macintosh')).toBe('Jörg');
  });
  it('is UTF-8 in spite of a declaration as ASCII', () => {
    const value = quoted(utf8('Grüße'));
    expect(noteIn(card(`NOTE;CHARSET=US-ASCII;ENCODING=QUOTED-PRINTABLE:${value}`))).toBe('Grüße');
  });
  it.each([
    ['cut', '=93=FA=96=7B=8C=EA=83', '日本語\ufffd'],
    ['broken', '=93=FA=FF=96=7B=8C=EA', '日\ufffd本語'],
  ])('has a charset of its own and is %s', (_, value, text) =>
    expect(noteIn(card(`NOTE;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:${value}`))).toBe(text),
  );
});

it('one bad byte, wherever it is, changes no character around it', () => {
  const words = fc.array(fc.constantFrom('Grüße', '東京', 'Straße', 'a', ' ', '€', '👍'), { minLength: 3 });
  fc.assert(
    fc.property(words, words, fc.constantFrom('\xc3 ', '\xff', '\xe2\x82.'), (before, after, bad) => {
      const [left, right] = [`ää${before.join('')}`, after.join('')];
      const value = quoted(`${utf8(left)}${bad}${utf8(right)}`);
      const text = noteIn(card(`NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${value}`));
      expect(text.startsWith(`${left}\ufffd`)).toBe(true);
      expect(text.trimEnd().endsWith(right.trimEnd())).toBe(true);
    }),
  );
});
