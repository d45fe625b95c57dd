/** Bugs in how changes are put into messages: sizes, chunks, order, what waits. */
import type * as LargeObject from '../../../../lib/engine/send/large-object.ts';
import type * as Outgoing from '../../../../lib/engine/send/outgoing.ts';
import type * as SendItem from '../../../../lib/engine/send/send-item.ts';
import { type Bug, plant } from '../bug.ts';
import { life, PLAIN, story } from '../tells.ts';

const layer = 'send';
const parts = story({ ...PLAIN, parts: true });
const LARGE = 'lib/engine/send/large-object.ts';

export const SEND_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell: parts, seeds: [16] },
    name: 'what does not fit into a message is left out',
    plants: [
      plant<typeof SendItem>('lib/engine/send/send-item.ts', ({ sendItem }) => ({
        sendItem: (...of) => {
          const done = sendItem(...of);
          return done === 'later' ? true : done;
        },
      })),
    ],
  },
  {
    ...{ layer, tell: parts, seeds: [1] },
    name: 'the Size of a large object is that of its first chunk',
    plants: [
      plant<typeof Outgoing>('lib/engine/send/outgoing.ts', ({ itemCommand }) => ({
        itemCommand: (op, { size, ...data }) =>
          itemCommand(op, { ...data, ...(size !== undefined && { size: Buffer.byteLength(data.data) }) }),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'behind the last chunk of an object its message goes on',
    plants: [
      plant<typeof LargeObject>(LARGE, ({ continueLarge }) => ({
        continueLarge: (sending) => continueLarge(sending) !== false,
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'an object that was begun is sent on, also when the device shall not have it any more',
    plants: [plant<typeof LargeObject>(LARGE, () => ({ dropObsolete: () => {} }))],
  },
];
