/** A client that packs several Items into one command. */
import type { Draft } from './session.ts';

type Change = Extract<Draft, { name: 'Add' | 'Replace' | 'Delete' }>;

const isChange = (draft: Draft | undefined): draft is Change =>
  draft?.name === 'Add' || draft?.name === 'Replace' || draft?.name === 'Delete';

/** A chunk, and the whole of an object that says its Size, have a command of their own. */
const isAlone = ({ meta, items }: Change): boolean =>
  meta?.size !== undefined || items.some((item) => 'moreData' in item && item.moreData === true);

/** Changes of one name and one content type that follow one another, `most` Items at most in a command. */
export function packed(drafts: readonly Draft[], most: number): Draft[] {
  const commands: Draft[] = [];
  for (const draft of drafts) {
    const last = commands.at(-1);
    const isSame =
      isChange(last) &&
      isChange(draft) &&
      last.name === draft.name &&
      last.meta?.type === draft.meta?.type &&
      ![last, draft].some(isAlone);
    if (isSame && last.items.length < most)
      commands[commands.length - 1] = { ...last, items: [...last.items, ...draft.items] } as Draft;
    else commands.push(draft);
  }
  return commands;
}
