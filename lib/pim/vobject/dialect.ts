/** Tells the dialect of an object by its VERSION. Without a VERSION, the content type or the way of writing decides. */

import type { Lines } from './lines.ts';
import { type Dialect, isFirstGeneration } from './model.ts';

/** Lines that only dialects of the first generation have. */
const FIRST_GENERATION_LINE =
  /^([^:]*;(QUOTED-PRINTABLE|ENCODING=QUOTED|(HOME|WORK|CELL|VOICE)[;:])|[ADMP]ALARM[;:]|DCREATED[;:])/i;

/** The known versions. For any other version (there were drafts) the way of writing decides. */
const VERSIONS = new Set(['1.0', '2.0', '2.1', '3.0', '4.0']);

/** The version is searched in at most so many lines. */
const MAX_LINES = 10_000;

/** The dialect of the object `name`, whose BEGIN was the last line. `expected` is the dialect of the content type. */
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

/** The version in the first VERSION line of the object. */
function versionIn(name: string, lines: Lines): string | undefined {
  for (const line of ownLines(name, lines)) {
    const version = /^VERSION[^:]*:\s*(\S+)/i.exec(line)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** The lines of the object up to its END. Without an END, up to the next object. */
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
