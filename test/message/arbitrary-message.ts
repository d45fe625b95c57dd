/** Generated messages that a version can say in full. */
import fc from 'fast-check';
import type { Message, Version } from '../../lib/message/model.ts';
import { commandOf } from './arbitrary-command.ts';
import { credOf, metaOf, on, source } from './arbitrary-item.ts';
import { number, sparse, word } from './arbitrary-text.ts';

export function messageOf(version: Version): fc.Arbitrary<Message> {
  const header = sparse(
    {
      verDTD: fc.constant(version as string),
      verProto: fc.constant(`SyncML/${version}`),
      sessionId: word,
      target: source,
      source,
    },
    { msgId: number, respURI: word, noResp: on, cred: credOf(version), meta: metaOf(version) },
  );
  return fc.record(
    { header, commands: fc.array(commandOf(version), { maxLength: 4 }), final: fc.boolean() },
    { noNullPrototype: true },
  );
}
