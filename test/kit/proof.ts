/**
 * Sections of a document that commands write, each between two markers that bear its name. What stands outside the markers is
 * written by people, and stays.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** What is promised, and how it is tried. */
export const PROOF = new URL('../../docs/proof.md', import.meta.url);

const beginOf = (name: string): string => `<!-- ${name}: what follows is written by a command -->`;
const endOf = (name: string): string => `<!-- ${name}: end -->`;

interface Place {
  /** Where the text of the section begins and ends, without its markers. */
  readonly from: number;
  readonly to: number;
}

/** Undefined where the document has no such section. Throws where its markers are not one of each, in their order. */
function placeOf(document: string, name: string): Place | undefined {
  const [begin, end] = [beginOf(name), endOf(name)];
  const [before, ...behind] = document.split(begin);
  if (behind.length === 0 && !document.includes(end)) return undefined;
  const from = (before ?? '').length + begin.length;
  const to = document.indexOf(end);
  if (behind.length !== 1 || to < from || document.lastIndexOf(end) !== to)
    throw new Error(`The markers of the section "${name}" are not one pair.`);
  return { from, to };
}

/** The text of the section, without the line ends around it; undefined where there is none. */
export function sectionIn(document: string, name: string): string | undefined {
  const place = placeOf(document, name);
  return place && document.slice(place.from, place.to).trim();
}

/** The document with this text in the section. A section that was not there comes last. */
export function withSection(document: string, name: string, text: string): string {
  const place = placeOf(document, name);
  if (place !== undefined)
    return `${document.slice(0, place.from)}\n\n${text.trim()}\n\n${document.slice(place.to)}`;
  return `${document.trimEnd()}\n\n${beginOf(name)}\n\n${text.trim()}\n\n${endOf(name)}\n`;
}

/** Changes the section of the file. `change` gets its text, or undefined where there is none yet. */
export function rewriteSection(
  file: URL,
  name: string,
  change: (before: string | undefined) => string,
): void {
  const document = readFileSync(file, 'utf8');
  writeFileSync(file, withSection(document, name, change(sectionIn(document, name))));
}
