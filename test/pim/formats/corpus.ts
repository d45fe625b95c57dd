/**
 * `npm run corpus -- DIR`: every object in the files of a folder (.vcf, .vcs, .ics, .vnt, .txt, and .xml of SIF) is read, written in its
 * own format and read again, and taken through the stored form into the other formats of its kind and back.
 * Prints what is not the same afterwards, and a table; exit code 1 when something could not be read, or not kept.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { parseSif } from '../../../lib/pim/formats/sif/xml.ts';
import type { Dialect } from '../../../lib/pim/vobject/model.ts';
import { readObjects, type VObject } from '../../../lib/pim/vobject/read.ts';
import { writeObject } from '../../../lib/pim/vobject/write.ts';
import { readItem, writeItem } from '../../kit/items.ts';

const FORMATS: { readonly [dialect in Dialect]: Format } = {
  'vcard-2.1': { type: 'text/x-vcard', version: '2.1' },
  'vcard-3.0': { type: 'text/vcard', version: '3.0' },
  'vcard-4.0': { type: 'text/vcard', version: '4.0' },
  'vcalendar-1.0': { type: 'text/x-vcalendar', version: '1.0' },
  'icalendar-2.0': { type: 'text/calendar', version: '2.0' },
  'vnote-1.1': { type: 'text/x-vnote', version: '1.1' },
};
const KINDS: readonly (readonly Dialect[])[] = [
  ['vcard-2.1', 'vcard-3.0', 'vcard-4.0'],
  ['vcalendar-1.0', 'icalendar-2.0'],
  ['vnote-1.1'],
];

/** The letter at the end of the type, by the root element. */
const SIF: { readonly [root: string]: string } = { contact: 'c', appointment: 'e', task: 't', note: 'n' };

const [folder] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  console.error(`npm run corpus -- DIR: ${folder === undefined ? 'which folder?' : `there is no ${folder}`}`);
  process.exit(2);
}
const table = new Map<string, { objects: number; same: number }>();
let lost = 0;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(vcf|vcs|ics|vnt|txt|xml)$/i.test(name),
);
for (const [n, name] of files.sort().entries()) {
  if (process.stdout.isTTY) process.stdout.write(`\r${n + 1} of ${files.length} files`);
  const bytes = readFileSync(join(folder, name));
  if (name.toLowerCase().endsWith('.xml')) takeSif(name, bytes);
  else take(name, bytes);
}
console.log();
console.table(Object.fromEntries([...table].sort().map(([what, row]) => [what, row])));
process.exitCode = lost > 0 ? 1 : 0;

function take(name: string, bytes: Uint8Array): void {
  let objects: readonly VObject[] = [];
  try {
    objects = readObjects(bytes);
  } catch (error) {
    lost += 1;
    console.log(`${name}: ${(error as Error).message}`);
  }
  for (const object of objects) {
    count(`${object.dialect} itself`, isKept(object), name);
    const text = writeObject(object.component, object.dialect);
    const stored = readItem(FORMATS[object.dialect].type, text);
    for (const other of KINDS.find((kind) => kind.includes(object.dialect)) ?? []) {
      const format = FORMATS[other];
      const back = readItem(format.type, writeItem(stored, format).body);
      const kept = linesOf(back.body);
      count(
        `${object.dialect} by ${other} and back`,
        linesOf(stored.body).every((line) => kept.includes(line)),
      );
    }
  }
}

/** SIF is read into the stored form at once: it is written in its own format, and in the other one of its kind. */
function takeSif(name: string, bytes: Uint8Array): void {
  const letter = SIF[rootOf(bytes)];
  if (letter === undefined) return; // XML of something else
  const own: Format = { type: `text/x-s4j-sif${letter}` };
  const stored = readItem(own.type, bytes);
  const other =
    letter === 'c' ? FORMATS['vcard-3.0'] : letter === 'n' ? FORMATS['vnote-1.1'] : FORMATS['icalendar-2.0'];
  const by = (format: Format) => linesOf(readItem(format.type, writeItem(stored, format).body).body);
  const isIn = (all: readonly string[], lines: readonly string[]) =>
    all.every((line) => lines.includes(line));
  const all = linesOf(stored.body);
  count(`sif-${letter} itself`, stored.type !== own.type && isIn(all, by(own)), name);
  // Fields that SIF alone has stay on the server.
  const shared = all.filter((line) => !line.startsWith('X-SIF-'));
  count(`sif-${letter} by ${other.type} and back`, isIn(shared, by(other)));
}

function rootOf(bytes: Uint8Array): string {
  try {
    return parseSif(Buffer.from(bytes).toString('utf8')).root;
  } catch {
    return '';
  }
}

/** What a format needs may have been added: a FN from the N. */
function linesOf(body: string): string[] {
  return body.replace(/\r\n /g, '').split('\r\n');
}

function isKept({ dialect, component }: VObject): boolean {
  const again = readObjects(writeObject(component, dialect));
  return again.length === 1 && isDeepStrictEqual(again[0], { dialect, component });
}

function count(what: string, same: boolean, name?: string): void {
  const row = table.get(what) ?? { objects: 0, same: 0 };
  table.set(what, { objects: row.objects + 1, same: row.same + (same ? 1 : 0) });
  if (same || name === undefined) return;
  lost += 1;
  console.log(`${name}: not the same after writing`);
}
