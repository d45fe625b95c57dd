/**
 * AST -> query, in one canonical spelling: the inverse of grammar.ts (F17).
 *
 * Owns: escapes and the parentheses that are needed. Must not know: limits, items.
 */
import type { Expression, Term } from './ast.ts';

/** The filter as a query. `parseFilter` gives the same filter again, within the limits of the grammar. */
export function printFilter(filter: Expression): string {
  if (filter.kind === 'term') return printTerm(filter);
  const parts = filter.parts.map((part) =>
    part.kind === 'term' || (filter.kind === 'or' && part.kind === 'and')
      ? printFilter(part)
      : `(${printFilter(part)})`,
  );
  return parts.join(`&${filter.kind.toUpperCase()};`);
}

function printTerm(term: Term): string {
  const subject = term.of === 'luid' ? '&LUID;' : term.name;
  const value = term.value === null ? '&NULL;' : escapeValue(term.value);
  return `${subject}&${term.ignoreCase ? 'i' : ''}${term.op};${value}`;
}

/** Escapes characters that would end the value, be trimmed from it or be read as an escape; all of them are ASCII. */
const escapeValue = (value: string): string =>
  value.replace(
    /[\0-\x20%&()\x7f]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
