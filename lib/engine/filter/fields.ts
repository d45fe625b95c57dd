/**
 * The field filter: an item with only those properties that a client asked for (F06).
 *
 * Owns: what must stay so that the rest is still a card or an event. Must not know: where the list comes from. It drops
 * lines and changes none.
 */
import { isVFormat } from '../../pim/content.ts';
import { isOwn, type Line, readLines } from './lines.ts';

/** Identity, structure and time base: without them what is left is no item, or another one. */
const ALWAYS = new Set([
  ...['BEGIN', 'END', 'VERSION', 'PRODID', 'CALSCALE', 'N', 'FN', 'UID', 'SUMMARY'],
  ...['DTSTART', 'DTSTAMP', 'RECURRENCE-ID', 'TZ', 'DAYLIGHT'],
]);

/** Listing one of these keeps an alarm; half an alarm is none. */
const ALARM = ['VALARM', 'TRIGGER', 'ACTION', 'AALARM', 'DALARM'];

/** Names in any case. Plain text has no properties and stays as it is. */
export function keepFields(body: string, type: string, fields: readonly string[]): string {
  if (!isVFormat(type)) return body;
  const listed = new Set(fields.map((name) => name.toUpperCase()));
  return readLines(body)
    .filter((line) => stays(line, listed))
    .map(({ raw }) => raw)
    .join('');
}

/** A component inside an item stays or goes as a whole. */
function stays(line: Line, listed: ReadonlySet<string>): boolean {
  if (isOwn(line)) return line.name === '' || ALWAYS.has(line.name) || listed.has(line.name);
  if (line.path.includes('VTIMEZONE')) return true;
  return line.path.includes('VALARM') ? ALARM.some((name) => listed.has(name)) : listed.has('AGENT');
}
