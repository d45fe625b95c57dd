/** How a device begins its sessions: with the nonce that it was told last, and again when that is refused. */
import { untilDone } from './busy.ts';
import type { TestServer } from './server.ts';
import { type Draft, type Exchange, Refused, Session, type SessionOptions } from './session.ts';

/** How often a challenge is answered before the device gives up. */
const ATTEMPTS = 5;

export class DeviceLogin {
  private readonly server: TestServer;
  private nonce: Uint8Array | undefined;
  private sessions: number;

  /** `sessions`: how many it had before. */
  constructor(server: TestServer, sessions = 0) {
    this.server = server;
    this.sessions = sessions;
  }

  /** Sends the first message of a new session; throws Refused when the server does not take it. */
  async begin(
    drafts: readonly Draft[],
    given: SessionOptions,
  ): Promise<{ session: Session; init: Exchange }> {
    for (let attempt = 1; ; attempt += 1) {
      this.sessions += 1;
      const nonce = this.nonce === undefined ? {} : { nonce: this.nonce };
      const options = { ...given, ...nonce, sessionId: String(this.sessions), strict: true };
      const session = new Session(this.server, options);
      try {
        return { session, init: await untilDone(session, await session.send(drafts)) };
      } catch (error) {
        if (!(error instanceof Refused) || given.auth !== 'md5' || attempt === ATTEMPTS) throw error;
      } finally {
        this.note(session);
      }
    }
  }

  private note({ last }: Session): void {
    const [header] = last?.commands ?? [];
    if (header?.name === 'Status' && header.chal?.nextNonce !== undefined) this.nonce = header.chal.nextNonce;
  }
}
