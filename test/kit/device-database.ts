/** What a device holds: items under its LUIDs, the user's edits since the last sync, Maps that were not sent yet. */
import type { Command, Sync } from '../../lib/message/model.ts';
import { AppendingParts } from './appending.ts';
import type { Draft } from './session.ts';

type Edit = 'add' | 'replace' | 'delete';

const DEVICE_FULL = 420;

export interface Received {
  Add: number;
  Replace: number;
  Delete: number;
}
/** A change for the server, by the LUID that it is about. */
export type Outgoing = readonly [luid: string, change: Draft];

export class DeviceDatabase {
  readonly items = new Map<string, string>();
  protected readonly edits = new Map<string, Edit>();
  protected readonly sentLuids = new Set<string>();
  /** Maps of a session that broke before they were answered: sent first thing in the next (M07). */
  protected unsentMaps: (readonly [guid: string, luid: string])[] = [];
  /** A large object of the server's that is not complete. */
  protected open:
    | { luid: string | undefined; guid: string | undefined; data: string; size: number; earlier?: true }
    | undefined;
  /** Contents that the server answered with a success: they must never be lost. */
  readonly acknowledged = new Set<string>();
  /** Replaces that brought what the device had already. */
  readonly echoes: string[] = [];
  /** Its codes for what the server sent, where they are not the usual ones. */
  protected readonly answers = new WeakMap<Command, number>();
  /** Of a device that appends. */
  readonly parts: AppendingParts | undefined;
  protected luids = 0;
  /** LUIDs of items that are gone without anybody saying so. */
  private readonly lost = new Set<string>();
  /** CmdIDs of Replaces and Deletes of such items in the last Sync. */
  protected readonly unknown = new Set<string>();
  /** Was a change of such an item sent in the last session? The server sends the item anew in the next one. */
  misses = false;

  constructor(appends = false) {
    this.parts = appends ? new AppendingParts() : undefined;
  }

  add(data: string, luid = this.newLuid()): string {
    this.lost.delete(luid);
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
  /** Has the user changed it since the last sync? */
  isEdited(luid: string): boolean {
    return this.edits.has(luid);
  }
  /** Does the server not know yet under which LUID the device has the item? */
  isUnmapped(luid: string): boolean {
    return this.unsentMaps.some(([, own]) => own === luid);
  }
  /** Loses the item, as when a backup is restored: no Delete tells it. */
  lose(luid: string): void {
    this.items.delete(luid);
    this.edits.delete(luid);
    this.lost.add(luid);
  }
  /** Forgets all items, and what it noted of them. */
  protected clear(): void {
    for (const all of [this.items, this.edits, this.lost]) all.clear();
    this.unsentMaps = [];
    this.open = undefined;
    this.parts?.begin(false);
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
  /** Has it no room for a further item? */
  get isFull(): boolean {
    return false;
  }
  /** What the device keeps of an item that it gets. */
  protected kept(data: string, _before: string | undefined): string {
    return data;
  }
  private newLuid(): string {
    do this.luids += 1;
    while (this.items.has(`L${this.luids}`) || this.lost.has(`L${this.luids}`));
    return `L${this.luids}`;
  }

  /** What a sync of this type sends: everything, nothing, or the edits. */
  protected outgoing(code: number, type: string): Outgoing[] {
    const item = (luid: string, name: 'Add' | 'Replace'): Outgoing => [
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

  /** Is an object of the server's open that this session began or went on with? */
  get isReceivingObject(): boolean {
    return this.open !== undefined && this.open.earlier !== true;
  }

  /** The changes of a Sync of the server's. */
  protected receive({ commands }: Sync, received: Received): void {
    this.unknown.clear();
    for (const change of commands) this.apply(change, received);
  }

  private apply(change: Command, received: Received): void {
    if (change.name !== 'Add' && change.name !== 'Replace' && change.name !== 'Delete') return;
    for (const item of change.items) {
      const luid = item.target?.uri;
      const guid = item.source?.uri;
      if (luid !== undefined && this.lost.has(luid)) {
        this.unknown.add(change.cmdId);
        if (change.name === 'Replace') this.misses = true;
        continue;
      }
      if (change.name === 'Delete') {
        this.items.delete(luid ?? '');
        this.edits.delete(luid ?? '');
        received.Delete += 1;
        continue;
      }
      const isBegun = this.open !== undefined && this.open.guid === guid;
      if (change.name === 'Add' && this.isFull && !isBegun) {
        this.answers.set(change, DEVICE_FULL);
        continue;
      }
      if (this.parts !== undefined) {
        const { code, data } = this.parts.take({ name: change.name, item, meta: change.meta });
        this.answers.set(change, code);
        this.open = this.parts.isOpen ? { luid, guid, data: '', size: 0 } : undefined;
        if (data !== undefined) this.store(change.name, luid, guid, data, received);
        continue;
      }
      const goesOn = this.open?.luid === luid && this.open?.guid === guid && change.meta?.size === undefined;
      const size = (goesOn ? this.open?.size : change.meta?.size) ?? 0;
      const data = (goesOn ? (this.open?.data ?? '') : '') + String(item.data ?? '');
      this.open = item.moreData === true ? { luid, guid, data, size } : undefined;
      if (goesOn && this.open === undefined && Buffer.byteLength(data) !== size)
        throw new Error(`an object of ${size} bytes came as ${Buffer.byteLength(data)}`);
      if (this.open === undefined) this.store(change.name, luid, guid, data, received);
    }
  }

  private store(
    name: 'Add' | 'Replace',
    luid: string | undefined,
    guid: string | undefined,
    data: string,
    received: Received,
  ): void {
    received[name] += 1;
    const kept = this.kept(data, name === 'Replace' ? this.items.get(luid ?? '') : undefined);
    if (name === 'Replace') {
      // What the server says now stands: a deletion of the user's that was not sent yet is undone by it.
      if (this.edits.get(luid ?? '') === 'delete') this.edits.delete(luid ?? '');
      if (this.items.get(luid ?? '') === kept) this.echoes.push(kept);
      this.items.set(luid ?? '', kept);
      return;
    }
    const stored = this.newLuid();
    this.items.set(stored, kept);
    this.unsentMaps.push([guid ?? '', stored]);
  }
}
