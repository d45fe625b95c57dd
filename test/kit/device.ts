/**
 * A device with a database: runs whole sessions like a phone does, in one or several messages a package, and keeps
 * anchors and LUIDs over sessions. What it holds is what a user would see.
 */
import type { Command, Message } from '../../lib/message/model.ts';
import { agreedCode, type DeviceFilter, infoOf, withFilter } from './device-messages.ts';
import { alert, map, nextMessage, putDevInf, sync } from './drafts.ts';
import type { TestServer } from './server.ts';
import { type Draft, type Exchange, Session, type SessionOptions } from './session.ts';

type Edit = 'add' | 'replace' | 'delete';

export interface DeviceOptions extends SessionOptions {
  readonly datastore?: string;
  readonly type?: string;
  /** Changes in one message. */
  readonly perMessage?: number;
  readonly largeObjects?: boolean;
  readonly numberOfChanges?: boolean;
}

export interface Report {
  readonly code: number;
  /** What the server sent: Add, Replace, Delete. */
  readonly received: { Add: number; Replace: number; Delete: number };
  /** NumberOfChanges as announced. */
  readonly announced: number | undefined;
  /** Status codes for what the device sent, by LUID. */
  readonly codes: Map<string, number>;
  readonly messages: number;
}

export class Device {
  readonly items = new Map<string, string>();
  readonly server: TestServer;
  readonly options: DeviceOptions;
  readonly datastore: string;
  private readonly edits = new Map<string, Edit>();
  private readonly sentLuids = new Set<string>();
  private anchor: string | undefined;
  private sessions = 0;
  private luids = 0;
  /** Maps of a session that broke before they were answered: sent first thing in the next (M07). */
  private unsentMaps: (readonly [guid: string, luid: string])[] = [];
  private open: { luid: string | undefined; guid: string | undefined; data: string } | undefined;

  constructor(server: TestServer, options: DeviceOptions = {}) {
    this.server = server;
    this.options = options;
    this.datastore = options.datastore ?? 'contacts';
  }

  add(data: string, luid = this.newLuid()): string {
    this.items.set(luid, data);
    this.edits.set(luid, 'add');
    return luid;
  }
  replace(luid: string, data: string): void {
    this.items.set(luid, data);
    if (this.edits.get(luid) !== 'add') this.edits.set(luid, 'replace');
  }
  delete(luid: string): void {
    this.items.delete(luid);
    // Once sent it may be on the server, whatever became of that session.
    if (this.edits.get(luid) === 'add' && !this.sentLuids.has(luid)) this.edits.delete(luid);
    else this.edits.set(luid, 'delete');
  }
  /** What a user sees, in an order that does not depend on LUIDs. */
  get contents(): string[] {
    return [...this.items.values()].sort();
  }
  find(text: string): string {
    const found = [...this.items].find(([, data]) => data.includes(text));
    if (found === undefined) throw new Error(`the device has no item with ${text}`);
    return found[0];
  }
  /** Filter of the next sessions. */
  filter: DeviceFilter | undefined;
  /** Contents that the server answered with a success: they must never be lost. */
  readonly acknowledged = new Set<string>();
  get hasAnchor(): boolean {
    return this.anchor !== undefined;
  }
  /** The device forgets what it knew of former sessions, as after a reset of its sync settings. */
  forgetAnchor(): void {
    this.anchor = undefined;
  }
  private newLuid(): string {
    do this.luids += 1;
    while (this.items.has(`L${this.luids}`));
    return `L${this.luids}`;
  }

  /** A whole session of the given type; throws when the server refuses it. */
  async sync(code = this.anchor === undefined ? 201 : 200): Promise<Report> {
    this.sessions += 1;
    const session = new Session(this.server, { ...this.options, sessionId: String(this.sessions) });
    const next = `${this.options.device ?? 'phone-1'}-${this.sessions}`;
    const last = this.anchor === undefined || code === 201 ? {} : { last: this.anchor };
    const asked = alert(code, this.datastore, { ...last, next });
    const filtered = this.filter === undefined ? asked : withFilter(asked, this.filter, this.options.type);
    const init = await session.send([putDevInf(infoOf(this.datastore, this.options)), filtered]);
    const agreed = agreedCode(init.reply);
    const report: Report = {
      code: agreed,
      received: { Add: 0, Replace: 0, Delete: 0 },
      announced: undefined,
      codes: new Map(),
      messages: 1,
    };
    const sent = new Map(this.edits);
    this.open = undefined;
    try {
      const result = await this.exchangeChanges(session, agreed, report);
      // Nothing is sent in 204 and 205; a refresh from the server leaves nothing to send.
      if (agreed === 205) this.edits.clear();
      if (agreed < 204)
        for (const [luid, edit] of sent) if (this.edits.get(luid) === edit) this.edits.delete(luid);
      this.anchor = next;
      return result;
    } catch (error) {
      // A refresh that broke left the device without its content: only a slow sync is right then.
      if (agreed === 205) this.anchor = undefined;
      throw error;
    }
  }

