/**
 * The commands that the server sent in this session and that are not done, by item. A Map asks for each of its pairs.
 *
 * Must not know: what a command's answer means.
 */
import type { Guid } from '../model/ids.ts';
import type { Sent, SessionState } from '../model/session-state.ts';

export class SentOfItems {
  private readonly session: SessionState;
  private keys: ReadonlyMap<Guid | undefined, readonly string[]> | undefined;

  constructor(session: SessionState) {
    this.session = session;
  }

  /**
   * The commands of an item with their keys in the session. Those that were sent after the first question of a step are not
   * among them: the server sends when all that the client said is carried out.
   */
  of(guid: Guid): [string, Sent][] {
    this.keys ??= Map.groupBy(Object.keys(this.session.sent), (key) => this.session.sent[key]?.guid);
    const own: [string, Sent][] = [];
    for (const key of this.keys.get(guid) ?? []) {
      const sent = this.session.sent[key];
      if (sent?.guid === guid) own.push([key, sent]);
    }
    return own;
  }
}
