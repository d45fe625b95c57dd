/**
 * A database of a device, with what it keeps of its syncs: its anchor, and the session that broke. It says what its part
 * of each message is, and takes its part of the replies; `Handset` puts the messages together.
 */
import type { Command, Meta, StatusCommand, Sync } from '../../lib/message/model.ts';
import { DeviceDatabase, type Outgoing } from './device-database.ts';
import { atomically, type Letter, lettersOf } from './device-letters.ts';
import {
  type AlertAnswer,
  type DeviceFilter,
  type Interrupted,
  NOT_TAKEN,
  withFilter,
  withSource,
} from './device-messages.ts';
import type { DatabaseOptions, HandsetOptions, Report } from './device-options.ts';
import { alert, map, sync } from './drafts.ts';
import type { Draft, Session } from './session.ts';
import { packed } from './several-items.ts';

/** Bytes: more than all items of a test. */
const MUCH_MEMORY = 50_000_000;

/** A sync that is under way. */
interface Running extends Pick<Report, 'code' | 'received' | 'codes'> {
  readonly resumed: boolean;
  readonly broken: Interrupted;
  /** The user's edits when it began. */
  readonly sent: ReadonlyMap<string, string>;
  announced: number | undefined;
}

export interface DatabaseState {
  readonly anchor: string | undefined;
  readonly ended: number;
  readonly luids: number;
}

export class SyncedDatabase extends DeviceDatabase {
  /** Other ones are told in the next session. */
  options: DatabaseOptions;
  readonly datastore: string;
  /** Filter of the next sessions. */
  filter: DeviceFilter | undefined;
  private anchor: string | undefined;
  private broken: Interrupted | undefined;
  /** The session that its Alert asked to resume. */
  private resuming: Interrupted | undefined;
  private last: string | undefined;
  /** How many of its syncs ended well. */
  private ended = 0;
  private running: Running | undefined;
  private readonly failed = new Set<string>();

  /** `appends`: puts large objects together as libsynthesis does. */
  constructor(options: DatabaseOptions = {}, appends = false) {
    super(appends);
    this.options = options;
    this.datastore = options.datastore ?? 'contacts';
    this.anchor = options.past?.anchor;
    this.broken = options.past?.broken;
  }

  override get isFull(): boolean {
    return this.items.size >= (this.options.capacity ?? Number.POSITIVE_INFINITY);
  }

  protected override kept(data: string, before: string | undefined): string {
    return this.options.keeps?.(data, before) ?? data;
  }

