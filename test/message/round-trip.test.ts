import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Element, element, type Namespace } from '../../lib/codec/tree.ts';
import type { Version } from '../../lib/message/model.ts';
import { inherit } from '../../lib/message/parse/inherit.ts';
import { MessageError, parseMessage } from '../../lib/message/parse/message.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import { messageOf } from './arbitrary-message.ts';

const versions: readonly Version[] = ['1.0', '1.1', '1.2'];

describe.each(versions)('messages of %s', (version) => {
  it('parse(serialize(m)) = m, with Meta handed down', () => {
    fc.assert(
      fc.property(messageOf(version), (message) => {
        const complete = { ...message, commands: message.commands.map((command) => inherit(command)) };
        expect(parseMessage(serializeMessage(message, version))).toEqual(complete);
      }),
    );
  });

  it('inheritance changes nothing the second time', () => {
    fc.assert(
      fc.property(messageOf(version), ({ commands }) => {
        const once = commands.map((command) => inherit(command));
        expect(once.map((command) => inherit(command))).toEqual(once);
      }),
    );
  });

  it('an older writer leaves out, it does not break', () => {
    fc.assert(
      fc.property(messageOf(version), (message) => {
        const commands = message.commands.filter((command) => !JSON.stringify(command).includes('"Move"'));
        const older = parseMessage(serializeMessage({ ...message, commands }, '1.0'));
        expect(older.commands.map((command) => command.name)).toEqual(
          commands.map((command) => command.name),
        );
      }),
    );
  });
});

const names = [
  ...['SyncML', 'SyncHdr', 'SyncBody', 'Sync', 'Add', 'Map', 'MapItem', 'Status', 'Item', 'Meta', 'Data'],
  ...[
    'Source',
    'Target',
    'LocURI',
    'SessionID',
    'CmdID',
    'DevInf',
    'DataStore',
    'CTCap',
    'CTType',
    'PropName',
  ],
  ...[
    'Property',
    'PropParam',
    'ParamName',
    'ValEnum',
    'Filter',
    'Field',
    'Record',
    'Cred',
    'Chal',
    'Anchor',
    'X',
  ],
];
const { tree } = fc.letrec<{ tree: Element }>((tie) => ({
  tree: fc
    .record({
      space: fc.constantFrom<Namespace>('syncml', 'metinf', 'devinf'),
      name: fc.constantFrom(...names),
      children: fc.array(
        fc.oneof({ depthSize: 'small' }, fc.string(), fc.uint8Array({ maxLength: 4 }), tie('tree')),
        { maxLength: 6 },
      ),
    })
    .map((shape) => element(shape.space, shape.name, shape.children)),
}));

it('any tree behind a good header is a message, any other a MessageError', () => {
  const header = element('syncml', 'SyncHdr', [
    element('syncml', 'SessionID', ['1']),
    element('syncml', 'Source', [element('syncml', 'LocURI', ['d'])]),
  ]);
  fc.assert(
    fc.property(fc.array(tree), (commands) => {
      const root = element('syncml', 'SyncML', [header, element('syncml', 'SyncBody', commands)]);
      expect(parseMessage(root).commands.length).toBe(commands.length);
    }),
  );
  fc.assert(
    fc.property(tree, (root) => {
      try {
        expect(parseMessage(root).header.sessionId).not.toBe('');
      } catch (error) {
        expect(error).toBeInstanceOf(MessageError);
      }
    }),
  );
});
