/** Sessions that resume others, in tests. */
import { expect } from 'vitest';
import type { TestServer } from '../../kit/server.ts';
import { alertsOf } from '../../kit/session.ts';
import { told } from '../send/news.ts';
import { begin, codeOf, wholeSync } from '../steps.ts';

/** A session that resumes, after package #2. */
export const resume = (server: TestServer, last?: string, sessionId = 'r') =>
  begin(server, { sessionId, code: 225, next: 'later', ...(last !== undefined && { last }), info: false });
export const alertCodes = ({ init }: Awaited<ReturnType<typeof begin>>) => [
  codeOf(init, 'Alert'),
  alertsOf(init),
];
/** What the next normal session gets: its anchors fit, and there is no news. */
export async function expectQuiet(server: TestServer, last = 'later') {
  const { init, reply } = await wholeSync(server, { sessionId: 'q', code: 200, last, next: 'quiet' });
  expect(alertsOf(init)).toEqual([200]);
  expect(told(reply)).toEqual([]);
}
