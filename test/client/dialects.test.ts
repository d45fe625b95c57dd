/** A phone that speaks vCard 2.1 and vCalendar 1.0, a laptop that speaks 3.0 and 2.0: one address book, one calendar. */
import { expect, it } from 'vitest';
import { canonical } from './compare.ts';
import { put, untilLogged } from './crm.ts';
import { photo } from './items.ts';
import type { Datastore, Device } from './syncevolution.ts';
import { openLog } from './versions.ts';
import { describeStores, type World } from './world.ts';

const text = (...lines: string[]): string => `${lines.join('\r\n')}\r\n`;
const CONTACT = text(
  ...['BEGIN:VCARD', 'VERSION:3.0', 'N:Größmann;Łucja Zoë;;Dr.;', 'FN:Dr. Łucja Zoë Größmann', 'NICKNAME:Lu'],
  ...['ORG:Müller & Söhne;Einkauf', 'TITLE:Köchin', 'TEL;TYPE=CELL:+49 170 1', 'TEL;TYPE=HOME:+49 30 2'],
  ...[
    'TEL;TYPE=WORK:+49 30 3',
    'TEL;TYPE=WORK,FAX:+49 30 4',
    'EMAIL;TYPE=HOME:lu@example.com',
    'EMAIL;TYPE=WORK:gr@example.com',
  ],
  ...[
    'ADR;TYPE=HOME:;;Straße des 17. Juni 1;Berlin;;10557;Deutschland',
    'BDAY:1970-03-05',
    'URL:http://lu.example.com',
  ],
  ...[
    'NOTE:Zeile eins\\nZeile zwei\\, mit Komma\\; und mehr',
    `PHOTO;ENCODING=B;TYPE=JPEG:${photo(5, 3_000)}`,
  ],
  ...['X-SHOE-SIZE:39', 'END:VCARD'],
);
const calendar = (...lines: string[]): string =>
  text('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', ...lines, 'END:VCALENDAR');
const NEW_YORK = [
  ...[
    'BEGIN:VTIMEZONE',
    'TZID:America/New_York',
    'BEGIN:STANDARD',
    'DTSTART:20071104T020000',
    'RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11',
  ],
  ...[
    'TZOFFSETFROM:-0400',
    'TZOFFSETTO:-0500',
    'TZNAME:EST',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:20070311T020000',
  ],
  ...[
    'RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3',
    'TZOFFSETFROM:-0500',
    'TZOFFSETTO:-0400',
    'TZNAME:EDT',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ],
];
const SERIES = calendar(
  ...NEW_YORK,
  ...[
    'BEGIN:VEVENT',
    'UID:series@example.com',
    'DTSTAMP:20270101T000000Z',
    'SUMMARY:Weekly',
    'DTSTART;TZID=America/New_York:20270301T090000',
  ],
  ...[
    'DTEND;TZID=America/New_York:20270301T100000',
    'RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270426T130000Z',
    'EXDATE;TZID=America/New_York:20270308T090000',
  ],
  ...[
    'LOCATION:Zürich',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:Weekly',
    'TRIGGER:-PT15M',
    'END:VALARM',
    'END:VEVENT',
  ],
);
/** One meeting of it at another time: an item of its own, as the client's databases keep them. */
const MOVED = calendar(
  ...NEW_YORK,
  ...[
    'BEGIN:VEVENT',
    'UID:series@example.com',
    'DTSTAMP:20270101T000000Z',
    'RECURRENCE-ID;TZID=America/New_York:20270315T090000',
    'SUMMARY:Later',
  ],
  ...[
    'DTSTART;TZID=America/New_York:20270315T110000',
    'DTEND;TZID=America/New_York:20270315T120000',
    'LOCATION:Zürich',
    'END:VEVENT',
  ],
);
/** From the CRM: a series with a meeting at another time in one item. */
const WHOLE = calendar(
  ...NEW_YORK,
  ...[
    ...['BEGIN:VEVENT', 'UID:whole@example.com', 'DTSTAMP:20270101T000000Z', 'SUMMARY:Board'],
    ...['DTSTART;TZID=America/New_York:20270302T090000', 'DTEND;TZID=America/New_York:20270302T100000'],
    ...['RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270420T130000Z', 'LOCATION:Here', 'END:VEVENT'],
    ...['BEGIN:VEVENT', 'UID:whole@example.com', 'DTSTAMP:20270101T000000Z', 'SUMMARY:Board'],
    'RECURRENCE-ID;TZID=America/New_York:20270316T090000',
    ...['DTSTART;TZID=America/New_York:20270316T140000', 'DTEND;TZID=America/New_York:20270316T150000'],
    'END:VEVENT',
  ],
);
const ALL_DAY = calendar(
  ...[
    'BEGIN:VEVENT',
    'UID:fair@example.com',
    'DTSTAMP:20270101T000000Z',
    'SUMMARY:Fair',
    'DTSTART;VALUE=DATE:20270510',
    'DTEND;VALUE=DATE:20270513',
    'END:VEVENT',
  ],
);
const TASK = calendar(
  ...[
    'BEGIN:VTODO',
    'UID:task@example.com',
    'DTSTAMP:20270101T000000Z',
    'SUMMARY:Write',
    'DUE:20270520T150000Z',
    'PRIORITY:1',
    'STATUS:IN-PROCESS',
  ],
  ...['PERCENT-COMPLETE:40', 'DESCRIPTION:äöü', 'END:VTODO'],
);

