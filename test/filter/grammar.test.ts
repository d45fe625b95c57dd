/** Queries and what they mean: precedence, entities, escapes, errors as values (B.9, F05, F12). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Expression, isError, type KEYWORDS, type Operator } from '../../lib/filter/ast.ts';
import { FILTER_LIMITS, parseFilter } from '../../lib/filter/grammar.ts';
import { printFilter } from '../../lib/filter/print.ts';
import { anyExpression } from './expressions.ts';

const prop = (name: string, op: Operator, value: string | null, ignoreCase = false): Expression => ({
  kind: 'term',
  of: 'property',
  name,
  op,
  ignoreCase,
  value,
});
const key = (name: (typeof KEYWORDS)[number], value: string, op: Operator = 'EQ'): Expression => ({
  kind: 'term',
  of: 'keyword',
  name,
  op,
  ignoreCase: false,
  value,
});
const and = (...parts: Expression[]): Expression => ({ kind: 'and', parts });
const or = (...parts: Expression[]): Expression => ({ kind: 'or', parts });
const [a, b, c, d] = ['A', 'B', 'C', 'D'].map((name) => prop(name, 'EQ', name.toLowerCase())) as [
  Expression,
  Expression,
  Expression,
  Expression,
];

describe('a query', () => {
  it.each<[string, Expression]>([
    ['N&EQ;Doe', prop('N', 'EQ', 'Doe')],
    ['n&ne;Doe', prop('N', 'NE', 'Doe')],
    ['PRIORITY&GT;1', prop('PRIORITY', 'GT', '1')],
    ['PRIORITY&GE;1', prop('PRIORITY', 'GE', '1')],
    ['PRIORITY&LT;1', prop('PRIORITY', 'LT', '1')],
    ['PRIORITY&LE;1', prop('PRIORITY', 'LE', '1')],
    ['X-A.B_c&CON;x', prop('X-A.B_C', 'CON', 'x')],
    ['N&NCON;x', prop('N', 'NCON', 'x')],
    ['N&iEQ;x', prop('N', 'EQ', 'x', true)],
    ['N&ICON;x', prop('N', 'CON', 'x', true)],
    ['N&iNcon;x', prop('N', 'NCON', 'x', true)],
    ['N&iNE;x', prop('N', 'NE', 'x', true)],
    ['N&EQ;', prop('N', 'EQ', '')],
    ['N&EQ;&NULL;', prop('N', 'EQ', null)],
    ['N&NE;&null;', prop('N', 'NE', null)],
    ['&LUID;&EQ;17', { kind: 'term', of: 'luid', op: 'EQ', ignoreCase: false, value: '17' }],
    ['&luid;&iEQ;17', { kind: 'term', of: 'luid', op: 'EQ', ignoreCase: true, value: '17' }],
    ['LUID&EQ;17', prop('LUID', 'EQ', '17')],
    ['unseen&EQ;1', key('UNSEEN', '1')],
    ['GROUP&CON;ami', key('GROUP', 'ami', 'CON')],
    ['SINCE&GE;2026-11-01', key('SINCE', '2026-11-01', 'GE')],
    ['N&EQ; John Doe \n', prop('N', 'EQ', 'John Doe')],
    [' N  &EQ; x', prop('N', 'EQ', 'x')],
    ['N&EQ;%41%26%3b%20', prop('N', 'EQ', 'A&; ')],
    ['N&EQ;J%C3%B6rg', prop('N', 'EQ', 'Jörg')],
    ['N&EQ;J%F6rg', prop('N', 'EQ', 'Jörg')],
    ['N&CON;100%', prop('N', 'CON', '100%')],
    ['TEL&CON;+41 (0)44', prop('TEL', 'CON', '+41 (0)44')],
    ['N&EQ;;;x', prop('N', 'EQ', ';;x')],
  ])('%j is one term', (query, expected) => {
    expect(parseFilter(query)).toEqual(expected);
  });

  it.each<[string, Expression]>([
    ['A&EQ;a&AND;B&EQ;b', and(a, b)],
    ['A&EQ;a&B&EQ;b', and(a, b)],
    ['A&EQ;a&amp;B&EQ;b', and(a, b)],
    ['A&amp;EQ;a&amp;AND;B&amp;EQ;b', and(a, b)],
    ['A&EQ;a&and;B&EQ;b&And;C&EQ;c', and(a, b, c)],
    ['A&EQ;a&or;B&EQ;b', or(a, b)],
    ['A&EQ;a&OR;B&EQ;b&AND;C&EQ;c&OR;D&EQ;d', or(a, and(b, c), d)],
    ['(A&EQ;a&OR;B&EQ;b)&AND;C&EQ;c', and(or(a, b), c)],
    ['A&EQ;a&AND;(B&EQ;b&AND;C&EQ;c)', and(a, and(b, c))],
    ['((A&EQ;a))', a],
    [' ( A&EQ;a ) & ( B&EQ;b )\n', and(a, b)],
    ['A&EQ;a&&LUID;&EQ;7', and(a, { kind: 'term', of: 'luid', op: 'EQ', ignoreCase: false, value: '7' })],
    ['A&EQ;&NULL;&OR;B&EQ;b', or(prop('A', 'EQ', null), b)],
    [
      'SINCE&EQ;20261101T000000Z&AND;BEFORE&EQ;20261201T000000Z',
      and(key('SINCE', '20261101T000000Z'), key('BEFORE', '20261201T000000Z')),
    ],
  ])('%j joins terms', (query, expected) => {
    expect(parseFilter(query)).toEqual(expected);
  });

  it.each<[string, number]>([
    ['', 0],
    ['  ', 2],
    ['N', 1],
    ['N=x', 1],
    ['N&XX;x', 1],
    ['N&AND;x', 1],
    ['&EQ;x', 0],
    ['&LUID;', 6],
    ['N&EQ;x&', 7],
    ['N&EQ;x&AND;', 11],
    ['&AND;N&EQ;x', 0],
    ['N&EQ;a&AND;&OR;N&EQ;b', 11],
    ['ORG&EQ;AT&T', 11],
    ['(N&EQ;x', 7],
    ['N&EQ;x)', 6],
    ['()', 1],
    ['(N&EQ;x)(N&EQ;y)', 8],
    ['(N&EQ;x) N&EQ;y', 9],
    ['é&EQ;x', 0],
    ['N&GT;&NULL;', 5],
    ['N&CON;&NULL;', 6],
    ['SINCE&EQ;yesterday', 9],
    ['SINCE&EQ;&NULL;', 9],
    ['BEFORE&EQ;20260230', 10],
    ['BEFORE&NE;20260101', 6],
    ['N&EQ;&NULL;x', 12],
    ['N&EQ;x&FOO;M&EQ;y', 6],
  ])('%j is a syntax error at %i', (query, at) => {
    expect(parseFilter(query)).toEqual({ error: 'syntax', at });
  });

  it('has to be in the one grammar there is', () => {
    expect(parseFilter('N&EQ;x', 'syncml:filtertype-sql')).toEqual({ error: 'unknown-grammar', at: 0 });
    expect(parseFilter('N&EQ;x', 'SyncML:FilterType-CGI')).toEqual(prop('N', 'EQ', 'x'));
    expect(parseFilter('N&EQ;x', 'syncml::filtertype-cgi')).toEqual(prop('N', 'EQ', 'x'));
  });

  it('may be long, wide and deep to a limit', () => {
    const wide = (n: number) => Array<string>(n).fill('N&EQ;x').join('&');
    const deep = (n: number) => `${'('.repeat(n)}N&EQ;x${')'.repeat(n)}`;
    const long = (n: number) => `N&EQ;${'x'.repeat(n - 5)}`;
    expect(parseFilter(wide(FILTER_LIMITS.terms))).not.toHaveProperty('error');
    expect(parseFilter(wide(FILTER_LIMITS.terms + 1))).toEqual({
      error: 'syntax',
      at: FILTER_LIMITS.terms * 7,
    });
    expect(parseFilter(deep(FILTER_LIMITS.depth))).toEqual(prop('N', 'EQ', 'x'));
    expect(parseFilter(deep(FILTER_LIMITS.depth + 1))).toEqual({ error: 'syntax', at: FILTER_LIMITS.depth });
    expect(parseFilter(long(FILTER_LIMITS.length))).not.toHaveProperty('error');
    expect(parseFilter(long(FILTER_LIMITS.length + 1))).toEqual({
      error: 'syntax',
      at: FILTER_LIMITS.length,
    });
  });
});

describe('any', () => {
  it('filter is read as it was printed', () => {
    fc.assert(
      fc.property(anyExpression, (filter) => {
        expect(parseFilter(printFilter(filter))).toEqual(filter);
      }),
    );
  });

  it('string is a filter or an error inside it; a filter survives printing and JSON', () => {
    const word = fc.constantFrom(
      ...['N', 'SINCE', 'GROUP', '20260101', '&', '&amp;', '&EQ;', '&iCON;', '&AND;', '&OR;', '&LUID;'],
      ...['&NULL;', '(', ')', '%', '%41', '%FF', ';', ' ', 'é', '\ud800'],
    );
    const query = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(query, (text) => {
        const filter = parseFilter(text);
        if (isError(filter)) {
          expect(filter.error).toBe('syntax');
          expect(filter.at).toBeGreaterThanOrEqual(0);
          expect(filter.at).toBeLessThanOrEqual(text.length);
          return;
        }
        expect(parseFilter(printFilter(filter))).toEqual(filter);
        expect(JSON.parse(JSON.stringify(filter))).toEqual(filter);
      }),
      { numRuns: 2000 },
    );
  });
});

it('prints only the parentheses that are needed', () => {
  expect(printFilter(or(a, and(b, or(c, d))))).toBe('A&EQ;a&OR;B&EQ;b&AND;(C&EQ;c&OR;D&EQ;d)');
  expect(printFilter(prop('N', 'NCON', ' (50%)&', true))).toBe('N&iNCON;%20%2850%25%29%26');
});
