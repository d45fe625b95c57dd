/** Bugs between elements and typed messages. */
import { Status } from '../../../../lib/message/codes.ts';
import type { Command, MessageItem } from '../../../../lib/message/model.ts';
import type * as ParseCommand from '../../../../lib/message/parse/command.ts';
import type * as Inherit from '../../../../lib/message/parse/inherit.ts';
import type * as ParseItem from '../../../../lib/message/parse/item.ts';
import { type Bug, plant } from '../bug.ts';
import { life, PLAIN, story } from '../tells.ts';

const layer = 'message';

const firstPair = (command: Command): Command =>
  command.name === 'Map' ? { ...command, items: command.items.slice(0, 1) } : command;

const trimmed = (item: MessageItem): MessageItem =>
  typeof item.data === 'string' ? { ...item, data: item.data.trim() } : item;

const withoutRefusal = (command: Command): Command =>
  command.name === 'Status' && command.code === 420 ? { ...command, code: Status.ok } : command;

export const MESSAGE_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell: story(PLAIN), seeds: [0] },
    name: 'of a Map the first pair alone is read',
    plants: [
      plant<typeof ParseCommand>('lib/message/parse/command.ts', ({ parseCommand }) => ({
        parseCommand: (el) => firstPair(parseCommand(el)),
      })),
    ],
  },
  {
    ...{ layer, tell: story({ ...PLAIN, parts: true, rich: false }), seeds: [0] },
    name: 'the Data of an Item is trimmed, also that of a chunk',
    plants: [
      plant<typeof ParseItem>('lib/message/parse/item.ts', ({ parseItems }) => ({
        parseItems: (...of) => parseItems(...of).map(trimmed),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'that the device is full (420) is read as that it took the item',
    plants: [
      plant<typeof ParseCommand>('lib/message/parse/command.ts', ({ parseCommand }) => ({
        parseCommand: (el) => withoutRefusal(parseCommand(el)),
      })),
    ],
  },
  {
    ...{ layer, tell: story({ kind: 'any' }), seeds: [3] },
    name: 'the Type of a command does not hold for its Items',
    plants: [
      plant<typeof Inherit>('lib/message/parse/inherit.ts', () => ({ inherit: (command) => command })),
    ],
  },
];
