/** What happens to a user's items, by the commands of `items`, on any store. */
import { expect } from 'vitest';
import { runAdmin } from '../../../functions/cli/admin/program.ts';
import type { Store } from '../../../lib/store/port/port.ts';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';

/** `target`: the options that name the store. */
export async function tellItems(store: Store, target: readonly string[]): Promise<void> {
  const server = await startServer({ store });
  server.time = Date.now();
  const admin = async (...words: string[]): Promise<string> => {
    const printed: string[] = [];
    await runAdmin([...words, ...target], { print: (text) => printed.push(text) });
    return printed.join('\n');
  };
  const phone = new Device(server);
  phone.add(vcard('李小龍'));
  phone.add(vcard('Berta'));
  await phone.sync();
  expect(await admin('items', 'list', 'anna')).toMatch(/contacts.*d:phone-1 +李小龍/);
  phone.delete(phone.find('FN:Berta\r'));
  await phone.sync();
  const [deleted] = JSON.parse(await admin('items', 'list', 'anna', '--deleted', '--json'));
  expect(deleted).toMatchObject({ name: 'Berta', by: 'd:phone-1', deleted: true });
  const named = ['anna', 'contacts', deleted.guid];
  expect(await admin('items', 'show', ...named)).toMatch(/^deleted .* by d:phone-1[\s\S]*FN:Berta/);
  expect(await admin('items', 'versions', ...named)).toMatch(/deleted.*d:phone-1 +Berta/);
  await expect(admin('items', 'restore', ...named)).rejects.toThrow('Say --yes');
  expect(await admin('items', 'restore', ...named, '--yes')).toContain('1 brought back');
  expect(await admin('items', 'list', 'anna', '--deleted')).toBe('None.');
  await phone.sync();
  expect([...phone.items.values()].some((text) => text.includes('FN:Berta'))).toBe(true);
  await expect(admin('items', 'show', 'anna', 'contacts', 'nothing')).rejects.toThrow('items list anna');
  await expect(admin('items', 'restore', 'anna', '--session', '1')).rejects.toThrow('needs --device');
}
