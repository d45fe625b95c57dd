/**
 * An error as fields of a log line. The text of an error that is not ours may quote what it was given (JSON.parse does),
 * so that only its name and the places in the code are told.
 */
import { StoreError } from '../store/port/port.ts';

export interface ErrorFields {
  /** The error's name. */
  readonly error: string;
  /** The text of a StoreError, which is safe to log. */
  readonly reason?: string;
  /** Where it was thrown, a line each. */
  readonly stack?: string;
}

export function errorFields(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { error: 'unknown' };
  const stack = framesOf(error);
  return {
    error: error.name,
    ...(error instanceof StoreError && { reason: error.message }),
    ...(stack !== '' && { stack }),
  };
}

/** The stack without the text before it, which may have several lines. */
function framesOf({ message, stack = '' }: Error): string {
  const end = stack.indexOf(message);
  const rest = end < 0 ? stack : stack.slice(end + message.length);
  return rest
    .split('\n')
    .filter((line) => /^ {4}at \S/.test(line))
    .join('\n');
}
