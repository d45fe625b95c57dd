/** What the functions need from their environment. */
import { expect, it } from 'vitest';
import { readEnvironment, readSettings } from '../../functions/lambda/environment.ts';

it('is read', () => {
  expect(readEnvironment({ SYNCML_TABLE_PREFIX: 'team-a' })).toEqual({ tablePrefix: 'team-a', settings: {} });
});

it.each([undefined, ''])('is missing with a sentence: %s', (value) => {
  expect(() => readEnvironment({ SYNCML_TABLE_PREFIX: value })).toThrow(/SYNCML_TABLE_PREFIX is not set/);
});

it('has settings that may be left out', () => {
  expect(readSettings({ SYNCML_ANSWER_SECONDS: '12', SYNCML_HMAC: 'on' })).toEqual({
    answerSeconds: 12,
    hmac: true,
  });
  expect(readSettings({ SYNCML_ANSWER_SECONDS: '', SYNCML_HMAC: 'off' })).toEqual({});
});

it.each([
  { SYNCML_ANSWER_SECONDS: 'soon' },
  { SYNCML_ANSWER_SECONDS: '0' },
  { SYNCML_ANSWER_SECONDS: '29' },
  { SYNCML_HMAC: 'yes' },
])('%j is refused with a sentence', (variables) => {
  expect(() => readSettings(variables)).toThrow(new RegExp(Object.keys(variables)[0] ?? ''));
});
