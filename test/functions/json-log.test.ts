/** The lines that CloudWatch gets: levels, and what it counts. */
import { describe, expect, it } from 'vitest';
import { jsonLog } from '../../functions/lambda/json-log.ts';
import { LEVELS, type Level } from '../../lib/app/log-levels.ts';

function written(logLevel: Level | undefined, ...events: { event: string }[]) {
  const lines: string[] = [];
  const log = jsonLog({
    ...(logLevel !== undefined && { logLevel }),
    ...{ deployment: 'team-a', now: () => 5, write: (line: string) => lines.push(line) },
  });
  events.forEach(log);
  return lines.map((line) => JSON.parse(line));
}

describe('a line', () => {
  it('is one object with its level', () => {
    expect(written(undefined, { event: 'message' })).toEqual([{ level: 'info', event: 'message' }]);
  });

  it.each(LEVELS.map((level, at) => [level, LEVELS.slice(at)] as const))(
    'at %s is of %j',
    (level, expected) => {
      const events = ['http', 'message', 'busy', 'error'].map((event) => ({ event }));
      expect(written(level, ...events).map((line) => line.level)).toEqual(expected);
    },
  );

  it('of an event that nobody gave a level is info', () => {
    expect(written('info', { event: 'toString' })).toEqual([{ level: 'info', event: 'toString' }]);
  });

  it('of a failed login is a metric of the deployment', () => {
    const [line] = written('error', { event: 'auth-failed' });
    expect(line).toMatchObject({ event: 'auth-failed', FailedLogins: 1, deployment: 'team-a' });
    expect(line._aws).toEqual({
      Timestamp: 5,
      CloudWatchMetrics: [
        {
          Namespace: 'SyncML',
          Dimensions: [['deployment']],
          Metrics: [{ Name: 'FailedLogins', Unit: 'Count' }],
        },
      ],
    });
  });
});
