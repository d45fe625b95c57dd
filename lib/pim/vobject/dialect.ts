/** Which dialect an object is written in: its VERSION says so; without one, its type, or how it is written. */

import type { Lines } from './lines.ts';
import { type Dialect, isFirstGeneration } from './model.ts';

/** What only dialects of the first generation have. */
const FIRST_GENERATION_LINE =
  /^([^:]*;(QUOTED-PRINTABLE|ENCODING=QUOTED|(HOME|WORK|CELL|VOICE)[;:])|[ADMP]ALARM[;:]|DCREATED[;:])/i;

/** Of drafts, and of what else there may be, only the way of writing tells. */
const VERSIONS = new Set(['1.0', '2.0', '2.1', '3.0', '4.0']);

/** Further on nobody says a version. */
const MAX_LINES = 10_000;

/** Of the object `name`, whose BEGIN was the last line; `expected` is the dialect of the content type. */
export function dialectOf(name: string, lines: Lines, expected: Dialect | undefined): Dialect {
  if (name === 'VNOTE') return 'vnote-1.1';
  const version = versionIn(name, lines);
  const looksFirst =
    (version === undefined || !VERSIONS.has(version)) &&
    ([...ownLines(name, lines)].some((line) => FIRST_GENERATION_LINE.test(line)) ||
      (expected !== undefined && isFirstGeneration(expected)));
  if (name !== 'VCARD') return version === '1.0' || looksFirst ? 'vcalendar-1.0' : 'icalendar-2.0';
  if (version === '4.0') return 'vcard-4.0';
  return version === '2.1' || looksFirst ? 'vcard-2.1' : 'vcard-3.0';
}

/** What the first line that says one says. */
function versionIn(name: string, lines: Lines): string | undefined {
  for (const line of ownLines(name, lines)) {
    const version = /^VERSION[^:]*:\s*(\S+)/i.exec(line)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** Up to the END, or to the next object where there is none. */
function* ownLines(name: string, lines: Lines): Generator<string> {
  let before = '';
  for (const line of lines.ahead(MAX_LINES)) {
    const word = line.length > name.length + 20 ? '' : line.trim().toUpperCase();
    const isNext = word === `BEGIN:${name}` && !/^AGENT\b/i.test(before);
    if (word === `END:${name}` || isNext) return;
    yield line;
    before = line;
  }
}
