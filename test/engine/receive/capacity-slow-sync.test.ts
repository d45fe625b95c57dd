/** Where more of an item comes back than its user left, the device is told: in a complete sync, too. */
import { describe, expect, it } from 'vitest';
import { Suspended } from '../../kit/handset.ts';
import { ADA, card, devices, linesOf, sorted } from './small-devices.ts';

interface Case {
  /** What the phone sends first: by that it shows its room. */
  readonly shown: readonly string[];
  /** What it gets, and what its user makes of that. */
  readonly item: readonly string[];
  readonly edit: readonly string[];
}

/** What the two devices have of the item after the phone sent the edit in a sync by `alert`. */
async function afterEdit(alert: number, { shown, item, edit }: Case) {
  const { phone, full } = await devices({});
  const find = (all: readonly string[]) => linesOf(all.find((body) => body.includes('Byron')) ?? '').sort();
  phone.add(card('N:Zed;Zoe;;;', 'FN:Zoe Zed', ...shown));
  await phone.sync();
  full.add(card(...ADA, ...item));
  await full.sync();
  await phone.sync();
  expect(find(phone.contents)).toEqual(sorted(...ADA, ...item));
  phone.replace(phone.find('Byron'), card(...ADA, ...edit));
  await phone.sync(alert);
  await phone.sync();
  await full.sync();
  return { full: find(full.contents), phone: find(phone.contents) };
}

const LONG = 'Born in London and lived in Marylebone and in Ockham';

describe.each([200, 201, 203])('D19: what comes back in a sync %i is sent to the device', (alert) => {
  it.each([
    [
      'a value in the place of a deleted one',
      { shown: ['TEL:9'], item: ['TEL:1', 'TEL:2'], edit: [] },
      ['TEL:2'],
    ],
    [
      'a value beside a changed one',
      { shown: ['TEL:9'], item: ['TEL:1', 'TEL:2'], edit: ['TEL:3'] },
      ['TEL:2', 'TEL:3'],
    ],
    [
      'a value where another property was changed',
      { shown: ['TEL:9'], item: ['TEL:1', 'TEL:2'], edit: ['TEL:1', 'TITLE:Countess'] },
      ['TEL:1', 'TEL:2', 'TITLE:Countess'],
    ],
    [
      'an entry of a list',
      { shown: ['CATEGORIES:z'], item: ['CATEGORIES:a,b,c'], edit: ['CATEGORIES:d'] },
      ['CATEGORIES:b,c,d'],
    ],
    [
      'the end of a text',
      { shown: ['NOTE:n'], item: [`NOTE:${LONG}`], edit: [`NOTE:Bred${LONG.slice(4, 24)}`] },
      [`NOTE:Bred${LONG.slice(4)}`],
    ],
  ] as const)('%s', async (_, edit, lines) => {
    const result = sorted(...ADA, ...lines);
    expect(await afterEdit(alert, edit)).toEqual({ full: result, phone: result });
  });
});

describe('D19: a complete sync', () => {
  it.each([200, 201])(
    'sends a device that has no room for all of an item the item once, after an edit in a sync %i',
    async (alert) => {
      const keeps = (body: string) => body.replace(/(TEL:\d+\r\n)(?:TEL:\d+\r\n)+/, '$1');
      const { phone, full } = await devices({ keeps });
      phone.add(card('N:Zed;Zoe;;;', 'FN:Zoe Zed', 'TEL:9'));
      full.add(card(...ADA, 'TEL:1', 'TEL:2'));
      for (const device of [phone, full, phone]) await device.sync();
      expect((await phone.sync(201)).received.Replace).toBe(0);
      phone.replace(phone.find('Byron'), card(...ADA, 'TEL:1', 'TITLE:Countess'));
      expect((await phone.sync(alert)).received.Replace).toBe(1);
      expect((await phone.sync(201)).received.Replace).toBe(0);
      await full.sync();
      const result = linesOf(full.items.get(full.find('Byron')) ?? '');
      expect(result.sort()).toEqual(sorted(...ADA, 'TEL:1', 'TEL:2', 'TITLE:Countess'));
    },
  );

  it.each<[string, (body: string) => string, string[], string[]]>([
    [
      'a value that it cut',
      (body) => body.replace(/(EMAIL:.{9}).*/, '$1'),
      ['EMAIL:ada@example.com'],
      ['EMAIL:byron@example.org'],
    ],
    [
      'the one value for which it had room',
      (body) => body.replace(/(TEL:\d+\r\n)(?:TEL:\d+\r\n)+/, '$1'),
      ['TEL:1', 'TEL:2'],
      ['TEL:3', 'TEL:2'],
    ],
  ])('takes nothing from a copy that its user did not change: %s', async (_, keeps, before, after) => {
    const { phone, full } = await devices({ keeps });
    full.add(card(...ADA, ...before));
    for (const device of [phone, full]) await device.sync();
    phone.suspendAt = 2;
    await expect(phone.sync()).rejects.toThrow(Suspended);
    expect(phone.contents).toHaveLength(1);
    full.replace(full.find('Byron'), card(...ADA, ...after));
    await full.sync();
    await phone.sync(201);
    for (const device of [full, phone]) await device.sync();
    expect(linesOf(full.contents[0] ?? '').sort()).toEqual(sorted(...ADA, ...after));
    expect(linesOf(phone.contents[0] ?? '').sort()).toEqual(linesOf(keeps(card(...ADA, ...after))).sort());
  });

  it('takes what the user changed of a copy for which there was not all the room', async () => {
    const keeps = (body: string) => body.replace(/(TEL:\d+\r\n)(?:TEL:\d+\r\n)+/, '$1');
    const { phone, full } = await devices({ keeps });
    full.add(card(...ADA, 'TEL:1', 'TEL:2'));
    for (const device of [phone, full]) await device.sync();
    phone.suspendAt = 2;
    await expect(phone.sync()).rejects.toThrow(Suspended);
    full.replace(full.find('Byron'), card(...ADA, 'TEL:1', 'TEL:2', 'TITLE:Countess'));
    await full.sync();
    phone.replace(phone.find('Byron'), card(...ADA, 'TEL:7'));
    await phone.sync(201);
    for (const device of [full, phone]) await device.sync();
    expect(linesOf(full.contents[0] ?? '')).toEqual(expect.arrayContaining(['TEL:7', 'TITLE:Countess']));
  });
});
