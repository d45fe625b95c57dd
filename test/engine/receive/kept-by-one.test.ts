/** An item that somebody deletes, and that a device with little room still has when it compares: it comes back whole. */
import { describe, expect, it } from 'vitest';
import type { DeviceOptions } from '../../kit/device.ts';
import { bodiesOf } from '../steps.ts';
import { ADA, card, devices, event, linesOf, OLD_CARDS, OLD_EVENTS, old, sorted } from './small-devices.ts';

const CARD = [...ADA, 'EMAIL:ada.of.lovelace@example.org', 'EMAIL:ada@example.org', 'TITLE:Countess'];
const EVENT = ['SUMMARY:Tea', 'DTSTART:20300304T090000Z', 'DTEND:20300304T100000Z', 'DESCRIPTION:with cake'];

/** The other device has deleted the item, and the phone still has it as `shown` when it compares. */
async function keptByPhone(small: DeviceOptions, item: string, shown: string) {
  const { server, full, phone } = await devices(small, small.datastore);
  full.add(item);
  await full.sync();
  await phone.sync();
  const [theirs = ''] = full.items.keys();
  const [own = ''] = phone.items.keys();
  full.delete(theirs);
  await full.sync();
  phone.items.set(own, shown);
  await phone.sync(201);
  return { server, full };
}

describe('a deleted item that a device with little room still has', () => {
  it.each([
    ['cut, with a value fewer', old('N:Byron;Ada', 'EMAIL:ada.of.lov', 'TITLE:Countess'), CARD],
    [
      'edited besides',
      old('N:Byron;Ada', 'EMAIL:ada.of.lov', 'TITLE:Countess of Lovelace'),
      [...CARD.slice(0, -1), 'TITLE:Countess of Lovelace'],
    ],
  ])('comes back whole: a contact, %s', async (_, shown, expected) => {
    const { server, full } = await keptByPhone(OLD_CARDS, card(...CARD), shown);
    expect((await bodiesOf(server)).map((body) => linesOf(body).sort())).toEqual([sorted(...expected)]);
    await full.sync();
    expect(full.contents.map((body) => linesOf(body).sort())).toEqual([sorted(...expected)]);
  });

  it('comes back whole: an appointment without its text', async () => {
    const options = { ...OLD_EVENTS, datastore: 'calendar' };
    const cut = event('1.0', ...EVENT.slice(0, -1));
    const { full } = await keptByPhone(options, event('2.0', ...EVENT), cut);
    await full.sync();
    expect(full.contents.map((body) => linesOf(body).sort())).toEqual([sorted(...EVENT)]);
  });

  it('is what the device says where the device deleted it itself, and uses the LUID again', async () => {
    const { server, full, phone } = await devices(OLD_CARDS);
    full.add(card(...CARD));
    await full.sync();
    await phone.sync();
    const [own = ''] = phone.items.keys();
    phone.delete(own);
    await phone.sync();
    phone.items.set(own, old('N:Babbage;Charles', 'EMAIL:c@example.org'));
    await phone.sync(201);
    const bodies = await bodiesOf(server);
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain('Babbage');
    expect(bodies[0]).not.toContain('Countess');
  });
});

it('a shorter value that a user adds stays beside the longer one that others added meanwhile', async () => {
  const { server, full, phone } = await devices(OLD_CARDS);
  full.add(card(...ADA, 'TITLE:Countess'));
  await full.sync();
  await phone.sync();
  const [theirs = ''] = full.items.keys();
  const [own = ''] = phone.items.keys();
  full.replace(theirs, card(...ADA, 'TITLE:Countess', 'EMAIL:jo@example.com.au'));
  await full.sync();
  phone.replace(own, old('N:Byron;Ada', 'TITLE:Countess', 'EMAIL:jo@example.com'));
  await phone.sync();
  const [body = ''] = await bodiesOf(server);
  expect(linesOf(body)).toEqual(expect.arrayContaining(['EMAIL:jo@example.com', 'EMAIL:jo@example.com.au']));
});