/** One spelling of what both clients write in their own way. */
const said = (datastore: Datastore, item: string): string[] =>
  canonical(datastore, item)
    .replace(/;TYPE=INTERNET/g, '')
    .replace(/;INTERVAL=1(?=;|$)/gm, '')
    .replace(/^(BDAY:\d{4})(\d\d)(\d\d)$/gm, '$1-$2-$3')
    .replace(/^(PHOTO;ENCODING=B);TYPE=JPEG/gm, '$1')
    .replace(/^TRIGGER;VALUE=DURATION/gm, 'TRIGGER')
    .split('\n');
/** The lines that only one of two has. */
function differences(datastore: Datastore, one: Device, other: Device, title: string): string[] {
  const [a, b] = [one, other].map((device) => {
    const found = [...device.items(datastore).values()].find((item) => item.includes(title));
    return found === undefined ? [] : said(datastore, found);
  }) as [string[], string[]];
  return [...a.filter((line) => !b.includes(line)), ...b.filter((line) => !a.includes(line))].sort();
}
function edit(device: Device, datastore: Datastore, title: string, from: RegExp, to: string): void {
  const [name, item] = [...device.items(datastore)].find(([, text]) => text.includes(title)) ?? ['', ''];
  if (!from.test(item)) throw new Error(`${title} on ${device.name} does not say ${from}`);
  device.put(datastore, name, item.replace(from, to));
}
const itemWith = (device: Device, datastore: Datastore, title: string): string =>
  [...device.items(datastore).values()].find((item) => item.includes(title)) ?? '';

const storedContact = async (world: World): Promise<string> =>
  (await openLog(world, (log) => log.bodies('contacts'))).join('');

const storedSeries = async (world: World): Promise<string> => {
  const bodies = await openLog(world, (log) => log.bodies('calendar'));
  return bodies.find((body) => body.includes('SUMMARY:Board')) ?? '';
};

/** vCalendar 1.0 has no word for it: there it is an event, of the same instants. */
const OCCURRENCE = [
  'DTEND:20270315T160000Z',
  'DTEND;TZID=America/New_York:20270315T120000',
  'DTSTART:20270315T150000Z',
  'DTSTART;TZID=America/New_York:20270315T110000',
  'RECURRENCE-ID;TZID=America/New_York:20270315T090000',
];
/** Absolute in vCalendar 1.0. */
const ALARMS = ['TRIGGER:-PT15M', 'TRIGGER;VALUE=DATE-TIME:20270301T134500Z'];
/** No field of vCalendar 1.0. */
const PERCENT = ['PERCENT-COMPLETE:40'];

