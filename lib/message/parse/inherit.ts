/**
 * Meta inheritance [RP12 6.3.3]: containers to the commands in them, commands to their Items.
 *
 * Owns: which members of Meta are inherited. Must not know: elements, wires, how a Meta is used.
 */
import type { Command, MessageItem, Meta } from '../model.ts';

/**
 * The inherited part of a container's Meta: Type and Format. Mem, Anchor and sizes are about the container itself.
 */
function typing(meta: Meta | undefined): Meta {
  return {
    ...(meta?.format === undefined ? {} : { format: meta.format }),
    ...(meta?.type === undefined ? {} : { type: meta.type }),
  };
}

/** The two Metas together. A member of the inner one wins (C30). */
function merged(outer: Meta, own: Meta | undefined): { readonly meta?: Meta } {
  const meta = { ...outer, ...own };
  return Object.keys(meta).length === 0 ? {} : { meta };
}

const inheritItem = (item: MessageItem, meta: Meta | undefined): MessageItem => ({
  ...item,
  ...merged(meta ?? {}, item.meta),
});

/** The command with complete Meta in its items and in the commands inside it. To repeat it changes nothing. */
export function inherit<C extends Command>(command: C, outer?: Meta): C;
export function inherit(command: Command, outer?: Meta): Command {
  switch (command.name) {
    case 'Status':
    case 'Map':
      return command;
    case 'Sync':
    case 'Atomic':
    case 'Sequence': {
      const own = merged(typing(outer), command.meta);
      return { ...command, ...own, commands: command.commands.map((inner) => inherit(inner, own.meta)) };
    }
    default: {
      const own = merged(typing(outer), command.meta);
      return { ...command, ...own, items: command.items.map((item) => inheritItem(item, own.meta)) };
    }
  }
}
