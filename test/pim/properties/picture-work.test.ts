/** What the decoding of a picture costs, by what its bytes say. */
import { expect, it } from 'vitest';
import { ITEM_WORK } from '../../../lib/engine/model/limits.ts';
import { gridOf, workOfPicture } from '../../../lib/pim/properties/picture.ts';

/** The frame and the beginnings of the scans of a JPEG, without the pixels. */
function jpeg(side: number, scans: number): string {
  const frame = Buffer.from('ffc2001108000000000301220002110103110100', 'hex');
  frame.writeUInt16BE(side, 5);
  frame.writeUInt16BE(side, 7);
  const begins = Array.from({ length: scans }, () => Buffer.from('ffda0008010100000000', 'hex'));
  return Buffer.concat([Buffer.from('ffd8', 'hex'), frame, ...begins]).toString('base64');
}

it.each([1, 10, 17, 20, 21, 60])(
  'two of 3 megapixels in %i scans are no reason not to merge an item',
  (scans) => {
    expect(2 * workOfPicture(jpeg(1_730, scans))).toBeLessThan(ITEM_WORK);
  },
);

it('more scans are more work, as long as the picture is decoded', () => {
  expect(workOfPicture(jpeg(1_000, 10))).toBeGreaterThan(2 * workOfPicture(jpeg(1_000, 1)));
  expect(workOfPicture(jpeg(1_700, 17))).toBeLessThan(1_000);
  expect(gridOf(jpeg(1_700, 17))).toBeUndefined();
});
