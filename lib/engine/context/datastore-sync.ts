/**
 * One datastore of the session within a step: its state (`datastore`), its anchor, what follows from the device
 * (`device`), and what the change of an item has to know of the device (`peer`).
 */
import type { PeerContext } from '../changes/peer-context.ts';
import { DeviceView } from '../device/device-view.ts';
import { FreeItems } from '../match/free-items.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { datastoreNamed } from '../model/datastores.ts';
import type { Guid } from '../model/ids.ts';
import { FIRST_PAGE_ITEMS, MAX_PAGE_ITEMS } from '../model/limits.ts';
import { NO_GENERATION, type Packing, UNPACKED } from '../model/mapping-pairs.ts';
import { type Anchor, type Head, type Resend, WALK_BEGIN, type WalkPlace } from '../model/records.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { ItemPages, type Walked } from './item-pages.ts';
import type { StepContext } from './step-context.ts';

export class DatastoreSync {
  readonly step: StepContext;
  readonly datastore: DatastoreState;
  private derived: DeviceView | undefined;
  private free: FreeItems | undefined;
  private walked: ItemPages | undefined;

  constructor(step: StepContext, datastore: DatastoreState) {
    this.step = step;
    this.datastore = datastore;
  }

  get name(): string {
    return this.datastore.name;
  }

  /** The index of the datastore in the session. Other parts of the session refer to the datastore by it. */
  get position(): number {
    return this.step.session.datastores.indexOf(this.datastore);
  }

  get anchor(): Anchor | undefined {
    return this.step.anchors.of(this.name);
  }

  putAnchor(anchor: Anchor): void {
    this.step.anchors.put(this.name, anchor);
  }

  get head(): Head | undefined {
    return this.step.changes.headOf(this.name);
  }

  /** The items that the device does not hold yet in this sync, by the match index; undefined while reads are missing. */
  freeItems(): FreeItems | undefined {
    const index = this.step.indexes.of(this.name);
    if (index === undefined) return this.free;
    const { datastore } = this;
    if (datastore.passed?.epoch !== index.epoch) datastore.passed = { epoch: index.epoch, entries: {} };
    // After an Atomic that failed, the session has another `passed`: as it was before.
    if (this.free?.passed !== datastore.passed)
      this.free = new FreeItems(index, datastore.passed, traitsOf(datastore).isComplete);
    return this.free;
  }

  /** The first of all items behind the place, with all that the step has decided; undefined at the end. */
  itemBehind(place: WalkPlace): Walked {
    const { facts, session, changes } = this.step;
    this.walked ??= new ItemPages({ facts, user: session.user, datastore: this.name, wanted: this.wanted });
    const item = this.walked.behind(place);
    return typeof item === 'object' ? changes.itemAt(this.name, item.guid) : item;
  }

  /**
   * How many items a message will most likely walk past: as many as the last one. If the client has named its items, most
   * of them need no look.
   */
  private get wanted(): number {
    const { outgoing, incoming } = this.datastore;
    return outgoing.lastCount ?? (incoming.named === true ? MAX_PAGE_ITEMS : FIRST_PAGE_ITEMS);
  }

  /** How many of all items this message has walked past when it stands at this place. */
  walkedTo(place: WalkPlace): number {
    return this.walked?.passed(place) ?? 0;
  }
  /** Where a walk goes on for which it is `later`. */
  get walkReached(): WalkPlace {
    return this.walked?.reached ?? WALK_BEGIN;
  }

  /** What follows from the device. Derived once, and again when the device sends new device information. */
  get device(): DeviceView {
    const { step, datastore, anchor } = this;
    if (this.derived?.isOf(step.device, anchor) !== true)
      this.derived = new DeviceView({
        ...{ device: step.device, session: step.session, datastore, anchor },
        now: step.environment.now,
      });
    return this.derived;
  }

  /** What the change of an item has to know of the device. Made anew for each command. */
  get peer(): PeerContext {
    const { datastore, step } = this;
    const { mapping } = datastore;
    const since = Math.max(datastore.anchors.since, datastore.resume?.told ?? 0);
    return {
      changes: step.changes,
      contested: this.isContested(since),
      datastore: datastore.name,
      generation: mapping.generation,
      settled: mapping.settled,
      earlier: mapping.earlier,
      packing: this.packing,
      isAnchored: this.anchor?.last !== undefined,
      resendOf: (guid) => this.resendOf(guid),
      mayHoldNews: datastore.missed === true || datastore.resume !== undefined,
      since,
      policy: step.session.policies?.[this.name] ?? datastoreNamed(this.name)?.policy ?? 'newest-wins',
      view: this.device.itemView,
    };
  }

  /** A complete sync sends nothing again by itself, but what was due before it is old on the device all the same. */
  private resendOf(guid: Guid): Resend | undefined {
    const dueIn = (resend: readonly Resend[] = []) =>
      resend.find((entry) => entry.why === 'error' && entry.guid === guid);
    const { datastore, anchor } = this;
    return (
      dueIn(datastore.outgoing.resend) ?? (traitsOf(datastore).isComplete ? dueIn(anchor?.resend) : undefined)
    );
  }

  /**
   * In a complete sync the rows of the new generation are not taken as counted: a message that died half way may have
   * written some of them, and comes again.
   */
  private get packing(): Packing {
    const { packing = UNPACKED } = this.datastore.mapping;
    return traitsOf(this.datastore).isComplete ? { ...packing, generation: NO_GENERATION } : packing;
  }

  /** Has anybody besides this session made a commit after this sequence? */
  private isContested(since: number): boolean {
    const { run } = this.datastore.own;
    const own = run !== undefined && run.from <= since + 1 ? run.to : since;
    return (this.head?.sequence ?? 0) > Math.max(own, since);
  }
}

const known = new WeakMap<StepContext, Map<DatastoreState, DatastoreSync>>();

/** The sync of a datastore: one object for each datastore and step. */
export function syncOf(step: StepContext, datastore: DatastoreState): DatastoreSync {
  const own = known.get(step) ?? new Map<DatastoreState, DatastoreSync>();
  known.set(step, own);
  const sync = own.get(datastore) ?? new DatastoreSync(step, datastore);
  own.set(datastore, sync);
  return sync;
}

export const syncsOf = (step: StepContext): DatastoreSync[] =>
  step.session.datastores.map((datastore) => syncOf(step, datastore));

export function syncNamed(step: StepContext, name: string | undefined): DatastoreSync | undefined {
  const datastore = step.session.datastores.find((candidate) => candidate.name === name);
  return datastore && syncOf(step, datastore);
}
