/** Escapes of values [RFC 2426 5, RFC 5545 3.3.11, vCard 2.1]. */

/** The plain text of an escaped one. No callbacks: there may be millions of escapes in a text. */
export const unescapeText = (value: string): string =>
  value.includes('\\') ? value.split('\\\\').map(withoutEscapes).join('\\') : value;

/** `text` has no escaped backslash. */
const withoutEscapes = (text: string): string =>
  text.includes('\\') ? text.replace(/\\[nN]/g, '\n').replace(/\\([\s\S])/g, '$1') : text;

/** Escapes a plain text for a value that is one text. */
export const escapeText = (text: string): string =>
  /[\\,;\r\n]/.test(text) ? text.replace(/[\\,;]/g, '\\$&').replace(/\r\n?|\n/g, '\\n') : text;

/** Splits a value at separators without an escape. The parts keep their escapes. */
export function splitParts(value: string, separator: ';' | ','): string[] {
  if (!value.includes('\\')) return value.split(separator);
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (character === '\\' && at + 1 < value.length) {
      part += value.slice(at, at + 2);
      at += 1;
    } else if (character === separator) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part];
}

/** The parts of a structured value (N, ADR, ORG) as plain texts. */
export const textParts = (value: string): string[] => splitParts(value, ';').map(unescapeText);
export const joinParts = (texts: readonly string[]): string => texts.map(escapeText).join(';');
/** The entries of a list (CATEGORIES) as plain texts, without empty ones. */
export const textList = (value: string): string[] =>
  splitParts(value, ',')
    .map((entry) => unescapeText(entry).trim())
    .filter((entry) => entry !== '');
export const joinList = (texts: readonly string[]): string => texts.map(escapeText).join(',');

/**
 * Converts the escapes of a value from the first generation to the second. In the first, commas and backslashes are
 * plain text.
 */
export function fromFirstGeneration(value: string, isEncoded: boolean): string {
  if (!/[\\,\r\n]/.test(value)) return value;
  let out = '';
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    const next = value.charAt(at + 1);
    if (character === '\\' && (next === ';' || (!isEncoded && /[,:\\nN]/.test(next)))) {
      out += next === ';' || next === 'n' || next === 'N' ? `\\${next.toLowerCase()}` : escapeText(next);
      at += 1;
    } else if (character === '\\') out += '\\\\';
    else if (character === '\r' && next === '\n') continue;
    else if (character === '\n' || character === '\r') out += '\\n';
    else out += character === ',' ? '\\,' : character;
  }
  return out;
}

/**
 * Converts the escapes of a value from the second generation to the first. Separators `;` are kept, and line ends
 * become real ones. A backslash at the end of a part gets a blank, because before the separator it would be an escape.
 */
export const toFirstGeneration = (value: string): string =>
  value.replace(/\\([\s\S])/g, (_, next: string, at: number) => {
    if (next === 'n' || next === 'N') return '\r\n';
    if (next === ';') return '\\;';
    return next === '\\' && value.charAt(at + 2) === ';' ? '\\ ' : next;
  });

/** An escaped text for the first generation: semicolons have no escape there, except after a backslash. */
export const looseText = (value: string): string =>
  value.replace(/(\\\\)?\\;/g, (escaped, before?: string) => (before === undefined ? ';' : escaped));