describeStores('dialects', (fixture) => {
  it('two devices of two generations hold the same, and neither loses what the other cannot say', async () => {
    const world = await fixture.world({ oldFormats: true, laptop: { oldFormats: false } });
    const { phone, laptop, sync, syncUnchanged } = world;
    // From the CRM, with properties that neither client knows: they drop them themselves.
    await put(world, 'record-1', CONTACT);
    await untilLogged(world, 1);
    await put(world, 'record-2', WHOLE, 'calendar');
    await untilLogged(world, 1, 'calendar');
    laptop.put('calendar', 'series', SERIES);
    laptop.put('calendar', 'moved', MOVED);
    laptop.put('calendar', 'fair', ALL_DAY);
    laptop.put('tasks', 'write', TASK);
    const [from, to] = [laptop, phone] as const;
    await sync(laptop, 'slow');
    await sync(phone, 'slow');
    await sync(laptop, 'two-way');
    await syncUnchanged(phone);
    expect(differences('contacts', from, to, 'Größmann')).toEqual([]);
    expect(differences('calendar', from, to, 'Fair')).toEqual([]);
    expect(differences('calendar', from, to, 'Weekly')).toEqual(ALARMS);
    expect(differences('calendar', from, to, 'Later')).toEqual(OCCURRENCE);
    expect(differences('calendar', from, to, 'Board')).toEqual([]);
    expect(differences('tasks', from, to, 'Write')).toEqual(PERCENT);

    edit(phone, 'contacts', 'Größmann', /\+49 170 1/, '+49 170 9');
    edit(laptop, 'contacts', 'Größmann', /TITLE:Köchin/, 'TITLE:Chefköchin');
    edit(phone, 'calendar', 'Weekly', /LOCATION:Zürich/, 'LOCATION:Genève');
    edit(phone, 'calendar', 'Later', /LOCATION:Zürich/, 'LOCATION:Bern');
    edit(phone, 'calendar', 'Board', /LOCATION:Here/, 'LOCATION:There');
    edit(phone, 'calendar', 'Fair', /20270513/, '20270514');
    edit(phone, 'tasks', 'Write', /DESCRIPTION:äöü/, 'DESCRIPTION:äöü ß');
    for (const device of [phone, laptop, phone, laptop]) await sync(device, 'two-way');
    expect(differences('contacts', from, to, 'Größmann')).toEqual([]);
    expect(differences('calendar', from, to, 'Fair')).toEqual([]);
    expect(differences('calendar', from, to, 'Weekly')).toEqual(ALARMS);
    expect(differences('calendar', from, to, 'Later')).toEqual(OCCURRENCE);
    expect(differences('calendar', from, to, 'Board')).toEqual([]);
    expect(differences('tasks', from, to, 'Write')).toEqual(PERCENT);
    const contact = itemWith(laptop, 'contacts', 'Größmann');
    expect(contact).toContain('+49 170 9');
    expect(contact).toContain('TITLE:Chefköchin');
    expect(await storedContact(world)).toContain('X-SHOE-SIZE:39');
    expect(itemWith(laptop, 'calendar', 'Weekly')).toMatch(/LOCATION:Genève.*TRIGGER.*-PT15M/s);
    expect(itemWith(laptop, 'calendar', 'Later')).toContain('LOCATION:Bern');
    expect(itemWith(laptop, 'calendar', 'Later')).toContain(
      'RECURRENCE-ID;TZID=America/New_York:20270315T090000',
    );
    expect(await storedSeries(world)).toMatch(
      /LOCATION:There.*RECURRENCE-ID;TZID=America\/New_York:20270316T090000/s,
    );
    expect(itemWith(laptop, 'calendar', 'Fair')).toContain('DTEND;VALUE=DATE:20270514');
    expect(itemWith(laptop, 'tasks', 'Write')).toContain('PERCENT-COMPLETE:40');
    await syncUnchanged(phone);
    await syncUnchanged(laptop);
  });
});
