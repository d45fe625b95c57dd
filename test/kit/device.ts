/**
 * A device with a database: runs whole sessions like a phone does, in one or several messages a package, keeps anchors
 * and LUIDs over sessions, and can resume a session that broke. What it holds is what a user would see.
 */
import type { Message } from '../../lib/message/model.ts';
import { untilDone } from './busy.ts';
import { DeviceDatabase, type Outgoing, type Received } from './device-database.ts';
import { atomically, lettersOf } from './device-letters.ts';
import { DeviceLogin } from './device-login.ts';
import {
  agreedCode,
  type DeviceFilter,
  type Interrupted,
  infoOf,
  isAccepted,
  NOT_TAKEN,
  withFilter,
  withSource,
} from './device-messages.ts';
import { alert, map, nextMessage, putDevInf, suspend, sync } from './drafts.ts';
import type { TestServer } from './server.ts';
import { type Draft, type Exchange, Refused, type Session, type SessionOptions } from './session.ts';

export interface DeviceOptions extends SessionOptions {
  readonly datastore?: string;
  readonly type?: string;
  /** Names of those that it lists; undefined: it lists none. */
  readonly properties?: readonly string[];
  /** Values that it holds of some of them at most. */
  readonly most?: { readonly [property: string]: number };
  /** Bytes that it holds of a value of some of them at most. */
  readonly sizes?: { readonly [property: string]: number };
  /** What it keeps of an item that it gets; the rest it drops without a word. */
  readonly keeps?: (data: string) => string;
  /** Changes in one message. */
  readonly perMessage?: number;
  /** Bytes of an item from which on it is sent in chunks of this size. */
  readonly chunkBytes?: number;
  readonly largeObjects?: boolean;
  readonly numberOfChanges?: boolean;
  readonly maxGuidSize?: number;
  /** Sends what it adds and replaces in one message as an Atomic. */
  readonly atomic?: boolean;
  /** Says under which LUIDs it stored our Adds in its next session only. */
  readonly lateMaps?: boolean;
  /** Its own name of the database; `./` and the name of the datastore when it has none. */
  readonly database?: string;
  /** The command that brings its device information; otherwise it says what these options say. */
  readonly put?: Draft;
  /** Puts large objects together as libsynthesis does. */
  readonly appends?: boolean;
  /** Who made its software. */
  readonly oem?: string;
  /** It synchronised before this test began. */
  readonly past?: Past;
}

/** What a device keeps of its former sessions, beside its items. */
export interface Past {
  /** The number of the last one. */
  readonly session: number;
  /** Next of the last one that was completed. */
  readonly anchor?: string;
  /** The last one, when it broke. */
  readonly broken?: Interrupted;
}

export interface Report {
  readonly code: number;
  /** What the server sent: Add, Replace, Delete. */
  readonly received: Received;
  /** NumberOfChanges as announced. */
  readonly announced: number | undefined;
  /** Status codes for what the device sent, by LUID. */
  readonly codes: Map<string, number>;
  readonly messages: number;
}

/** The device suspends the session itself. */
export class Suspended extends Error {}

export class Device extends DeviceDatabase {
  readonly server: TestServer;
  /** Other ones are told in the next session. */
  options: DeviceOptions;
  readonly datastore: string;
  private anchor: string | undefined;
  private readonly login: DeviceLogin;
  private sessions = 0;
  private broken: Interrupted | undefined;
  private readonly failed = new Set<string>();
  /** Filter of the next sessions. */
  filter: DeviceFilter | undefined;
  /** Number of the message in which the next session is suspended. */
  suspendAt: number | undefined;

  constructor(server: TestServer, options: DeviceOptions = {}) {
    super(options.appends);
    this.server = server;
    this.options = options;
    this.login = new DeviceLogin(server, options.past?.session);
    this.datastore = options.datastore ?? 'contacts';
    this.anchor = options.past?.anchor;
    this.broken = options.past?.broken;
  }

  protected override kept(data: string): string {
    return this.options.keeps?.(data) ?? data;
  }

