/** Changes of items whose texts lie in part rows: the texts that one message is merged with are limited. */
import { describe, expect, it } from 'vitest';
import { MERGED_TEXTS } from '../../../lib/engine/model/limits.ts';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer, USER } from '../../kit/server.ts';
import { liveItems } from '../steps.ts';

describe('a message that changes many large items', () => {
  it('changes as many as it can be merged with; the others are changed by the next session', async () => {
    const server = await startServer();
    const size = 2_500_000;
    // A line of the stored text has 75 bytes, two for its end, and a blank before the next one.
    const count = Math.floor(MERGED_TEXTS / (size * 1.04)) + 2;
    for (let n = 0; n < count; n += 1)
      await server.crm({
        ...{ user: USER, datastore: 'contacts', record: `r${n}`, op: 'upsert' },
        body: vcard(`P${n}.`, `NOTE:${'x'.repeat(size)}`),
      });
    const device = new Device(server, {
      device: 'phone',
      maxObjSize: 3_000_000,
      properties: ['N', 'FN', 'TEL'],
    });
    await device.sync();
    expect(device.contents).toHaveLength(count);
    const changed = async () => {
      const items = await liveItems(server);
      return items.filter(({ content }) => content?.storedText.includes('TEL:1')).length;
    };
    const sayFrom = async (first: number) => {
      for (let n = first; n < count; n += 1) device.replace(device.find(`P${n}.`), vcard(`P${n}.`, 'TEL:1'));
      await device.sync();
    };
    await sayFrom(0);
    expect(await changed()).toBe(count - 2);
    // What was refused comes again.
    await sayFrom(count - 2);
    expect(await changed()).toBe(count);
    const notes = (await liveItems(server)).filter(({ content }) => (content?.size ?? 0) > size);
    expect(notes).toHaveLength(count);
  }, 60_000);
});
