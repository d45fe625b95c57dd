/** Filters as the grammar allows them, made up. */
import fc from 'fast-check';
import { type Expression, KEYWORDS, OPERATORS, type Subject } from '../../lib/filter/ast.ts';

const name = fc
  .stringMatching(/^[A-Z][A-Z0-9_.-]{0,8}$/)
  .filter((made) => !(KEYWORDS as readonly string[]).includes(made));
const value = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
const flag = fc.boolean();

function term<S extends Subject>(subject: fc.Arbitrary<S>): fc.Arbitrary<Expression> {
  const text = fc.record({ op: fc.constantFrom(...OPERATORS), ignoreCase: flag, value });
  const absent = fc.record({
    op: fc.constantFrom('EQ', 'NE'),
    ignoreCase: flag,
    value: fc.constant(null),
  });
  return fc
    .tuple(subject, fc.oneof({ weight: 4, arbitrary: text }, absent))
    .map(([of, rest]) => ({ kind: 'term', ...of, ...rest }) as Expression);
}

const window = fc.record({
  kind: fc.constant('term' as const),
  of: fc.constant('keyword' as const),
  name: fc.constantFrom('SINCE', 'BEFORE'),
  op: fc.constantFrom('EQ', 'GT', 'GE', 'LT', 'LE'),
  ignoreCase: flag,
  value: fc.constantFrom('20260101', '2026-01-01T10:00:00Z', '20261231T235959', '2026-06-01T08:00+02:00'),
}) as fc.Arbitrary<Expression>;

const anyTerm = fc.oneof(
  term(fc.record({ of: fc.constant('property' as const), name })),
  term(fc.record({ of: fc.constant('keyword' as const), name: fc.constantFrom('UNSEEN', 'GROUP') })),
  term(fc.constant({ of: 'luid' as const })),
  window,
);

export const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    anyTerm,
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      parts: fc.array(tie('any'), { minLength: 2, maxLength: 3 }),
    }) as fc.Arbitrary<Expression>,
  ),
})).any;
