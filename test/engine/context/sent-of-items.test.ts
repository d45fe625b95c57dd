import { describe, expect, it } from 'vitest';
import { SentOfItems } from '../../../lib/engine/context/sent-of-items.ts';
import type { Guid } from '../../../lib/engine/model/ids.ts';
import type { SessionState } from '../../../lib/engine/model/session-state.ts';

const guidAt = (n: number): Guid => `guid-${n}` as Guid;

/** A session in which so many Adds wait; `listings` counts how often all of them were gone through. */
function sessionWith(adds: number): { session: SessionState; listings: () => number } {
  let listings = 0;
  const all = Array.from({ length: adds }, (_, n) => [`2.${n}`, { d: 0, op: 'add', guid: guidAt(n) }]);
  const sent = new Proxy(Object.fromEntries(all), {
    ownKeys: (target) => {
      listings += 1;
      return Reflect.ownKeys(target);
    },
  });
  return { session: { sent } as unknown as SessionState, listings: () => listings };
}

describe('the commands that were sent of an item', () => {
  it('are found for each of a thousand Maps in one passage through the session', () => {
    const { session, listings } = sessionWith(1000);
    const sent = new SentOfItems(session);
    for (let n = 0; n < 1000; n += 1) expect(sent.of(guidAt(n)).map(([key]) => key)).toEqual([`2.${n}`]);
    expect(listings()).toBe(1);
  });

  it('are all of its commands as they stand now, without those that are done and those without an item', () => {
    const { session } = sessionWith(2);
    session.sent['2.9'] = { d: 0, op: 'delete', guid: guidAt(1) };
    session.sent['1.1'] = { d: 0, op: 'alert' };
    const sent = new SentOfItems(session);
    expect(sent.of(guidAt(1)).map(([key]) => key)).toEqual(['2.1', '2.9']);
    delete session.sent['2.1'];
    session.sent['2.9'] = { d: 0, op: 'delete', guid: guidAt(1), ok: true };
    expect(sent.of(guidAt(1))).toEqual([['2.9', { d: 0, op: 'delete', guid: guidAt(1), ok: true }]]);
    expect(sent.of(guidAt(5))).toEqual([]);
  });
});
