/** A client of a server that has no time. */
import type { Message } from '../../lib/message/model.ts';
import { nextMessage } from './drafts.ts';
import type { Exchange, Session } from './session.ts';

/** Nothing is said of what the message held, and more is to come. */
export const isBusy = ({ commands, final }: Message): boolean =>
  !final &&
  commands.every(
    (command) => command.name === 'Status' && (command.cmd === 'SyncHdr' || command.code === 101),
  );

/** A server that has no time is asked for more until the Statuses are there, as SyncEvolution does. */
export async function untilDone(session: Session, first: Exchange): Promise<Exchange> {
  let result = first;
  for (let asked = 0; asked < 100; asked += 1) {
    if (!isBusy(result.reply)) return result;
    result = await session.send([...session.statuses(), nextMessage()], { final: false });
  }
  throw new Error('the server is busy for ever');
}
