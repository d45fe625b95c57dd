/** Bugs in how a message is written as bytes, and read from them. */
import type * as Bytes from '../../../../lib/codec/wbxml/bytes.ts';
import type * as XmlText from '../../../../lib/codec/xml/text.ts';
import type * as Measure from '../../../../lib/message/serialize/measure.ts';
import { type Bug, plant } from '../bug.ts';
import { life, PLAIN, story } from '../tells.ts';

const layer = 'codec';
const BYTES = 'lib/codec/wbxml/bytes.ts';
const XML_TEXT = 'lib/codec/xml/text.ts';
const longTexts = story({ ...PLAIN, parts: true, rich: false });

export const CODEC_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell: longTexts, seeds: [3] },
    name: 'WBXML: a length of three octets loses the first one',
    plants: [
      plant<typeof Bytes>(BYTES, ({ ByteWriter }) => ({
        ByteWriter: class extends ByteWriter {
          override integer(value: number): void {
            super.integer(value % 16_384);
          }
        },
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'WBXML: texts beyond ASCII are read as Latin-1',
    plants: [
      plant<typeof Bytes>(BYTES, ({ ByteReader }) => ({
        ByteReader: class extends ByteReader {
          override string(_: string): string {
            return Buffer.from(this.terminated()).toString('latin1');
          }
        },
      })),
    ],
  },
  {
    ...{ layer, tell: longTexts, seeds: [0] },
    name: 'XML: line ends are read without their CR',
    plants: [plant<typeof XmlText>(XML_TEXT, () => ({ markReturns: (text) => text }))],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'XML: CDATA ends at the first end mark in its text',
    plants: [plant<typeof XmlText>(XML_TEXT, () => ({ cdata: (text) => `<![CDATA[${text}]]>` }))],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'the frame of a command is not counted in its size, so that messages are larger than the client takes',
    plants: [
      plant<typeof Measure>('lib/message/serialize/measure.ts', ({ commandSize }) => ({
        commandSize: (...of) => Math.max(commandSize(...of) - 100, 1),
      })),
    ],
  },
];
