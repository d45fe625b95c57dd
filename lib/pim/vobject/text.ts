/** Escapes of values [RFC 2426 5, RFC 5545 3.3.11, vCard 2.1]. */

/** What an escaped text says. */
export const unescapeText = (value: string): string =>
  value.includes('\\')
    ? value.replace(/\\([\s\S])/g, (_, next: string) => (next === 'n' || next === 'N' ? '\n' : next))
    : value;

/** For a value that is one text. */
export const escapeText = (text: string): string =>
  /[\\,;\r\n]/.test(text)
    ? text
        .replace(/\\/g, '\\\\')
        .replace(/\r\n?|\n/g, '\\n')
        .replace(/[,;]/g, (mark) => `\\${mark}`)
    : text;

/** The parts between separators that are not escaped. */
export function splitParts(value: string, separator: ';' | ','): string[] {
  if (!value.includes('\\')) return value.split(separator);
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < value.length; at += 1) {
    const mark = value.charAt(at);
    if (mark === '\\' && at + 1 < value.length) {
      part += value.slice(at, at + 2);
      at += 1;
    } else if (mark === separator) {
      parts.push(part);
      part = '';
    } else part += mark;
  }
  return [...parts, part];
}

/** Parts of a structured value (N, ADR, ORG) as plain texts. */
export const textParts = (value: string): string[] => splitParts(value, ';').map(unescapeText);
export const joinParts = (texts: readonly string[]): string => texts.map(escapeText).join(';');
/** Entries of a list (CATEGORIES) as plain texts. */
export const textList = (value: string): string[] =>
  splitParts(value, ',')
    .map((entry) => unescapeText(entry).trim())
    .filter((entry) => entry !== '');
export const joinList = (texts: readonly string[]): string => texts.map(escapeText).join(',');

/** A value of the first generation as one of the second: commas and backslashes are texts there. */
export function fromFirstGeneration(value: string, isEncoded: boolean): string {
  if (!/[\\,\r\n]/.test(value)) return value;
  let out = '';
  for (let at = 0; at < value.length; at += 1) {
    const mark = value.charAt(at);
    const next = value.charAt(at + 1);
    if (mark === '\\' && (next === ';' || (!isEncoded && /[,:\\nN]/.test(next)))) {
      out += next === ';' || next === 'n' || next === 'N' ? `\\${next.toLowerCase()}` : escapeText(next);
      at += 1;
    } else if (mark === '\\') out += '\\\\';
    else if (mark === '\r' && next === '\n') continue;
    else if (mark === '\n' || mark === '\r') out += '\\n';
    else out += mark === ',' ? '\\,' : mark;
  }
  return out;
}

/**
 * The way back, for a value that keeps its `;` as separators; line ends are real ones. A backslash at the end of a part
 * gets a blank behind it: before the separator it would be its escape.
 */
export const toFirstGeneration = (value: string): string =>
  value.replace(/\\([\s\S])/g, (_, next: string, at: number) => {
    if (next === 'n' || next === 'N') return '\r\n';
    if (next === ';') return '\\;';
    return next === '\\' && value.charAt(at + 2) === ';' ? '\\ ' : next;
  });

/** One escaped text for the first generation: semicolons stand as they are, but for one behind a backslash. */
export const looseText = (value: string): string =>
  value.replace(/(\\\\)?\\;/g, (escaped, before?: string) => (before === undefined ? ';' : escaped));
