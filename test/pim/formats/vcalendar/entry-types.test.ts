/** The types of entries in the agenda of Symbian, which tells days by them (E05). */
import { describe, expect, it } from 'vitest';
import type { DeviceCapabilities } from '../../../../lib/pim/device/capabilities.ts';
import { readItem, writeItem } from '../../../kit/items.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const NEW = { type: 'text/calendar', version: '2.0' };
const SYMBIAN: DeviceCapabilities = { utc: true, charset: 'utf-8', vcalendar: { entryTypes: true } };
const TYPE = 'X-EPOCAGENDAENTRYTYPE';

const item = (...own: readonly string[]) =>
  readItem(NEW.type, ['BEGIN:VCALENDAR', 'VERSION:2.0', ...own, 'END:VCALENDAR', ''].join('\r\n'));
const event = (...own: readonly string[]) => item('BEGIN:VEVENT', ...own, 'END:VEVENT');
const DAY = ['DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260302'];
const TIMES = ['DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z'];
const sent = (of: ReturnType<typeof item>, capabilities = SYMBIAN) =>
  writeItem(of, OLD, capabilities).body.split('\r\n').slice(3, -3);

describe('E05: the type of an entry', () => {
  it('says of a day that it is one', () => {
    const days = ['DTSTART:20260301T000000', 'DTEND:20260302T000000'];
    expect(sent(event(...DAY))).toEqual([...days, `${TYPE}:EVENT`]);
    expect(sent(event(...DAY, 'RRULE:FREQ=YEARLY'))).toContain(`${TYPE}:EVENT`);
    expect(sent(event('DTSTART;VALUE=DATE:20260301'))).toEqual([...days, `${TYPE}:EVENT`]);
  });

  it('says of a time that it is an appointment', () =>
    expect(sent(event(...TIMES))).toEqual([...TIMES, `${TYPE}:APPOINTMENT`]));

  it('goes to no other device', () => {
    expect(sent(event(...DAY), { utc: true, charset: 'utf-8' }).join()).not.toContain(TYPE);
    expect(writeItem(event(...DAY), NEW, SYMBIAN).body).not.toContain(TYPE);
  });

  it('is not that of a task', () =>
    expect(sent(item('BEGIN:VTODO', 'DUE;VALUE=DATE:20260301', 'END:VTODO'))).toEqual([
      'DUE:20260301T000000',
    ]));

  it('stays as the device wrote it', () => {
    const anniversary = event(...DAY, `${TYPE}:ANNIVERSARY`);
    expect(sent(anniversary)).toEqual([
      'DTSTART:20260301T000000',
      'DTEND:20260301T000000',
      `${TYPE}:ANNIVERSARY`,
    ]);
    expect(readItem(OLD.type, writeItem(anniversary, OLD, SYMBIAN).body)).toEqual(anniversary);
    expect(sent(event(...TIMES, `${TYPE}:REMINDER`))).toContain(`${TYPE}:REMINDER`);
  });

  it('agrees with the times, where somebody else changed them', () => {
    for (const type of ['EVENT', 'ANNIVERSARY'])
      expect(sent(event(...TIMES, `${TYPE}:${type}`))).toEqual([...TIMES, `${TYPE}:APPOINTMENT`]);
    for (const type of ['APPOINTMENT', 'REMINDER'])
      expect(sent(event(...DAY, `${TYPE}:${type}`))).toContain(`${TYPE}:EVENT`);
  });

  it('comes back with a day as it went', () => {
    const days = event(...DAY, `${TYPE}:EVENT`);
    expect(readItem(OLD.type, writeItem(event(...DAY), OLD, SYMBIAN).body)).toEqual(days);
    const several = event('DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260304', `${TYPE}:EVENT`);
    expect(readItem(OLD.type, writeItem(several, OLD, SYMBIAN).body)).toEqual(several);
  });

  it('tells a day in iCalendar, too', () =>
    expect(event('DTSTART:20260301T000000', 'DTEND:20260302T000000', `${TYPE}:EVENT`).body).toContain(
      'DTSTART;VALUE=DATE:20260301',
    ));
});