  get hasAnchor(): boolean {
    return this.anchor !== undefined;
  }
  get canResume(): boolean {
    return this.broken !== undefined;
  }
  /** The device forgets what it knew of former sessions, as after a reset of its sync settings. */
  forgetAnchor(): void {
    this.anchor = undefined;
    this.broken = undefined;
  }

  /** A whole session of the given type (225 resumes the one that broke); throws when the server refuses it. */
  async sync(code = this.anchor === undefined ? 201 : 200): Promise<Report> {
    this.sessions += 1;
    this.misses = false;
    const next = `${this.options.device ?? 'phone-1'}-${this.sessions}`;
    const resuming = code === 225 ? this.broken : undefined;
    const last = resuming === undefined ? (code === 201 ? undefined : this.anchor) : resuming.last;
    const asked = this.own(alert(code, this.datastore, { ...(last !== undefined && { last }), next }));
    const filtered = this.filter === undefined ? asked : withFilter(asked, this.filter, this.options.type);
    const put = this.options.put ?? putDevInf(infoOf(this.datastore, this.options));
    const { session, init } = await this.login.begin([put, filtered], this.options);
    const agreed = agreedCode(init.reply);
    // The server goes on with an older session, whose content a refresh that broke threw away here.
    if (resuming !== undefined && this.anchor === undefined && (agreed === 200 || agreed === 204))
      throw new Refused(agreed);
    const resumed = resuming?.code === agreed && init.reply.commands.some(isAccepted) ? resuming : undefined;
    this.broken = resumed ?? { code: agreed, last, done: new Map() };
    this.open = resumed && this.open && { ...this.open, earlier: true };
    this.parts?.begin(resumed !== undefined);
    session.codeOf = (command) => this.answers.get(command);
    try {
      const result = await this.exchangeChanges(session, agreed, this.broken, resumed !== undefined);
      this.anchor = next;
      this.broken = undefined;
      return result;
    } catch (error) {
      this.breakOff(agreed);
      throw error;
    }
  }

  /** Goes on in the session that broke: its last answer is in. `next` is the anchor that the device told in it. */
  async goOn(session: Session, next: string): Promise<Report> {
    if (this.broken === undefined) throw new Error('no session of the device broke');
    const report = await this.exchangeChanges(session, this.broken.code, this.broken, true);
    this.anchor = next;
    this.broken = undefined;
    return report;
  }

  /** What was acknowledged needs no second sending, whatever session comes next. */
  private breakOff(code: number): void {
    // A refresh that broke left the device without its content: only a slow sync or a resume is right then.
    if (code === 205) this.anchor = undefined;
    if (this.options.version !== undefined && this.options.version !== '1.2') this.broken = undefined;
    for (const [luid, data] of this.broken?.done ?? [])
      if (this.items.get(luid) === data) this.edits.delete(luid);
  }

  private changesFor(code: number, { done }: Interrupted, resumed: boolean): Outgoing[] {
    const type = this.options.type ?? 'text/vcard';
    const all = this.outgoing(code, type);
    return resumed ? all.filter(([luid]) => !done.has(luid) || done.get(luid) !== this.items.get(luid)) : all;
  }

  private async exchangeChanges(
    session: Session,
    code: number,
    broken: Interrupted,
    resumed: boolean,
  ): Promise<Report> {
    const changes = this.changesFor(code, broken, resumed);
    if (code === 205 && !resumed) {
      this.items.clear();
      this.edits.clear();
    }
    // In the refresh itself it may still say what it has thrown away; once more, when it resumes, it does not.
    if (code === 205 && resumed) this.unsentMaps = this.unsentMaps.filter(([, luid]) => this.items.has(luid));
    const sent = new Map(this.edits);
    const report = { code, received: { Add: 0, Replace: 0, Delete: 0 }, codes: new Map<string, number>() };
    const result = await this.upload(session, changes, broken, report.codes);
    const { announced } = await this.download(session, code, result, report.received);
    if (code < 204) this.settleEdits(sent, resumed && code !== 200 && code !== 202);
    return { ...report, announced, messages: session.msgId };
  }

