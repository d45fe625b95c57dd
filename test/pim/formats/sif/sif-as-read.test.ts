/** The fields that a reader has of a SIF document are told without its XML. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  documentAsRead,
  parseSif,
  type SifDocument,
  type SifField,
  writeSif,
} from '../../../../lib/pim/formats/sif/xml.ts';

const text = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'Z',
        '0',
        ' ',
        '\t',
        '\n',
        '\r\n',
        '\r',
        '&',
        '<',
        '>',
        '"',
        "'",
        '&amp;',
        '&#65;',
        ']]>',
        '<!--',
      ],
      ...['ä', '日本', '😀', '\u0000', '\u0008', '\u0085', '\u00a0', '\ufeff', '\ufffe', '\u2028', 'words'],
    ),
    { maxLength: 8 },
  )
  .map((list) => list.join(''));
const name = fc.constantFrom(
  'Subject',
  'Body',
  'X-Own',
  'Größe',
  'a.b',
  '_x',
  'constructor',
  '__proto__',
  '1st',
  'toString',
  'xmlns',
);
const { field } = fc.letrec<{ field: SifField }>((tie) => ({
  field: fc.record({
    name,
    attributes: fc.dictionary(fc.constantFrom('type', 'a', 'ä', 'x y'), fc.oneof(fc.constant('JPEG'), text), {
      maxKeys: 1,
    }),
    value: text,
    fields: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('field'), { maxLength: 3 })),
  }),
}));
const document: fc.Arbitrary<SifDocument> = fc.record({
  root: fc.constantFrom('contact', 'appointment', 'note'),
  fields: fc.array(field, { maxLength: 5 }),
});

it('as they are in it', () => {
  let told = 0;
  fc.assert(
    fc.property(document, (one) => {
      const seen = documentAsRead(one);
      if (seen === undefined) return;
      told += 1;
      expect(seen).toEqual(parseSif(writeSif(one)));
    }),
    { numRuns: 2_000 },
  );
  expect(told).toBeGreaterThan(100);
});
