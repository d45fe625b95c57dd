import { expect, it } from 'vitest';
import { errorFields } from '../../lib/app/error-fields.ts';
import { StoreError } from '../../lib/store/port/port.ts';

const caught = (run: () => void): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

it('tells name and places of an error, and not its text, which may quote an item', () => {
  const fields = errorFields(caught(() => JSON.parse('Ada Lind')));
  expect(fields).toMatchObject({
    error: 'SyntaxError',
    stack: expect.stringContaining('error-fields.test.ts'),
  });
  expect(JSON.stringify(fields)).not.toContain('Ada');
});

it.each([
  ['of several lines', 'BEGIN:VCARD\n    at Ada\nNOTE:Ada'],
  ['that was changed later', undefined],
])('leaves out a text %s', (_, text) => {
  const error = new TypeError(text ?? 'Ada');
  if (text === undefined) error.message = 'Berta';
  const { stack = '' } = errorFields(error);
  expect(stack).not.toMatch(/Ada|Berta/);
  expect(stack).toMatch(/^ {4}at /);
});

it('tells the text of a StoreError, which is ours', () => {
  const error = new StoreError('the disk is full', { retryable: true, notCommitted: true });
  expect(errorFields(error)).toMatchObject({ error: 'StoreError', reason: 'the disk is full' });
});

it('says of what is no error that it is unknown', () => {
  expect(errorFields('Ada')).toEqual({ error: 'unknown' });
});
