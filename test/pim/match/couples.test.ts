/** One entry of two persons, and those of each. */
import { describe, expect, it } from 'vitest';
import { between, card, HOME, MAIL, MOBILE } from './pairs.ts';

const entry = (name: string, ...lines: string[]) => card(...name.split('|'), ...lines);

describe('an entry of two', () => {
  it.each([
    ['N:Huber;Anna und Hans;;;', 'N:Huber;Anna;;;', MOBILE],
    ['N:Huber;Anna und Hans;;;', 'N:Huber;Hans;;;', MOBILE],
    ['N:Huber;Hans Peter und Anna;;;', 'N:Huber;Hans Peter;;;', MOBILE],
    ['N:Huber;Anna und Hans;;;', 'N:Huber;Hans Peter;;;', MOBILE],
    ['N:Huber;Anna und Hans;;;', 'FN:Hans', MOBILE],
    ['N:Huber;Anna;;;|FN:Anna & Hans Huber', 'N:Huber;Anna;;;', MOBILE],
    ['FN:Anna & Hans Huber', 'FN:Anna Huber', MAIL],
    ['FN:Anna + Hans Huber', 'FN:Anna Huber', MAIL],
    ['FN:Anna and Hans Huber', 'N:Huber;Hans;;;', MAIL],
    ['FN:Huber\\, Anna u. Hans', 'FN:Anna Huber', HOME],
    ['N:Huber;ANNA UND HANS;;;', 'N:Huber;Anna;;;', MAIL],
    ['N:García;Ana y Juan;;;', 'N:García;Ana;;;', MOBILE],
    ['FN:Ana y Juan García', 'N:García;Ana;;;', MOBILE],
    ['N:Dupont;Anne et Jean;;;', 'N:Dupont;Anne;;;', MOBILE],
  ])('may be of one of them, and is not united: %s and %s', (one, other, line) => {
    expect(between(entry(one, line), entry(other, line))).toBe('possible');
  });

  it.each([
    ['N:Huber;Anna und Hans;;;', 'FN:Anna & Hans Huber'],
    ['N:Huber;Hans und Anna;;;', 'FN:Anna u. Hans Huber'],
  ])('is the same in other words: %s and %s', (one, other) => {
    expect(between(entry(one, HOME), entry(other, HOME))).toBe('same');
  });

  it.each([
    ['N:Ortega y Gasset;José;;;', 'FN:José Ortega y Gasset'],
    ['N:Ortega y Gasset;José;;;|FN:José Ortega y Gasset', 'N:Ortega y Gasset;José;;;'],
    ['N:García y Vega Pérez;Juan;;;|FN:Juan García y Vega Pérez', 'N:García y Vega Pérez;Juan;;;'],
    ['N:Huber;Anna Y.;;;', 'N:Huber;Anna;;;'],
    ['N:Huber;Anna U.;;;', 'N:Huber;Anna;;;'],
  ])('is none: %s and %s', (one, other) => {
    expect(between(entry(one, MOBILE), entry(other, MOBILE))).toBe('same');
  });

  it('is none of a third', () => {
    expect(between(entry('N:Huber;Anna und Hans;;;', HOME), entry('N:Huber;Karl;;;', HOME))).toBe(
      'different',
    );
  });
});
