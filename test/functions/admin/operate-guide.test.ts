/** The commands of docs/operate.md, in its order. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runAdmin } from '../../../functions/cli/admin/program.ts';
import { openStore } from '../../../functions/open-store.ts';

const GUIDE = join(import.meta.dirname, '..', '..', '..', 'docs', 'operate.md');
const data = mkdtempSync(join(tmpdir(), 'syncml-operate-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** The words of each command, quoted ones as one. */
const commands = [...readFileSync(GUIDE, 'utf8').matchAll(/^npm run admin -- (.*)$/gm)].map(([, line = '']) =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? ''),
);

it('do what it says', async () => {
  const { store } = await openStore({ store: 'sqlite', data });
  await store.close();
  const printed: string[] = [];
  let id = '';
  for (const words of commands) {
    const args = [...words.map((word) => (word === 'ID' ? id : word)), '--data', data];
    await runAdmin(args, { print: (text) => printed.push(text), ask: async () => 'y' });
    id = /^id +(\S+)$/m.exec(printed.at(-1) ?? '')?.[1] ?? id;
  }
  const said = printed.join(' ');
  expect(commands).toHaveLength(10);
  for (const text of [
    "Anna's phone",
    'opens nothing any more',
    'forgotten',
    'Nobody comes in',
    'come in again',
  ])
    expect(said).toContain(text);
});
