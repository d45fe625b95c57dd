/** How often pictures are decoded in a merge. */
import { expect, it } from 'vitest';
import { isSmallerCopy } from '../../../lib/pim/same.ts';
import { property } from '../../../lib/pim/vobject/model.ts';
import { callsOf } from '../../kit/calls.ts';
import { png } from '../../kit/photos.ts';

/** A picture with a comment that makes it longer. */
const picture = (comment: number) => property('PHOTO', png(32, { comment }), { ENCODING: 'b', TYPE: 'PNG' });

it('each of many pictures is decoded once, however many pairs are compared', async () => {
  const pictures = Array.from({ length: 12 }, (_, n) => picture(30 * n));
  let copies = 0;
  const [decoded] = await callsOf([{ gridOf: 'pim/properties/picture.ts' }], async () => {
    for (const one of pictures) for (const other of pictures) if (isSmallerCopy(one, other)) copies += 1;
  });
  expect(copies).toBe((12 * 11) / 2);
  expect(decoded).toBe(12);
});
