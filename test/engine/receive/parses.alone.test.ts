/** How often the text of an item is parsed and written: it is a value inside, and text at the edges only. */
import { describe, expect, it } from 'vitest';
import { isSif } from '../../../lib/pim/formats/sif/items.ts';
import { type Calls, countCalls } from '../../kit/calls.ts';
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { begin } from '../steps.ts';
import { addCodes, chunks, large, sendEach } from './large.ts';

const CARD = vcard('Ada', 'TEL:+49 170 1234567', 'EMAIL:ada@example.com', 'TITLE:Dr.', 'NOTE:first');
const EVENT = [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Laptop//EN'],
  ...['BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20300101T000000Z', 'SUMMARY:Dr. 1234567'],
  ...['DTSTART;TZID=Europe/Berlin:20300302T100000', 'DTEND;TZID=Europe/Berlin:20300302T110000'],
  ...['RRULE:FREQ=WEEKLY', 'LOCATION:first', 'END:VEVENT', 'END:VCALENDAR', ''],
].join('\r\n');

const inText = (type: string, text: string, edit: (text: string) => string): string =>
  isSif(type) ? Buffer.from(edit(Buffer.from(text, 'base64').toString())).toString('base64') : edit(text);

/** A device replaces an item that it has; `contested`: and so did another one before. */
async function replaced(
  options: DeviceOptions,
  contested: boolean,
): Promise<{ calls: Calls; code: unknown }> {
  const { type = 'text/vcard', datastore = 'contacts' } = options;
  const server = await startServer();
  const phone = new Device(server, { ...options, device: 'phone' });
  const laptop = new Device(server, {
    device: 'laptop',
    datastore,
    type: datastore === 'contacts' ? 'text/vcard' : 'text/calendar',
  });
  laptop.add(datastore === 'contacts' ? CARD : EVENT);
  await laptop.sync();
  await phone.sync();
  await phone.sync();
  if (contested) {
    laptop.replace(laptop.find('first'), laptop.contents.join().replace('first', 'second'));
    await laptop.sync();
  }
  const [[luid, text] = ['', '']] = phone.items;
  phone.replace(
    luid,
    inText(type, text, (own) => own.replace('1234567', '7654321')),
  );
  let code: unknown;
  const calls = await countCalls(async () => {
    code = (await phone.sync()).codes.get(luid);
  });
  return { calls, code };
}

/**
 * Parsed: what came, the item, and in a conflict what the device had of it. Written: what came; in a conflict what became of
 * it, and its form for the device where that is another one.
 */
describe('how often the text of an item is parsed and written for a Replace', () => {
  const calendar = { datastore: 'calendar' };
  const cases: readonly (readonly [DeviceOptions, alone: Calls, contested: Calls])[] = [
    [{ type: 'text/vcard' }, { parses: 2, writes: 1 }, { parses: 3, writes: 2 }],
    [{ type: 'text/x-vcard' }, { parses: 2, writes: 1 }, { parses: 3, writes: 3 }],
    // A device that puts the properties in another order: what it sent has a hash of its own.
    [{ type: 'text/x-s4j-sifc' }, { parses: 2, writes: 2 }, { parses: 3, writes: 3 }],
    [
      { ...calendar, type: 'text/calendar' },
      { parses: 2, writes: 1 },
      { parses: 3, writes: 3 },
    ],
    [
      { ...calendar, type: 'text/x-vcalendar' },
      { parses: 2, writes: 1 },
      { parses: 3, writes: 3 },
    ],
    [
      { ...calendar, type: 'text/x-s4j-sife' },
      { parses: 2, writes: 2 },
      { parses: 3, writes: 3 },
    ],
  ];
  it.each(cases)('of %o', async (options, alone, contested) => {
    expect(await replaced(options, false)).toEqual({ calls: alone, code: 200 });
    expect(await replaced(options, true)).toEqual({ calls: contested, code: 207 });
  });
});

it('a large object in chunks is parsed as often as one that comes whole, however often the step is run', async () => {
  const parsesIn = async (count: number) => {
    const { session } = await begin(await startServer());
    const { parses } = await countCalls(async () => {
      const replies = await sendEach(session, chunks('1', large('Ada', 9_000), count));
      expect(addCodes(replies).at(-1)).toBe(201);
    });
    return parses;
  };
  expect(await parsesIn(3)).toBe(await parsesIn(1));
});