  /** `keepsDeletions`: a resumed slow sync does not bring back what an earlier part of it had named. */
  private settleEdits(sent: ReadonlyMap<string, string>, keepsDeletions: boolean): void {
    for (const luid of this.failed) if (this.items.has(luid)) this.edits.set(luid, 'replace');
    for (const [luid, edit] of sent) {
      const stays = this.failed.has(luid) || (keepsDeletions && edit === 'delete');
      if (this.edits.get(luid) === edit && !stays) this.edits.delete(luid);
    }
    this.failed.clear();
  }

  /** Package #3. */
  private async upload(
    session: Session,
    changes: readonly Outgoing[],
    broken: Interrupted,
    codes: Map<string, number>,
  ): Promise<Exchange> {
    const letters = lettersOf(changes, this.options, broken.partial);
    let result: Exchange | undefined;
    for (const [at, letter] of letters.entries()) {
      await this.mayStop(session);
      for (const [luid] of letter.changes) this.sentLuids.add(luid);
      const drafts = letter.changes.map(([, change]) => change);
      const changed = this.options.atomic === true ? atomically(drafts) : drafts;
      const draft = this.own(sync(changed, this.datastore));
      const early = at === 0 ? this.mapDrafts() : [];
      const final = at === letters.length - 1;
      result = await untilDone(
        session,
        await session.send([...session.statuses(), ...early, draft], { final }),
      );
      if (early.length > 0) this.unsentMaps = [];
      this.takeCodes(result.reply, letter.changes, broken, codes);
      if (letter.partial === undefined) delete broken.partial;
      else broken.partial = letter.partial;
    }
    if (result === undefined) throw new Error('nothing was sent');
    return result;
  }

  /** Packages #4 to #6. */
  private async download(session: Session, code: number, first: Exchange, received: Received) {
    let announced: number | undefined;
    for (let result = first; ; ) {
      const count = this.receive(result.reply, received);
      for (const cmdId of this.unknown) session.refused.set(cmdId, 404);
      announced ??= count;
      if (result.reply.final) this.giveUpOpen();
      const done = result.reply.final && this.open === undefined;
      if (done && (code === 202 || code === 203)) break;
      await this.mayStop(session);
      const maps = this.options.lateMaps === true ? [] : this.mapDrafts();
      const drafts = [...session.statuses(), ...maps];
      if (!done) drafts.push(nextMessage());
      result = await untilDone(session, await session.send(drafts, { final: done }));
      if (maps.length > 0) this.unsentMaps = [];
      if (session.msgId > 2_000) throw new Error('the session does not end');
      if (done) break;
    }
    return { announced };
  }

  /** The server ended: an object that an earlier session began does not come any more. */
  private giveUpOpen(): void {
    if (this.open !== undefined && this.open.earlier !== true) throw new Error('Final inside a large object');
    this.open = undefined;
  }

  private own(draft: Draft): Draft {
    const { database } = this.options;
    return database === undefined ? draft : withSource(draft, database);
  }

  private async mayStop(session: Session): Promise<void> {
    if (this.suspendAt === undefined || session.msgId < this.suspendAt) return;
    this.suspendAt = undefined;
    await session.send([...session.statuses(), suspend(this.options.device)]);
    throw new Suspended();
  }

  private mapDrafts(): Draft[] {
    return this.unsentMaps.length > 0 ? [this.own(map(this.unsentMaps, this.datastore))] : [];
  }

  private takeCodes(
    reply: Message,
    part: readonly Outgoing[],
    { done }: Interrupted,
    codes: Map<string, number>,
  ): void {
    for (const command of reply.commands) {
      if (command.name !== 'Status') continue;
      const luid = command.sourceRefs?.[0];
      const own = part.find(([candidate]) => candidate === luid);
      if (luid === undefined || own === undefined) continue;
      codes.set(luid, command.code);
      // An object that did not arrive as a whole goes again next time.
      if (NOT_TAKEN.includes(command.code)) this.failed.add(luid);
      const data = this.items.get(luid);
      if (command.code >= 400 || command.code === 213 || NOT_TAKEN.includes(command.code)) continue;
      done.set(luid, data);
      if (data !== undefined) this.acknowledged.add(data);
    }
  }
}
