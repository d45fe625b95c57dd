/**
 * A device with several databases that go through one session, as most phones have them: one Alert for each of them in the
 * first message, their Syncs one after the other or side by side, and a report of each.
 */
import type { Message, StatusCommand } from '../../lib/message/model.ts';
import { untilDone } from './busy.ts';
import { type Asked, askMore, beginAgreed, codeFor, noteAnswers, refusedOf } from './device-alerts.ts';
import type { Letter } from './device-letters.ts';
import { DeviceLogin } from './device-login.ts';
import { infoOfAll } from './device-messages.ts';
import type { DatabaseOptions, HandsetOptions, HandsetReport } from './device-options.ts';
import { messagesOf, type Part } from './device-package.ts';
import { nextMessage, putDevInf, suspend } from './drafts.ts';
import type { TestServer } from './server.ts';
import type { Exchange, Session } from './session.ts';
import { SyncedDatabase } from './synced-database.ts';

/** The device suspends the session itself. */
export class Suspended extends Error {}

export class Handset {
  readonly server: TestServer;
  /** Other ones are told in the next session. */
  options: HandsetOptions;
  readonly databases: readonly SyncedDatabase[];
  /** Number of the message in which the next session is suspended. */
  suspendAt: number | undefined;
  private readonly login: DeviceLogin;
  private sessions = 0;
  /** Which database each change of this session was sent for, by MsgID and CmdID. */
  private readonly sentFor = new Map<string, SyncedDatabase>();

  constructor(server: TestServer, options: HandsetOptions, databases: readonly SyncedDatabase[]) {
    this.server = server;
    this.options = options;
    this.databases = databases;
    this.login = new DeviceLogin(server, options.past?.session);
  }

  /** A device with new databases. */
  static of(server: TestServer, options: HandsetOptions, databases: readonly DatabaseOptions[]): Handset {
    const made = databases.map((database) => new SyncedDatabase(database, options.appends));
    return new Handset(server, options, made);
  }

  database(datastore: string): SyncedDatabase {
    const found = this.databases.find((database) => database.datastore === datastore);
    if (found === undefined) throw new Error(`the device has no database ${datastore}`);
    return found;
  }

  /**
   * A whole session. `codes`: the databases that take part, in the order of their Alerts, and the type of sync of each (225
   * resumes the one that broke). Throws when the server refuses the session, or every database.
   */
  sync(codes: { readonly [datastore: string]: number } = this.usualCodes()): Promise<HandsetReport> {
    return this.syncAnd(codes, (report) => report);
  }

  /**
   * As `sync`; gives what `resultOf` makes of the report. Devices that synchronise at the same time take turns at each
   * await, so one more of them on the way of the report would tell every seed of the simulation another story.
   */
  async syncAnd<Result>(
    codes: { readonly [datastore: string]: number },
    resultOf: (report: HandsetReport) => Result,
  ): Promise<Result> {
    this.sessions += 1;
    this.sentFor.clear();
    const next = `${this.options.device ?? 'phone-1'}-${this.sessions}`;
    const asked = Object.entries(codes).map(([datastore, code]): Asked => {
      const database = this.database(datastore);
      return { database, draft: database.ask(code, next), answer: {} };
    });
    const put = this.options.put ?? putDevInf(infoOfAll(this.databases, this.options));
    const { session, init } = await this.login.begin([put, ...asked.map(({ draft }) => draft)], this.options);
    for (let { reply } = init; noteAnswers(reply, asked); ) reply = await askMore(session);
    const synced = beginAgreed(asked);
    session.codeOf = (command) => codeFor(command, synced);
    try {
      const report = await this.exchangeChanges(session, synced, next);
      return resultOf({ ...report, refused: refusedOf(asked) });
    } catch (error) {
      const isResumable = (this.options.version ?? '1.2') === '1.2';
      for (const database of synced) database.breakOff(isResumable);
      throw error;
    }
  }

  /** Goes on in the session that broke: its last answer is in. `next` is the anchor that the device told in it. */
  async goOn(session: Session, next: string): Promise<HandsetReport> {
    const synced = this.databases.filter(({ canResume }) => canResume);
    if (synced.length === 0) throw new Error('no session of the device broke');
    for (const database of synced) database.continueSession();
    return { ...(await this.exchangeChanges(session, synced, next)), refused: {} };
  }

  private usualCodes(): { [datastore: string]: number } {
    return Object.fromEntries(
      this.databases.map(({ datastore, hasAnchor }) => [datastore, hasAnchor ? 200 : 201]),
    );
  }

