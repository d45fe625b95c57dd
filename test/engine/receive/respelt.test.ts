/** A complete sync of a program that spells in its own way, and changes nothing. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { startServer } from '../../kit/server.ts';
import { importAgain, NOTHING } from './copies.ts';

const card = (...lines: readonly string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', 'N:Byron;Ada;;;', 'FN:Ada Byron', ...lines, 'END:VCARD', ''].join('\r\n');

/** Two devices that hold a contact, the second one in its own spelling. */
async function holders(told: string, spelt: string): Promise<{ full: Device; speller: Device }> {
  const server = await startServer();
  const full = new Device(server, { device: 'full' });
  const speller = new Device(server, { device: 'speller', keeps: (data) => data.replace(told, spelt) });
  full.add(card(told));
  await full.sync();
  await speller.sync();
  return { full, speller };
}

describe.each([
  ['a type that says nothing', 'TEL;TYPE=CELL:+491701234567', 'TEL;TYPE=CELL,VOICE:+491701234567'],
  ['a number with blanks', 'TEL;TYPE=CELL:+491701234567', 'TEL;TYPE=CELL:+49 170 1234567'],
  ['a mailbox as a link', 'EMAIL:ada@example.com', 'EMAIL:mailto:ada@example.com'],
  ['categories in another order', 'CATEGORIES:a,b', 'CATEGORIES:b,a'],
  ['what is usual', 'NOTE:n', 'NOTE:n\r\nCLASS:PUBLIC'],
])('%s', (_, told, spelt) => {
  it.each([201, 203])('is no change of the item in a sync %i', async (code) => {
    const { full, speller } = await holders(told, spelt);
    expect(speller.contents[0]).toContain(spelt);
    await speller.sync(code);
    expect((await full.sync()).received).toEqual(NOTHING);
    expect((await speller.sync()).received).toEqual(NOTHING);
  });

  it('makes no double of what the device imports beside itself', async () => {
    const { full, speller } = await holders(told, spelt);
    importAgain(speller);
    await speller.sync();
    expect((await full.sync()).received).toEqual(NOTHING);
    full.replace(full.find('Byron'), card(told, 'TITLE:Countess'));
    await full.sync();
    expect((await speller.sync()).received).toEqual({ ...NOTHING, Replace: 2 });
  });

  it('does not stand against a deletion', async () => {
    const { full, speller } = await holders(told, spelt);
    full.delete(full.find('Byron'));
    await speller.sync(201);
    await full.sync();
    await speller.sync();
    expect([full.contents, speller.contents]).toEqual([[], []]);
  });
});

it('a number that is another one is a change', async () => {
  const server = await startServer();
  const full = new Device(server, { device: 'full' });
  const phone = new Device(server, { device: 'phone' });
  full.add(card('TEL;TYPE=CELL:+491701234567'));
  await full.sync();
  await phone.sync();
  phone.replace(phone.find('Byron'), card('TEL;TYPE=CELL,VOICE:+491701234568'));
  await phone.sync(201);
  await full.sync();
  expect(full.contents.join()).toContain('+491701234568');
});

it.each([201, 203])("Outlook's colour for notes is no change of a note in a sync %i", async (code) => {
  const server = await startServer();
  const phone = new Device(server, { device: 'phone', datastore: 'notes', type: 'text/plain' });
  const note = '<note><Subject>Milk</Subject><Body>Milk\r\nbread</Body><Color>3</Color></note>';
  const outlook = new Device(server, {
    ...{ device: 'outlook', datastore: 'notes', type: 'text/x-s4j-sifn' },
    keeps: () => note,
  });
  phone.add('Milk\nbread');
  await phone.sync();
  await outlook.sync();
  await outlook.sync(code);
  expect((await phone.sync()).received).toEqual(NOTHING);
  importAgain(outlook);
  await outlook.sync();
  expect((await phone.sync()).received).toEqual(NOTHING);
  phone.delete(phone.find('Milk'));
  await phone.sync();
  await outlook.sync();
  expect(outlook.contents).toEqual([]);
});
