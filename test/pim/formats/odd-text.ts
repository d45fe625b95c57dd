/** Texts with all that is odd in names, parameters and values. */
import fc from 'fast-check';

const MARKS = [
  'a',
  'Z',
  '0',
  ' ',
  '  ',
  '\t',
  ',',
  ';',
  ':',
  '=',
  '"',
  "'",
  '\\',
  '\\n',
  '\\,',
  '\\;',
  '\\\\',
  '.',
  '-',
];
const LETTERS = ['ä', 'ß', 'Ł', '日本', '😀', '\u0080', '\u00a0', '\u2028', '\ufeff', '\u0001', '\u0000'];
const LINE_ENDS = ['\r\n', '\n', '\r'];
const WORDS = [
  '=C3=BC',
  'https://a.example/b?c=d,e',
  'C:\\new',
  'END:VCARD',
  'QUFB',
  'some longer words between ',
];

/** Texts of pieces that mean something to some format. */
export const oddText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...MARKS, ...LETTERS, ...LINE_ENDS, ...WORDS), { maxLength })
    .map((list) => list.join(''));
/** The same without line ends: what stands on one line. */
export const oddLine = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...MARKS, ...LETTERS, ...WORDS), { maxLength }).map((list) => list.join(''));