  private async exchangeChanges(
    session: Session,
    synced: readonly SyncedDatabase[],
    next: string,
  ): Promise<Omit<HandsetReport, 'refused'>> {
    const first = await this.upload(session, synced);
    const early = this.options.endsEarly === true ? synced.filter(({ onlySends }) => onlySends) : [];
    const others = synced.filter((database) => !early.includes(database));
    const ended = early.map((database) => [database.datastore, database.end(next)] as const);
    await this.download(session, others, first);
    ended.push(...others.map((database) => [database.datastore, database.end(next)] as const));
    const messages = session.msgId;
    const reports = ended.map(([datastore, report]) => [datastore, { ...report, messages }]);
    return { synced: Object.fromEntries(reports), messages };
  }

  /** Package #3. */
  private async upload(session: Session, synced: readonly SyncedDatabase[]): Promise<Exchange> {
    const ordered = this.options.reversed === true ? [...synced].reverse() : synced;
    const letters = ordered.map((database) => [database, database.letters(this.options)] as const);
    const messages = messagesOf(letters, this.options);
    let result: Exchange | undefined;
    for (const [at, parts] of messages.entries()) {
      await this.mayStop(session);
      const drafts = parts.flatMap(({ database, letter, isFirst }) => [
        ...(isFirst ? database.mapDrafts() : []),
        database.syncOf(letter, this.options),
      ]);
      const final = at === messages.length - 1;
      const first = await session.send([...session.statuses(), ...drafts], { final });
      this.noteSent(session, parts);
      result = await untilDone(session, first);
      for (const { database, isFirst } of parts) if (isFirst) database.noteMapsSent();
      for (const { database, letter } of parts)
        this.takeCodes(database, letter, this.statusesFor(result.reply, database));
    }
    if (result === undefined) throw new Error('nothing was sent');
    return result;
  }

  private takeCodes(database: SyncedDatabase, letter: Letter, statuses: readonly StatusCommand[]): void {
    database.takeCodes(statuses, letter);
    if ((this.options.itemsPerCommand ?? 1) === 1) return;
    const answered = new Set(statuses.flatMap(({ sourceRefs = [] }) => sourceRefs));
    for (const [luid] of letter.changes) if (!answered.has(luid)) throw new Error(`no Status for ${luid}`);
  }

  /** Notes for which database each command of the message was that was sent last. */
  private noteSent({ sent }: Session, parts: readonly Part<SyncedDatabase>[]): void {
    const databases = parts.map(({ database }) => database);
    const note = (command: Message['commands'][number], database: SyncedDatabase) => {
      this.sentFor.set(`${sent?.header.msgId}/${command.cmdId}`, database);
      if ('commands' in command) for (const inner of command.commands) note(inner, database);
    };
    for (const command of sent?.commands ?? []) {
      const database = command.name === 'Sync' ? databases.shift() : undefined;
      if (database !== undefined) note(command, database);
    }
  }

  private statusesFor({ commands }: Message, database: SyncedDatabase): StatusCommand[] {
    return commands.filter(
      (command): command is StatusCommand =>
        command.name === 'Status' && this.sentFor.get(`${command.msgRef}/${command.cmdRef}`) === database,
    );
  }

  /** Packages #4 to #6. */
  private async download(
    session: Session,
    synced: readonly SyncedDatabase[],
    first: Exchange,
  ): Promise<void> {
    const onlySends = synced.every((database) => database.onlySends);
    for (let result = first; ; ) {
      takeChanges(session, result.reply, synced);
      if (result.reply.final) for (const database of synced) database.giveUpObject();
      const done = result.reply.final && synced.every((database) => !database.hasOpenObject);
      if (done && onlySends) return;
      await this.mayStop(session);
      const isTooEarly = this.options.lateMaps === true || (this.options.mapsLast === true && !done);
      const mapped = isTooEarly ? [] : synced;
      const drafts = [...session.statuses(), ...mapped.flatMap((database) => database.mapDrafts())];
      if (!done) drafts.push(nextMessage());
      result = await untilDone(session, await session.send(drafts, { final: done }));
      for (const database of mapped) database.noteMapsSent();
      if (session.msgId > 2_000) throw new Error('the session does not end');
      if (done) return;
    }
  }

  private async mayStop(session: Session): Promise<void> {
    if (this.suspendAt === undefined || session.msgId < this.suspendAt) return;
    this.suspendAt = undefined;
    await session.send([...session.statuses(), suspend(this.options.device)]);
    throw new Suspended();
  }
}

/** Gives each database the Syncs of the reply that are about it; an object in chunks comes without anything between. */
function takeChanges(session: Session, { commands }: Message, synced: readonly SyncedDatabase[]): void {
  for (const command of commands) {
    if (command.name !== 'Sync') continue;
    const uri = command.target?.uri;
    const database = synced.find((one) => one.uri === uri);
    if (database === undefined) throw new Error(`the device does not synchronise ${uri}`);
    const open = synced.find((one) => one !== database && one.isReceivingObject);
    if (open !== undefined) throw new Error(`a Sync of ${uri} comes inside an object of ${open.uri}`);
    database.takeChanges(command, session);
  }
}
