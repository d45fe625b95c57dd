/** A client of a server that has no time. */
import { nextMessage } from './drafts.ts';
import type { Draft, Exchange, Session } from './session.ts';

/** A server that is Busy is asked for the result until it is there (B01-B04). */
export async function untilDone(session: Session, first: Exchange): Promise<Exchange> {
  let result = first;
  for (let asked = 0; asked < 100; asked += 1) {
    const [header] = result.reply.commands;
    if (header?.name !== 'Status' || header.code !== 101) return result;
    const question = { ...nextMessage(), code: 221 } as Draft;
    result = await session.send([...session.statuses(), question], { final: false });
  }
  throw new Error('the server is busy for ever');
}
