/** Two items, and what they are to each other. */

import { compare } from '../../../lib/pim/match/compare.ts';
import type { Prepared } from '../../../lib/pim/match/prepare.ts';
import { contentOf, prepare, readItem, type TextItem } from '../../kit/items.ts';
import { finderIn } from './finder.ts';

export const card = (...lines: string[]): TextItem =>
  readItem('text/vcard', ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n'));
export const part = (name: 'VEVENT' | 'VTODO', ...lines: string[]): TextItem =>
  readItem(
    'text/calendar',
    ['BEGIN:VCALENDAR', 'VERSION:2.0', `BEGIN:${name}`, ...lines, `END:${name}`, 'END:VCALENDAR', ''].join(
      '\r\n',
    ),
  );
export const note = (body: string): TextItem => ({ type: 'text/plain', body });
export const ready = (item: TextItem): Prepared => prepare(item) as Prepared;

/** The matchClass, and whether one would be found for the other at all. */
export function between(a: TextItem, b: TextItem): string {
  const { matchClass } = compare(ready(a), ready(b));
  const turned = compare(ready(b), ready(a)).matchClass;
  if (turned !== matchClass) return `${matchClass}, the other way ${turned}`;
  const found = finderIn([contentOf(a)]).candidatesOf(contentOf(b)).length === 1;
  return matchClass !== 'different' && !found ? `${matchClass} but not found` : matchClass;
}

export const MOBILE = 'TEL;TYPE=CELL:+49 170 1234567';
export const HOME = 'TEL;TYPE=HOME:+49 89 7654321';
export const WORK = 'TEL;TYPE=WORK:+49 30 5556677';
export const MAIL = 'EMAIL:hm77@mail.example';
export const hans = card('N:Müller;Hans;;;', 'FN:Hans Müller', MOBILE, HOME, MAIL, 'BDAY:1970-03-05');
