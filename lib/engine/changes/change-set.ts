/**
 * The change set of a step: what one message of a device (or one record of the CRM) decides of the user's items.
 *
 * An item comes from the facts when it is asked for. What the step decides of it is kept as its `ItemChange`, and from
 * then on the item is what that says. Nothing is written to the store here: `planTransactions` (transactions.ts) makes
 * transactions of the changes.
 */
import type { Content } from '../../pim/content.ts';
import type { Facts } from '../io/facts.ts';
import { once } from '../io/once.ts';
import type { Guid, Luid, Peer } from '../model/ids.ts';
import { MERGED_TEXTS } from '../model/limits.ts';
import { luidHash, type MappedItems, mappingPart, type Packing } from '../model/mapping-pairs.ts';
import type { Head, Item, ItemVersion, Luids } from '../model/records.ts';
import {
  type ItemChange,
  inGroup,
  type PossibleMatch,
  unchanged,
  type Why,
  withContent,
  withLuids,
  withMapping,
  withoutMapping,
  withReviews,
  withSent,
  withSequence,
} from './item-change.ts';

/** One generation of the peer's mapping in a datastore. */
interface Mapping {
  readonly datastore: string;
  readonly generation: number;
  readonly packing: Packing;
}

/** The change set as it was at a moment of the step. */
export interface ChangesSavepoint {
  /** Restores the change set as it was then. */
  readonly rollback: () => void;
  /** Changes that were made or altered since then. */
  readonly touched: () => readonly ItemChange[];
}

/** Whose items are changed, by whom, and when. */
interface Authorship {
  readonly user: string;
  readonly peer: Peer;
  readonly session: string;
  readonly now: number;
  readonly seed: string;
}

export class ChangeSet {
  readonly user: string;
  /** Who changes the items. */
  readonly peer: Peer;
  /** SessionID of a device, event id of the CRM; for the log. */
  readonly session: string;
  readonly now: number;
  /** Random, and new in each exchange: the ids of commits are made of it. */
  readonly seed: string;
  readonly facts: Facts;
  private changes = new Map<string, ItemChange>();
  /** What the facts say; they are asked many times for the same in a run. */
  private readonly stored = new Map<string, Item | undefined>();
  private readonly heads = new Map<string, Head | undefined>();
  private readonly pairs = new Map<string, MappedItems | undefined>();
  /** Items by the LUIDs that this step mapped. */
  private mapped = new Map<string, Guid>();
  /** Sizes of the texts in part rows that were asked for. */
  private readonly texts = new Map<string, number>();

  constructor(facts: Facts, { user, peer, session, now, seed }: Authorship) {
    this.facts = facts;
    this.user = user;
    this.peer = peer;
    this.session = session;
    this.now = now;
    this.seed = seed;
  }

  /** All changes, in the order in which their items were touched first. */
  get all(): readonly ItemChange[] {
    return [...this.changes.values()];
  }

  /** What the step does to the item; undefined when it does nothing. */
  changeAt(datastore: string, guid: Guid): ItemChange | undefined {
    return this.changes.get(keyOf(datastore, guid));
  }

  /** The item with all that the step has decided so far. */
  itemAt(datastore: string, guid: Guid): Item | undefined {
    return this.changeAt(datastore, guid)?.item ?? this.storedItem(datastore, guid);
  }

  /** The item as the store has it. */
  private storedItem(datastore: string, guid: Guid): Item | undefined {
    return once(this.stored, keyOf(datastore, guid), () =>
      this.facts.need({ read: 'item', user: this.user, datastore, guid }),
    );
  }

  /**
   * The content with its text. If the text lies in part rows that are not read yet, they are asked for: undefined.
   */
  wholeOf(datastore: string, guid: Guid, content: Content): Content | undefined {
    if (content.isWhole) return content;
    const { hash, parts, size } = content;
    this.texts.set(textKey(datastore, guid, content), size);
    const text = this.facts.need({ read: 'body', user: this.user, datastore, guid, hash, parts });
    return text === undefined ? undefined : content.withText(text);
  }

  /** Can the step read the text of this item, too? All texts of a step are in memory at the same time. */
  hasRoomForText(datastore: string, { guid, content }: Item): boolean {
    if (content === undefined || content.isWhole || this.texts.has(textKey(datastore, guid, content)))
      return true;
    const asked = [...this.texts.values()].reduce((bytes, size) => bytes + size, 0);
    return asked + content.size <= MERGED_TEXTS;
  }

  /** The kept versions of the item as they were before this step, oldest first. */
  versionsOf(datastore: string, guid: Guid): readonly ItemVersion[] {
    return this.facts.need({ read: 'versions', user: this.user, datastore, guid }) ?? [];
  }

  /** The head of the datastore's log before this step. */
  headOf(datastore: string): Head | undefined {
    return once(this.heads, datastore, () => this.facts.need({ read: 'head', user: this.user, datastore }));
  }

