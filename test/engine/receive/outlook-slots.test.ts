/** Outlook beside a phone: more numbers than it has fields for their kinds, through any kind of sync. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { linesOf } from './small-devices.ts';

const SIF = 'text/x-s4j-sifc';
const ADA = [
  'N:Byron;Ada;;;',
  'FN:Ada Byron',
  'TEL;TYPE=CELL:1',
  'TEL;TYPE=CELL:2',
  'TEL;TYPE=WORK:3',
  'TEL;TYPE=WORK:4',
  'TEL;TYPE=WORK:5',
];
const cardOf = (...lines: readonly string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');

/** Outlook writes all its fields, as it gets them. */
const outlookNamed = (server: TestServer, device: string) =>
  new Device(server, { device, type: SIF, keeps: (data) => Buffer.from(data, 'base64').toString('utf8') });

/** A phone that added this contact, and Outlook that got it. */
async function phoneAndOutlook(...lines: readonly string[]) {
  const server = await startServer();
  const phone = new Device(server, { device: 'phone' });
  const outlook = outlookNamed(server, 'outlook');
  phone.add(cardOf(...lines));
  await phone.sync();
  await outlook.sync();
  const edit = (from: string, to: string): void => {
    const luid = outlook.find('Byron');
    outlook.replace(luid, outlook.items.get(luid)?.replace(from, to) ?? '');
  };
  const onPhone = async (): Promise<string[]> => {
    await phone.sync();
    return linesOf(phone.contents[0] ?? '').sort();
  };
  return { server, phone, outlook, edit, onPhone };
}
const but = (from: string, ...to: string[]): string[] =>
  [...ADA.filter((line) => line !== from), ...to].sort();

describe('Outlook shows all numbers', () => {
  it.each([200, 201])('and what it sends back of them is as it was, in a sync of kind %i', async (code) => {
    const { phone, outlook, edit, onPhone } = await phoneAndOutlook(...ADA);
    for (const number of ['1', '2', '3', '4', '5']) expect(outlook.contents[0]).toContain(`>${number}<`);
    edit('></Body', '>chess</Body');
    await outlook.sync(code);
    expect(await onPhone()).toEqual(but('', 'NOTE:chess'));
    edit('>5<', '>55<');
    await outlook.sync(code);
    expect(await onPhone()).toContain('TEL;TYPE=WORK:55');
    edit('>55<', '><');
    await outlook.sync(code);
    expect(await onPhone()).not.toContain('TEL;TYPE=WORK:55');
    expect(phone.items.size).toBe(1);
  });

  it('and doubles none of them in ten rounds of both', async () => {
    const { phone, outlook, edit } = await phoneAndOutlook(...ADA);
    for (let round = 0; round < 10; round += 1) {
      edit(round === 0 ? '>5<' : `>5${round - 1}<`, `>5${round}<`);
      await outlook.sync(round % 2 === 0 ? 200 : 201);
      await phone.sync();
      const luid = phone.find('Byron');
      phone.replace(luid, phone.items.get(luid)?.replace(/:4\d*\r/, `:4${round}\r`) ?? '');
      await phone.sync(round % 3 === 0 ? 201 : 200);
      await outlook.sync();
    }
    expect(linesOf(phone.contents[0] ?? '').sort()).toEqual(
      [...ADA.slice(0, 5), 'TEL;TYPE=WORK:49', 'TEL;TYPE=WORK:59'].sort(),
    );
    expect(outlook.contents[0]?.match(/Telephone\w+>\d/g)).toHaveLength(5);
    expect([phone.items.size, outlook.items.size]).toEqual([1, 1]);
  });

  it('and doubles none where its copy is new to the server', async () => {
    const { server, outlook, onPhone } = await phoneAndOutlook(...ADA);
    const other = outlookNamed(server, 'other');
    other.add(outlook.contents[0] ?? '');
    await other.sync();
    expect(await onPhone()).toEqual([...ADA].sort());
    expect(other.items.size).toBe(1);
  });
});

describe('a number that the user of Outlook deletes', () => {
  it('is deleted, although Outlook never sent one in this field: it names the field', async () => {
    const { server } = await phoneAndOutlook(...ADA);
    const outlook = outlookNamed(server, 'second');
    await outlook.sync();
    const luid = outlook.find('Byron');
    outlook.replace(luid, outlook.items.get(luid)?.replace('>5<', '><') ?? '');
    await outlook.sync();
    const reader = new Device(server, { device: 'reader' });
    await reader.sync();
    expect(linesOf(reader.contents[0] ?? '').sort()).toEqual(but('TEL;TYPE=WORK:5'));
  });

  it('is deleted on Outlook when the phone deletes it: the field comes, and is empty', async () => {
    const { phone, outlook } = await phoneAndOutlook(...ADA);
    const luid = phone.find('Byron');
    phone.replace(luid, cardOf(...but('TEL;TYPE=WORK:5')));
    await phone.sync();
    await outlook.sync();
    expect(outlook.contents[0]).toContain('<PrimaryTelephoneNumber></Pr');
    expect(outlook.contents[0]).not.toContain('>5<');
  });
});

describe("Evolution's and Apple's names", () => {
  const PEOPLE = [
    'X-EVOLUTION-SPOUSE:Bobby',
    'item1.X-ABRELATEDNAMES:Maximilian',
    'item1.X-ABLABEL:_$!<Manager>!$_',
  ];

  it.each([200, 201])(
    'reach Outlook, which changes and deletes under them, in a sync of kind %i',
    async (code) => {
      const { outlook, edit, onPhone } = await phoneAndOutlook(...ADA, ...PEOPLE);
      expect(outlook.contents[0]).toContain('<Spouse>Bobby</Spouse>');
      edit('>Bobby<', '>Robert<');
      edit('>Maximilian<', '>Moritz<');
      await outlook.sync(code);
      const people = ['X-EVOLUTION-SPOUSE:Robert', 'item1.X-ABRELATEDNAMES:Moritz', PEOPLE[2] ?? ''];
      expect(await onPhone()).toEqual(but('', ...people));
      edit('>Robert<', '><');
      edit('>Moritz<', '><');
      await outlook.sync(code);
      expect(await onPhone()).toEqual(but(''));
    },
  );

  it('of one name for several people each is deleted by itself', async () => {
    const person = (at: number, name: string, label: string) => [
      `item${at}.X-ABRELATEDNAMES:${name}`,
      `item${at}.X-ABLABEL:_$!<${label}>!$_`,
    ];
    const [bob, max, kim] = [
      person(1, 'Bob', 'Spouse'),
      person(2, 'Max', 'Manager'),
      person(3, 'Kim', 'Child'),
    ];
    const { outlook, edit, onPhone } = await phoneAndOutlook(...ADA, ...bob, ...max, ...kim);
    edit('>Max<', '><');
    await outlook.sync();
    expect(await onPhone()).toEqual(but('', ...bob, ...kim));
    edit('>Bob<', '><');
    await outlook.sync();
    expect(await onPhone()).toEqual(but('', ...kim));
  });
});
