import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../lib/message/parse/command.ts';
import { inherit } from '../../lib/message/parse/inherit.ts';
import { serializeCommand } from '../../lib/message/serialize/message.ts';
import { goldens } from './goldens.ts';
import { markup } from './markup.ts';

describe.each(goldens)('$what in $version', (golden) => {
  it('is written in the order of the DTD (Q03)', () => {
    expect(serializeCommand(golden.command, golden.version)).toEqual(markup(golden.markup));
  });
  it('is read back', () => {
    expect(inherit(parseCommand(markup(golden.markup)))).toEqual(golden.command);
  });
});
