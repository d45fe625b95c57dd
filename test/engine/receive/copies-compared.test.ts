/** A device that holds an item under two LUIDs compares all that it has. */
import { describe, expect, it } from 'vitest';
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { bodiesOf } from '../steps.ts';
import { heldBy, importAgain, NOTHING, pairWith } from './copies.ts';

const ADA = vcard('Ada', 'TEL;TYPE=CELL:+491701', 'TITLE:Countess', 'X-ODD:1', 'NOTE:n');
const CHANGED = ADA.replace('NOTE:n', 'NOTE:m');
const VIEWS: readonly (readonly [what: string, options: DeviceOptions])[] = [
  ['everything', {}],
  ['what it lists', { properties: ['N', 'FN', 'TEL', 'NOTE'] }],
  ['a vCard 2.1', { type: 'text/x-vcard' }],
  ['a SIF contact', { type: 'text/x-s4j-sifc' }],
];

/** A laptop brought Ada. A device with these options got her, and imported her again. */
async function twice(options: DeviceOptions) {
  const { server, laptop } = await pairWith([ADA]);
  const device = new Device(server, { device: 'other', ...options });
  await device.sync();
  importAgain(device);
  await device.sync();
  return { server, laptop, device };
}

describe.each(VIEWS)('two copies, of which the device holds %s,', (_, options) => {
  it.each([201, 203])('are two copies of one item also after two comparisons (%i)', async (code) => {
    const { server, laptop, device } = await twice(options);
    for (let n = 0; n < 2; n += 1) {
      expect((await device.sync(code)).received).toEqual(NOTHING);
      expect((await laptop.sync()).received).toEqual(NOTHING);
    }
    expect(await heldBy(server, 'other')).toEqual({ Ada: ['L1', 'L2'] });
    expect(await bodiesOf(server)).toEqual([ADA]);
  });

  it('both get what others changed', async () => {
    const { server, laptop, device } = await twice(options);
    laptop.replace('L1', CHANGED);
    await laptop.sync();
    expect((await device.sync(201)).received).toEqual({ ...NOTHING, Replace: 2 });
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect(await heldBy(server, 'other')).toEqual({ Ada: ['L1', 'L2'] });
    expect(await bodiesOf(server)).toEqual([CHANGED]);
  });
});

describe('two copies, of which the device holds what it lists,', () => {
  const listed: DeviceOptions = { properties: ['N', 'FN', 'TEL'] };

  it('both get what the list has got meanwhile', async () => {
    const { laptop, device } = await twice(listed);
    device.options = { ...device.options, properties: ['N', 'FN', 'TEL', 'NOTE'] };
    expect((await device.sync(201)).received).toEqual({ ...NOTHING, Replace: 2 });
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect(device.contents.map((card) => card.includes('NOTE:n'))).toEqual([true, true]);
  });

  it.each(['L1', 'L2'])('are two items where %s was changed', async (luid) => {
    const { server, laptop, device } = await twice(listed);
    device.replace(luid, (device.items.get(luid) ?? '').replace('+491701', '+491705'));
    await device.sync(201);
    await laptop.sync();
    expect(laptop.contents.map((card) => /TEL.*:(.*)/.exec(card)?.[1])).toEqual(['+491701', '+491705']);
    expect(await bodiesOf(server)).toEqual(laptop.contents);
  });
});