  /**
   * The items that the peer's LUID was given to, by this step or by rows, the newest first. The LUID in the item's own row
   * says whether it is still the item's.
   */
  mappedTo(mapping: Mapping, luid: Luid): readonly Guid[] {
    const own = this.mapped.get(luidKey(mapping, luid));
    const stored = this.storedFor(mapping, luid);
    return own === undefined ? stored : [own, ...stored];
  }

  private storedFor({ datastore, generation, packing }: Mapping, luid: Luid): readonly Guid[] {
    const { user, peer } = this;
    const at = { user, peer, datastore, generation };
    if (generation < packing.from) return [this.facts.need({ read: 'mapping', ...at, luid }) ?? []].flat();
    const hash = luidHash(luid);
    const part = mappingPart(hash);
    const least = generation === packing.generation ? (packing.rows[part] ?? 0) : undefined;
    const pairs = once(this.pairs, `${generation} ${part} ${least} ${datastore}`, () =>
      this.facts.need({ read: 'pairs', ...at, part, ...(least !== undefined && { least }) }),
    );
    return pairs?.get(hash) ?? NONE;
  }

  /** Gives the item a new content, or deletes it if there is none. The old content stays as a version. */
  putContent(datastore: string, guid: Guid, content: Content | undefined, why: Why): void {
    this.alter(datastore, guid, (change) => withContent(change, content, why, this));
  }

  /** Keeps a content that the peer sent as a version: it was refused, or merged with changes of others. */
  keepSent(datastore: string, guid: Guid, content: Content, reason: 'refused' | 'sent'): void {
    this.alter(datastore, guid, (change) => withSent(change, content, reason, this));
  }

  /** Notes that the item may be the same as one of these: a person has to decide. */
  putReviews(datastore: string, guid: Guid, others: readonly PossibleMatch[]): void {
    this.alter(datastore, guid, (change) => withReviews(change, others, this));
  }

  putLuids(datastore: string, guid: Guid, luids: Luids): void {
    this.alter(datastore, guid, (change) => withLuids(change, luids));
  }

  /** The peer's LUID means this item from now on. */
  putMapping(mapping: Mapping, luid: Luid, guid: Guid): void {
    const { datastore, generation, packing } = mapping;
    const key = luidKey(mapping, luid);
    const earlier = this.mapped.get(key);
    if (earlier !== undefined)
      this.alter(datastore, earlier, (change) => withoutMapping(change, { generation, luid }));
    this.mapped.set(key, guid);
    this.alter(datastore, guid, (change) =>
      withMapping(change, { generation, luid, isPacked: generation >= packing.from }),
    );
  }

  /** The commit with this sequence names the item. */
  putSequence(datastore: string, guid: Guid, sequence: number): void {
    this.alter(datastore, guid, (change) => withSequence(change, sequence));
  }

  /** Puts the changes of these items into one transaction, because a half of them would be wrong. */
  tie(datastore: string, ...guids: readonly Guid[]): void {
    const groups = new Set(guids.flatMap((guid) => this.changeAt(datastore, guid)?.group ?? []));
    const [group = guids[0]] = groups;
    if (group === undefined) return;
    for (const change of this.all)
      if (change.datastore === datastore && change.group !== undefined && groups.has(change.group))
        this.alter(datastore, change.item.guid, (one) => inGroup(one, group));
    for (const guid of guids) this.alter(datastore, guid, (change) => inGroup(change, group));
  }

  /** The changes that are tied to this item's change, and that change itself. */
  tiedTo(datastore: string, guid: Guid): readonly ItemChange[] {
    const change = this.changeAt(datastore, guid);
    return this.all.filter(
      (other) =>
        other === change ||
        (change?.group !== undefined && other.group === change.group && other.datastore === datastore),
    );
  }

  savepoint(): ChangesSavepoint {
    const changes = new Map(this.changes);
    const mapped = new Map(this.mapped);
    return {
      rollback: () => {
        this.changes = new Map(changes);
        this.mapped = new Map(mapped);
      },
      touched: () => [...this.changes].flatMap(([key, one]) => (changes.get(key) === one ? [] : [one])),
    };
  }

  private alter(datastore: string, guid: Guid, edit: (change: ItemChange) => ItemChange): void {
    const change =
      this.changeAt(datastore, guid) ?? unchanged(datastore, guid, this.itemAt(datastore, guid), this);
    this.changes.set(keyOf(datastore, guid), edit(change));
  }
}

const NONE: readonly Guid[] = [];

const keyOf = (datastore: string, guid: Guid): string => `${datastore}/${guid}`;

const textKey = (datastore: string, guid: Guid, { hash }: Content): string =>
  `${keyOf(datastore, guid)}/${hash}`;

const luidKey = ({ datastore, generation }: Pick<Mapping, 'datastore' | 'generation'>, luid: Luid): string =>
  `${generation} ${datastore}/${luid}`;

/** Is this what the peer sent last? If so it is a resend: it was replaced by others, or refused, since. */
export const wasSent = (item: Item, peer: Peer, content: Content): boolean =>
  item.sent?.[peer] === content.hash;
