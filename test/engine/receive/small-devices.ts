/** A device with little room beside one that holds everything, and their items as each writes them. */
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { startServer } from '../../kit/server.ts';

const text = (kind: string, version: string, ...lines: string[]): string =>
  [`BEGIN:${kind}`, `VERSION:${version}`, ...lines, `END:${kind}`, ''].join('\r\n');
export const old = (...lines: string[]) => text('VCARD', '2.1', ...lines);
export const card = (...lines: string[]) => text('VCARD', '3.0', ...lines);
export const event = (version: string, ...lines: string[]) =>
  text('VCALENDAR', version, 'PRODID:-//T//T//EN', 'BEGIN:VEVENT', ...lines, 'END:VEVENT');

export const linesOf = (body: string): string[] =>
  body
    .replace(/\r\n /g, '')
    .split('\r\n')
    .filter(
      (line) =>
        !/^(BEGIN:V(CARD|CALENDAR|EVENT)|END:V(CARD|CALENDAR|EVENT)|VERSION|PRODID|UID|DTSTAMP|$)/.test(line),
    );

/** Two devices: `full` holds everything, `small` is the one whose room is in question. */
export async function devices(small: DeviceOptions, datastore = 'contacts') {
  const server = await startServer();
  const type = datastore === 'calendar' ? 'text/calendar' : 'text/vcard';
  const full = new Device(server, { device: 'full', datastore, type });
  const phone = new Device(server, { device: 'phone', datastore, ...small });
  /** What `full` has of an item after the phone got it and sent it so. */
  const edited = async (item: string, ...sent: string[]): Promise<string[]> => {
    full.add(item);
    await full.sync();
    const [luid = ''] = full.items.keys();
    const before = new Set(phone.items.keys());
    await phone.sync();
    await full.sync();
    const own = [...phone.items.keys()].find((one) => !before.has(one)) ?? '';
    for (const one of sent) {
      phone.replace(own, one);
      await phone.sync();
      await full.sync();
    }
    return linesOf(full.items.get(luid) ?? '');
  };
  return { server, full, phone, edited };
}
export const OLD_CARDS: DeviceOptions = { type: 'text/x-vcard' };
export const OLD_EVENTS: DeviceOptions = { type: 'text/x-vcalendar' };

export const ADA = ['N:Byron;Ada;;;', 'FN:Ada Byron'];
export const sorted = (...lines: readonly string[]) => [...lines].sort();
