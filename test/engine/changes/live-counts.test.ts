/** The head of the log counts the live items, whatever one message does to an item. */
import { expect, it } from 'vitest';
import { add, remove, replace, vcard } from '../../kit/drafts.ts';
import { headIn, itemsIn } from '../../kit/match-index.ts';
import { startServer } from '../../kit/server.ts';
import type { Draft } from '../../kit/session.ts';
import { begin, confirm, upload } from '../steps.ts';

const ada = (...lines: string[]) => vcard('Ada', ...lines);

const CASES: readonly (readonly [string, before: readonly Draft[], message: readonly Draft[]])[] = [
  ['an Add', [], [add('1', ada())]],
  ['an Add and a Replace', [], [add('1', ada()), replace('1', ada('TITLE:x'))]],
  ['an Add and a Delete', [], [add('1', ada()), remove('1')]],
  ['a Delete', [add('1', ada())], [remove('1')]],
  ['a Delete and an Add', [add('1', ada())], [remove('1'), add('1', ada('TITLE:x'))]],
  ['a Replace and a Delete', [add('1', ada())], [replace('1', ada('TITLE:x')), remove('1')]],
  ['an Add of what was deleted', [add('1', ada()), remove('1')], [add('1', ada())]],
  ['an Add and a Delete of what was deleted', [add('1', ada()), remove('1')], [add('1', ada()), remove('1')]],
];

it.each(CASES)('%s in one message', async (_, before, message) => {
  const server = await startServer();
  const { session } = await begin(server, { next: 'n1' });
  await upload(session, [add('other', vcard('Berta'))], { final: false });
  for (const change of before) await upload(session, [change], { final: false });
  await upload(session, message);
  await confirm(session);
  const live = (await itemsIn(server.store)).filter(({ content }) => content !== undefined);
  expect((await headIn(server.store))?.live).toBe(live.length);
});
