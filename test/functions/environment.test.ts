/** What the functions need from their environment. */
import { expect, it } from 'vitest';
import { readEnvironment } from '../../functions/environment.ts';

it('is read', () => {
  expect(readEnvironment({ SYNCML_TABLE_PREFIX: 'team-a' })).toEqual({ tablePrefix: 'team-a' });
});

it.each([undefined, ''])('is missing with a sentence: %s', (value) => {
  expect(() => readEnvironment({ SYNCML_TABLE_PREFIX: value })).toThrow(/SYNCML_TABLE_PREFIX is not set/);
});
