/**
 * The filter grammar `syncml:filtertype-cgi`: query -> AST (B.9, F05).
 *
 * Owns: precedence (AND binds closer than OR), parentheses, limits. Must not know: Filter elements, items. A wrong
 * query gives a FilterError as a value: `unknown-grammar` is for Status 421, `syntax` for 422 (F12).
 */
import { type Expression, type FilterError, isError, type Junction } from './ast.ts';
import { type Token, tokenize } from './tokens.ts';

export const CGI_GRAMMAR = 'syncml:filtertype-cgi';
export const CGI_GRAMMAR_VERSION = '1.0';

/** Most characters of a query, terms in it, and parentheses in parentheses: far more than devices need. */
export const FILTER_LIMITS = { length: 4096, terms: 128, depth: 16 } as const;

/** Is it the name of this grammar? Some devices spell it with two colons. */
export const isCgiGrammar = (name: string): boolean =>
  name.trim().toLowerCase().replace('::', ':') === CGI_GRAMMAR;

interface Cursor {
  readonly tokens: readonly Token[];
  /** Where the query ends, for errors behind its last token. */
  readonly end: number;
  index: number;
}

/** The query as an AST, or an error that says where reading stopped. A blank query is an error, as it has no term. */
export function parseFilter(query: string, grammar: string = CGI_GRAMMAR): Expression | FilterError {
  if (!isCgiGrammar(grammar)) return { error: 'unknown-grammar', at: 0 };
  if (query.length > FILTER_LIMITS.length) return { error: 'syntax', at: FILTER_LIMITS.length };
  const tokens = tokenize(query);
  if (isError(tokens)) return tokens;
  const tooMany = tokens.filter(({ kind }) => kind === 'term')[FILTER_LIMITS.terms];
  if (tooMany !== undefined) return { error: 'syntax', at: tooMany.at };
  const cursor: Cursor = { tokens, end: query.length, index: 0 };
  const whole = junction(cursor, 'or', 0);
  return isError(whole) || cursor.index === tokens.length ? whole : unexpected(cursor);
}

const unexpected = ({ tokens, index, end }: Cursor): FilterError => ({
  error: 'syntax',
  at: tokens[index]?.at ?? end,
});

/** or = and { OR and }; and = operand { AND operand } */
function junction(cursor: Cursor, kind: Junction['kind'], depth: number): Expression | FilterError {
  const parts: Expression[] = [];
  do {
    const part = kind === 'or' ? junction(cursor, 'and', depth) : operand(cursor, depth);
    if (isError(part)) return part;
    parts.push(part);
  } while (accept(cursor, kind));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

/** operand = term | '(' or ')' */
function operand(cursor: Cursor, depth: number): Expression | FilterError {
  const token = cursor.tokens[cursor.index];
  if (token?.kind === 'term') {
    cursor.index++;
    return token.term;
  }
  if (depth === FILTER_LIMITS.depth || !accept(cursor, 'open')) return unexpected(cursor);
  const inner = junction(cursor, 'or', depth + 1);
  if (isError(inner)) return inner;
  return accept(cursor, 'close') ? inner : unexpected(cursor);
}

function accept(cursor: Cursor, kind: Token['kind']): boolean {
  if (cursor.tokens[cursor.index]?.kind !== kind) return false;
  cursor.index++;
  return true;
}