  /** Its own name. */
  get uri(): string {
    return this.options.database ?? `./${this.datastore}`;
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

  /** What an image of the memory has beside the items. */
  state(): DatabaseState {
    return { anchor: this.anchor, ended: this.ended, luids: this.luids };
  }
  /**
   * Loses all without a word. With the state of an image it has the anchor and gives the LUIDs of then again; but an anchor of
   * fewer than two syncs ago, from which a server goes on, it forgets.
   */
  wipe(image?: DatabaseState): void {
    this.clear();
    this.forgetAnchor();
    this.failed.clear();
    if (image === undefined) return;
    this.luids = image.luids;
    if (image.ended + 2 <= this.ended) this.anchor = image.anchor;
  }

  /** The Alert that begins its sync. */
  ask(code: number, next: string): Draft {
    this.misses = false;
    this.resuming = code === 225 ? this.broken : undefined;
    this.last = this.resuming === undefined ? (code === 201 ? undefined : this.anchor) : this.resuming.last;
    const { last } = this;
    const asked = this.own(alert(code, this.datastore, { ...(last !== undefined && { last }), next }));
    return this.filter === undefined ? asked : withFilter(asked, this.filter, this.options.type);
  }

  /** Does the server go on with an older session, whose content a refresh that broke threw away here? */
  isOutdated(code: number): boolean {
    return this.resuming !== undefined && this.anchor === undefined && (code === 200 || code === 204);
  }

  /** The sync of the type that the server named begins. */
  agree(code: number, { status }: AlertAnswer): void {
    const { resuming } = this;
    const resumed = resuming?.code === code && status === 200 ? resuming : undefined;
    this.broken = resumed ?? { code, last: this.last, done: new Map() };
    this.open = resumed && this.open && { ...this.open, earlier: true };
    this.parts?.begin(resumed !== undefined);
    this.begin(this.broken, resumed !== undefined);
  }

  /** Goes on in the session that broke. */
  continueSession(): void {
    if (this.broken === undefined) throw new Error(`no session of ${this.datastore} broke`);
    this.begin(this.broken, true);
  }

  private begin(broken: Interrupted, resumed: boolean): void {
    const report = { received: { Add: 0, Replace: 0, Delete: 0 }, codes: new Map(), announced: undefined };
    this.running = { ...report, code: broken.code, resumed, broken, sent: new Map(this.edits) };
  }

  private get current(): Running {
    if (this.running === undefined) throw new Error(`${this.datastore} does not synchronise`);
    return this.running;
  }

  /** Its part of package #3, message by message. */
  letters(options: HandsetOptions): Letter[] {
    const { code, broken, resumed } = this.current;
    const changes = this.changesFor(code, broken, resumed);
    if (code === 205 && !resumed) {
      this.items.clear();
      this.edits.clear();
    }
    // In the refresh itself it may still say what it has thrown away; once more, when it resumes, it does not.
    if (code === 205 && resumed) this.unsentMaps = this.unsentMaps.filter(([, luid]) => this.items.has(luid));
    this.running = { ...this.current, sent: new Map(this.edits) };
    return lettersOf(changes, options, broken.partial);
  }

  private changesFor(code: number, { done }: Interrupted, resumed: boolean): Outgoing[] {
    const all = this.outgoing(code, this.options.type ?? 'text/vcard');
    return resumed ? all.filter(([luid]) => !done.has(luid) || done.get(luid) !== this.items.get(luid)) : all;
  }

  /** The Sync with these changes. */
  syncOf({ changes }: Letter, { atomic, itemsPerCommand = 1 }: HandsetOptions): Draft {
    for (const [luid] of changes) this.sentLuids.add(luid);
    const drafts = packed(
      changes.map(([, change]) => change),
      itemsPerCommand,
    );
    const changed = sync(atomic === true ? atomically(drafts) : drafts, this.datastore);
    return this.own({ ...changed, ...this.memory() } as Draft);
  }

  /** What it says of its memory. */
  private memory(): { readonly meta?: Meta } {
    const { capacity, tellsMemory } = this.options;
    if (capacity === undefined || tellsMemory !== true) return {};
    return { meta: { mem: { freeId: Math.max(capacity - this.items.size, 0), freeMem: MUCH_MEMORY } } };
  }

  /** The Maps that were not sent yet. */
  mapDrafts(): Draft[] {
    return this.unsentMaps.length > 0 ? [this.own(map(this.unsentMaps, this.datastore))] : [];
  }
  noteMapsSent(): void {
    this.unsentMaps = [];
  }

  private own(draft: Draft): Draft {
    const { database } = this.options;
    return database === undefined ? draft : withSource(draft, database);
  }

  /** The server's Statuses for changes that were sent in this letter. */
  takeCodes(statuses: readonly StatusCommand[], { changes, partial }: Letter): void {
    const { codes, broken } = this.current;
    const answers = statuses.flatMap(({ sourceRefs = [], code }) =>
      sourceRefs.map((luid) => ({ luid, code })),
    );
    for (const { luid, code } of answers) {
      if (!changes.some(([candidate]) => candidate === luid)) continue;
      codes.set(luid, code);
      // An object that did not arrive as a whole goes again next time.
      if (NOT_TAKEN.includes(code)) this.failed.add(luid);
      const data = this.items.get(luid);
      if (code >= 400 || code === 213 || NOT_TAKEN.includes(code)) continue;
      broken.done.set(luid, data);
      if (data !== undefined) this.acknowledged.add(data);
    }
    if (partial === undefined) delete broken.partial;
    else broken.partial = partial;
  }

  /** A Sync of the server's that is about it. */
  takeChanges(command: Sync, session: Session): void {
    this.current.announced ??= command.numberOfChanges;
    this.receive(command, this.current.received);
    for (const cmdId of this.unknown) session.refused.set(cmdId, 404);
  }

  /** The server ended: an object that an earlier session began does not come any more. */
  giveUpObject(): void {
    if (this.isReceivingObject) throw new Error('Final inside a large object');
    this.open = undefined;
  }
  get hasOpenObject(): boolean {
    return this.open !== undefined;
  }
  /** Does the device only send in this sync? */
  get onlySends(): boolean {
    return this.current.code === 202 || this.current.code === 203;
  }

  /** Its sync ended well, in a session that told this anchor. */
  end(next: string): Omit<Report, 'messages'> {
    const { code, received, codes, announced, sent, resumed } = this.current;
    if (code < 204) this.settleEdits(sent, resumed && code !== 200 && code !== 202);
    this.anchor = next;
    this.ended += 1;
    this.broken = undefined;
    this.running = undefined;
    return { code, received, codes, announced };
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

  /** The session broke: what was acknowledged needs no second sending, whatever session comes next. */
  breakOff(isResumable: boolean): void {
    // A refresh that broke left the device without its content: only a slow sync or a resume is right then.
    if (this.running?.code === 205) this.anchor = undefined;
    this.running = undefined;
    if (!isResumable) this.broken = undefined;
    for (const [luid, data] of this.broken?.done ?? [])
      if (this.items.get(luid) === data) this.edits.delete(luid);
  }

  /** Its code for a command of the server's, where it is not the usual one. */
  codeFor(command: Command): number | undefined {
    return this.answers.get(command);
  }
}
