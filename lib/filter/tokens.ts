/**
 * Query -> tokens: terms, connectors and parentheses (B.9).
 *
 * Owns: characters, pseudo-entities, escapes, which terms are allowed. Must not know: precedence.
 */
import { bytesToText } from '../message/bytes.ts';
import { type FilterError, KEYWORDS, OPERATORS, type Operator, type Subject, type Term } from './ast.ts';
import { parseDate } from './dates.ts';

export type Token =
  | { readonly kind: 'open' | 'close' | 'and' | 'or'; readonly at: number }
  | { readonly kind: 'term'; readonly at: number; readonly term: Term };

interface Entity {
  /** Upper case, without `&` and `;`. */
  readonly name: string;
  readonly end: number;
}

/** `&EQ;`, or `&amp;EQ;` of clients that escape twice. */
const ENTITY = /&(?:amp;)*([a-z]+);/iy;
const NAME = /[\w.-]+/y;
const BLANKS = /[ \t\r\n]*/y;
const CONNECTORS: ReadonlyMap<string, 'and' | 'or'> = new Map([
  ['AND', 'and'],
  ['AMP', 'and'],
  ['OR', 'or'],
]);

const syntax = (at: number): FilterError => ({ error: 'syntax', at });

/** The text at this place, if it fits the pattern, which is a sticky one. */
function take(pattern: RegExp, query: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(query);
}

const skipBlanks = (query: string, at: number): number => at + (take(BLANKS, query, at)?.[0].length ?? 0);

function entityAt(query: string, at: number): Entity | undefined {
  const found = take(ENTITY, query, at);
  if (found === null) return undefined;
  return { name: (found[1] ?? '').toUpperCase(), end: at + found[0].length };
}

export function tokenize(query: string): Token[] | FilterError {
  const tokens: Token[] = [];
  for (let at = skipBlanks(query, 0); at < query.length; ) {
    const next = tokenAt(query, at);
    if ('error' in next) return next;
    tokens.push(next.token);
    at = skipBlanks(query, next.end);
  }
  return tokens;
}

type Read = { readonly token: Token; readonly end: number } | FilterError;

function tokenAt(query: string, at: number): Read {
  const sign = query[at];
  if (sign === '(' || sign === ')')
    return { token: { kind: sign === '(' ? 'open' : 'close', at }, end: at + 1 };
  if (sign !== '&') {
    const name = take(NAME, query, at)?.[0];
    return name === undefined ? syntax(at) : termAt(query, at, subjectOf(name), at + name.length);
  }
  const entity = entityAt(query, at);
  if (entity?.name === 'LUID') return termAt(query, at, { of: 'luid' }, entity.end);
  if (entity === undefined) return { token: { kind: 'and', at }, end: at + 1 };
  const connector = CONNECTORS.get(entity.name);
  return connector === undefined ? syntax(at) : { token: { kind: connector, at }, end: entity.end };
}

function subjectOf(written: string): Subject {
  const name = written.toUpperCase();
  const keyword = KEYWORDS.find((known) => known === name);
  return keyword === undefined ? { of: 'property', name } : { of: 'keyword', name: keyword };
}

function termAt(query: string, at: number, subject: Subject, subjectEnd: number): Read {
  const opAt = skipBlanks(query, subjectEnd);
  const entity = entityAt(query, opAt);
  const operator = operatorOf(entity?.name ?? '');
  if (entity === undefined || operator === undefined) return syntax(opAt);
  const { value, end } = valueAt(query, entity.end);
  const term: Term = { kind: 'term', ...subject, ...operator, value };
  if (!isWindow(term)) {
    if (value === null && term.op !== 'EQ' && term.op !== 'NE') return syntax(entity.end);
    return { token: { kind: 'term', at, term }, end };
  }
  // Clients write EQ, GE or LT in a window. All mean the same, as the keyword says the direction.
  if (term.op === 'NE' || term.op === 'CON' || term.op === 'NCON') return syntax(opAt);
  if (value === null || parseDate(value) === undefined) return syntax(entity.end);
  return { token: { kind: 'term', at, term }, end };
}

const isWindow = (term: Term): boolean =>
  term.of === 'keyword' && (term.name === 'SINCE' || term.name === 'BEFORE');

function operatorOf(name: string): { op: Operator; ignoreCase: boolean } | undefined {
  const find = (wanted: string) => OPERATORS.find((known) => known === wanted);
  const plain = find(name);
  if (plain !== undefined) return { op: plain, ignoreCase: false };
  const op = name.startsWith('I') ? find(name.slice(1)) : undefined;
  return op === undefined ? undefined : { op, ignoreCase: true };
}

/**
 * The value ends before `&`, or before a closing parenthesis that is not opened in it. Blanks around it are dropped.
 */
function valueAt(query: string, at: number): { value: string | null; end: number } {
  const entity = entityAt(query, skipBlanks(query, at));
  if (entity?.name === 'NULL') return { value: null, end: entity.end };
  let end = at;
  for (let open = 0; end < query.length; end++) {
    const sign = query[end];
    if (sign === '&' || (sign === ')' && open === 0)) break;
    if (sign === '(') open++;
    if (sign === ')') open--;
  }
  return { value: unescapeValue(query.slice(at, end).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')), end };
}

/** %XX are octets of UTF-8; a percent sign without two hex digits stands for itself. */
const unescapeValue = (raw: string): string =>
  raw.replace(/(?:%[0-9a-f]{2})+/gi, (run) => bytesToText(Buffer.from(run.replaceAll('%', ''), 'hex')));
