/** Images survive the way into an event and back. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toStreamEvent } from '../../../infra/local/stream-event.ts';
import { type Image, keyOfImage, rowOfImage } from '../../../lib/store/dynamodb/row.ts';
import type { Attribute, Row } from '../../../lib/store/port/port.ts';

const attribute = fc.letrec<{ value: Attribute }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.stringMatching(/^[a-z]{2,8}$/), tie('value')),
  ),
})).value;

const row: fc.Arbitrary<Row> = fc
  .record({
    pk: fc.string({ minLength: 1 }),
    sk: fc.string({ minLength: 1 }),
    version: fc.nat(),
    attributes: fc.dictionary(fc.stringMatching(/^[a-z]{4,8}$/), attribute),
    blob: fc.uint8Array(),
  })
  .map((fields) => ({ table: 'crm-changes', ...fields }));

it('gives the same row', () => {
  fc.assert(
    fc.property(row, (given) => {
      const { table, pk, sk } = given;
      const [record] = toStreamEvent([
        { eventId: '7', event: 'INSERT', key: { table, pk, sk }, row: given },
      ]).Records;
      expect(record?.dynamodb?.SequenceNumber).toBe('7');
      expect(keyOfImage(table, record?.dynamodb?.Keys as Image)).toEqual({ table, pk, sk });
      const found = rowOfImage(table, record?.dynamodb?.NewImage as Image);
      expect(JSON.stringify(found.attributes)).toBe(JSON.stringify(given.attributes));
      expect(found).toMatchObject({ pk, sk, version: given.version });
      expect(Buffer.from(found.blob ?? [])).toEqual(Buffer.from(given.blob ?? []));
    }),
  );
});
