/** Fields that come empty, because Outlook's clients change only the fields that they find in a document. */
import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../../kit/items.ts';

const lines = (...all: readonly string[]): string => [...all, ''].join('\r\n');
const calendar = (name: string, ...own: readonly string[]): string =>
  lines('BEGIN:VCALENDAR', 'VERSION:2.0', `BEGIN:${name}`, 'UID:u', ...own, `END:${name}`, 'END:VCALENDAR');

const written = (body: string, type: string): string =>
  writeItem(readItem('text/calendar', body), { type }).body;

describe('a text that an item does not have', () => {
  const task = calendar('VTODO', 'SUMMARY:s');
  const event = calendar('VEVENT', 'SUMMARY:s', 'DTSTART:20300101T100000Z', 'DTEND:20300101T110000Z');

  const note = calendar('VJOURNAL', 'SUMMARY:s', 'DESCRIPTION:s');

  it.each([
    ['of a task', task, 'text/x-s4j-sift', ['Body', 'Categories', 'StartDate', 'DueDate', 'DateCompleted']],
    ['of an appointment', event, 'text/x-s4j-sife', ['Body', 'Location', 'Categories']],
    ['of a note', note, 'text/x-s4j-sifn', ['Categories']],
  ])('%s is an empty field', (_, body, type, names) => {
    for (const name of names)
      expect(written(body, type)).toMatch(new RegExp(`<${name}></${name}>|<${name}/>`));
  });

  it.each([
    ['of a task', task, 'text/x-s4j-sift'],
    ['of an appointment', event, 'text/x-s4j-sife'],
  ])('%s stays away when Outlook sends it back', (_, body, type) => {
    const back = readItem(type, written(body, type)).body;
    expect(back).not.toMatch(/DESCRIPTION|LOCATION|CATEGORIES/);
  });
});

describe('a number that an item does not say', () => {
  it.each([
    ['of a task', 'VTODO', 'text/x-s4j-sift', { Importance: '1', Sensitivity: '0', PercentComplete: '0' }],
    [
      'of an appointment',
      'VEVENT',
      'text/x-s4j-sife',
      { Importance: '1', Sensitivity: '0', BusyStatus: '2' },
    ],
  ])('%s is the usual one', (_, name, type, usual) => {
    const own = name === 'VTODO' ? [] : ['DTSTART:20300101T100000Z', 'DTEND:20300101T110000Z'];
    const body = written(calendar(name, 'SUMMARY:s', ...own), type);
    for (const [field, value] of Object.entries(usual))
      expect(body).toContain(`<${field}>${value}</${field}>`);
  });
});
