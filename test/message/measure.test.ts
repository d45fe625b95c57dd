import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode } from '../../lib/codec/codec.ts';
import type { Message, Version, Wire } from '../../lib/message/model.ts';
import { commandSize, headerSize } from '../../lib/message/serialize/measure.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import { messageOf } from './arbitrary-message.ts';

const cases = (['xml', 'wbxml'] as const).flatMap((wire) =>
  (['1.0', '1.1', '1.2'] as const).map((version): [Wire, Version] => [wire, version]),
);

const encoded = (message: Message, wire: Wire, version: Version) =>
  encode(serializeMessage(message, version), wire, version).length;

describe.each(cases)('sizes on %s in %s', (wire, version) => {
  it('header plus commands is never less than the message', () => {
    fc.assert(
      fc.property(messageOf(version), (message) => {
        const sum = message.commands.reduce(
          (bytes, command) => bytes + commandSize(command, wire, version),
          headerSize(message.header, wire, version),
        );
        expect(sum).toBeGreaterThanOrEqual(encoded(message, wire, version));
      }),
      { numRuns: 50 },
    );
  });

  it('the header of an empty last message is exact', () => {
    fc.assert(
      fc.property(messageOf(version), ({ header }) => {
        const empty: Message = { header, commands: [], final: true };
        expect(headerSize(header, wire, version)).toBe(encoded(empty, wire, version));
      }),
      { numRuns: 20 },
    );
  });

  it('a command costs little more than it adds', () => {
    const header = {
      verDTD: version,
      verProto: `SyncML/${version}`,
      sessionId: '1',
      msgId: 1,
      target: { uri: 't' },
      source: { uri: 's' },
    };
    const items = [{ source: { uri: '1' }, meta: { type: 'text/plain' }, data: 'x'.repeat(500) }];
    const message: Message = { header, commands: [{ name: 'Add', cmdId: '1', items }], final: true };
    const added = encoded(message, wire, version) - headerSize(header, wire, version);
    const size = commandSize({ name: 'Add', cmdId: '1', items }, wire, version);
    expect(size).toBeGreaterThanOrEqual(added);
    expect(size).toBeLessThan(added + 60);
  });
});
