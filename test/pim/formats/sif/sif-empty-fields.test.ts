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

  it.each([
    ['of a task', task, 'text/x-s4j-sift', ['Body', 'Categories']],
    ['of an appointment', event, 'text/x-s4j-sife', ['Body', 'Location', 'Categories']],
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
