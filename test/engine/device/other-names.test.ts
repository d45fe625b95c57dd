/** A device that lists another name for a spouse than the item has; also one that a server of before never told of it. */
import { describe, expect, it } from 'vitest';
import { digest } from '../../../lib/pim/digest.ts';
import { Device } from '../../kit/device.ts';
import { linesOf } from '../receive/small-devices.ts';
import { watchedServer } from '../steps.ts';

const LISTED = ['BEGIN', 'END', 'VERSION', 'N', 'FN', 'TEL', 'X-SPOUSE'];
const card = (...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', 'N:Byron;Ada;;;', 'FN:Ada Byron', ...lines, 'END:VCARD', ''].join('\r\n');
const EVOLUTION = card('TEL:1', 'X-EVOLUTION-SPOUSE:Bob');

async function twoDevices() {
  const { server, writes } = await watchedServer();
  const evolution = new Device(server, { device: 'evolution' });
  const phone = new Device(server, { device: 'phone', properties: LISTED });
  evolution.add(EVOLUTION);
  evolution.add(card('TEL:9').replaceAll('Byron', 'King'));
  await evolution.sync();
  await phone.sync();
  const change = (from: string, to: string) => {
    const luid = phone.find('Byron');
    phone.replace(luid, phone.items.get(luid)?.replace(from, to) ?? '');
  };
  const onEvolution = async () => {
    await evolution.sync();
    return linesOf(evolution.items.get(evolution.find('Byron')) ?? '');
  };
  /** The phone's anchor as a server left it that sent properties under the item's names alone. */
  const asBefore = async () => {
    const row = writes.flatMap((write) =>
      write.op === 'put' && write.row.sk === 'A#contacts' && write.row.pk.includes('phone')
        ? [write.row]
        : [],
    );
    const limits = [...LISTED].sort().map(() => ({ values: [] }));
    const caps = digest(JSON.stringify(['vcard-3.0', limits])).slice(0, 8);
    for (const { attributes, ...last } of row.slice(-1))
      await server.store.transact([
        { op: 'put', row: { ...last, attributes: { ...attributes, caps } }, condition: 'any' },
      ]);
  };
  return { phone, change, onEvolution, asBefore };
}

describe('a spouse under a name that the device does not list', () => {
  it('comes under the name that it lists, and goes back under that of the item', async () => {
    const { phone, change, onEvolution } = await twoDevices();
    expect(linesOf(phone.items.get(phone.find('Byron')) ?? '')).toContain('X-SPOUSE:Bob');
    change(':Bob', ':Zoe');
    await phone.sync();
    expect(await onEvolution()).toContain('X-EVOLUTION-SPOUSE:Zoe');
    change('X-SPOUSE:Zoe\r\n', '');
    await phone.sync();
    expect((await onEvolution()).join()).not.toContain('SPOUSE');
  });

  it('that a server of before did not send is not deleted by the device, and reaches it', async () => {
    const { phone, change, onEvolution, asBefore } = await twoDevices();
    change('X-SPOUSE:Bob\r\n', '');
    await asBefore();
    change('TEL:1', 'TEL:2');
    const { received } = await phone.sync();
    expect(received).toEqual({ Add: 0, Replace: 1, Delete: 0 });
    expect(linesOf(phone.items.get(phone.find('Byron')) ?? '')).toContain('X-SPOUSE:Bob');
    expect(await onEvolution()).toEqual(expect.arrayContaining(['TEL:2', 'X-EVOLUTION-SPOUSE:Bob']));
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  });
});