  private async exchangeChanges(session: Session, code: number, report: Report): Promise<Report> {
    const changes = this.outgoing(code);
    if (code === 205) this.items.clear();
    const per = this.options.perMessage ?? 100;
    let result: Exchange | undefined;
    let messages = report.messages;
    let announced: number | undefined;
    for (let at = 0; at === 0 || at < changes.length; at += per) {
      const part = changes.slice(at, at + per);
      for (const [luid] of part) this.sentLuids.add(luid);
      const draft = sync(
        part.map(([, change]) => change),
        this.datastore,
      );
      const early = at === 0 ? this.mapDrafts() : [];
      result = await session.send([...session.statuses(), ...early, draft], {
        final: at + per >= changes.length,
      });
      if (early.length > 0) this.unsentMaps = [];
      messages += 1;
      this.takeCodes(result.reply, part, report.codes);
    }
    while (result !== undefined) {
      const { more, count } = this.receive(result.reply, report);
      announced ??= count;
      const done = result.reply.final && !more;
      if (done && (code === 202 || code === 203)) break;
      const drafts = [...session.statuses(), ...this.mapDrafts()];
      if (!done) drafts.push(nextMessage());
      result = await session.send(drafts, { final: done });
      this.unsentMaps = [];
      messages += 1;
      if (messages > 2_000) throw new Error('the session does not end');
      if (done) break;
    }
    return { ...report, announced, messages };
  }

  private mapDrafts(): Draft[] {
    return this.unsentMaps.length > 0 ? [map(this.unsentMaps, this.datastore)] : [];
  }

  private outgoing(code: number): (readonly [string, Draft])[] {
    const type = this.options.type ?? 'text/vcard';
    const item = (luid: string, name: 'Add' | 'Replace'): readonly [string, Draft] => [
      luid,
      { name, meta: { type }, items: [{ source: { uri: luid }, data: this.items.get(luid) ?? '' }] },
    ];
    if (code === 201 || code === 203) return [...this.items.keys()].map((luid) => item(luid, 'Replace'));
    if (code >= 204) return [];
    return [...this.edits].map(([luid, edit]) =>
      edit === 'delete'
        ? ([luid, { name: 'Delete', items: [{ source: { uri: luid } }] }] as const)
        : item(luid, edit === 'add' ? 'Add' : 'Replace'),
    );
  }

  private takeCodes(
    reply: Message,
    part: readonly (readonly [string, Draft])[],
    codes: Map<string, number>,
  ): void {
    for (const command of reply.commands) {
      if (command.name !== 'Status') continue;
      const luid = command.sourceRefs?.[0];
      if (luid === undefined || !part.some(([own]) => own === luid)) continue;
      codes.set(luid, command.code);
      const data = this.items.get(luid);
      if (data !== undefined && command.code < 400) this.acknowledged.add(data);
    }
  }

  private receive(reply: Message, report: Report) {
    let count: number | undefined;
    for (const command of reply.commands) {
      if (command.name !== 'Sync') continue;
      count ??= command.numberOfChanges;
      for (const change of command.commands) this.apply(change, report);
    }
    return { more: this.open !== undefined, count };
  }

  private apply(change: Command, report: Report): void {
    if (change.name !== 'Add' && change.name !== 'Replace' && change.name !== 'Delete') return;
    for (const item of change.items) {
      const luid = item.target?.uri;
      const guid = item.source?.uri;
      if (change.name === 'Delete') {
        this.items.delete(luid ?? '');
        this.edits.delete(luid ?? '');
        report.received.Delete += 1;
        continue;
      }
      const data = (this.open?.data ?? '') + String(item.data ?? '');
      if (item.moreData === true) {
        this.open = { luid, guid, data };
        continue;
      }
      this.open = undefined;
      report.received[change.name] += 1;
      // What the server says now stands: a deletion of the user's that was not sent yet is undone by it.
      if (change.name === 'Replace' && this.edits.get(luid ?? '') === 'delete') this.edits.delete(luid ?? '');
      if (change.name === 'Replace') this.items.set(luid ?? '', data);
      else {
        const stored = this.newLuid();
        this.items.set(stored, data);
        this.unsentMaps.push([guid ?? '', stored]);
      }
    }
  }
}
