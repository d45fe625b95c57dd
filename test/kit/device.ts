/**
 * A device with one database: runs whole sessions like a phone does, in one or several messages a package, keeps anchors
 * and LUIDs over sessions, and can resume a session that broke. What it holds is what a user would see.
 */
import type { DeviceOptions, HandsetReport, Report } from './device-options.ts';
import { Handset } from './handset.ts';
import type { TestServer } from './server.ts';
import type { Session } from './session.ts';
import { SyncedDatabase } from './synced-database.ts';

export type { DeviceOptions, Past, Report } from './device-options.ts';
export { Suspended } from './handset.ts';

export class Device extends SyncedDatabase {
  readonly server: TestServer;
  declare options: DeviceOptions;
  private readonly handset: Handset;

  constructor(server: TestServer, options: DeviceOptions = {}) {
    super(options, options.appends);
    this.server = server;
    this.handset = new Handset(server, options, [this]);
  }

  /** Number of the message in which the next session is suspended. */
  get suspendAt(): number | undefined {
    return this.handset.suspendAt;
  }
  set suspendAt(at: number | undefined) {
    this.handset.suspendAt = at;
  }

  /** A whole session of the given type (225 resumes the one that broke); throws when the server refuses it. */
  sync(code = this.hasAnchor ? 200 : 201): Promise<Report> {
    this.handset.options = this.options;
    return this.handset.syncAnd({ [this.datastore]: code }, (report) => this.ownReport(report));
  }

  /** Goes on in the session that broke: its last answer is in. `next` is the anchor that the device told in it. */
  async goOn(session: Session, next: string): Promise<Report> {
    return this.ownReport(await this.handset.goOn(session, next));
  }

  private ownReport({ synced }: HandsetReport): Report {
    const report = synced[this.datastore];
    if (report === undefined) throw new Error('the database did not synchronise');
    return report;
  }
}
