/**
 * What people typed, and what must therefore stand at the end. Of each fact of an item the *heads* are known: the values that
 * nobody has typed over who saw them. If there is one, it must stand everywhere at the end. If there are several, people typed
 * at the same time, and one of them must stand. An absent fact is a value, too.
 */
import type { Facts, LifeKind } from './facts.ts';
import { isOfTimes, meaningOf, timesIn, withOneState } from './times.ts';
import {
  ABSENT,
  bringBack,
  contest,
  type Edit,
  editTimes,
  type Held,
  isHead,
  isShownAs,
  leaveHeld,
  noteNarrowed,
  put,
  type TypedItem,
  whatTells,
} from './typed-item.ts';

interface Untold {
  readonly item: TypedItem;
  /** The values before, and the facts that were typed; absent for an item that was added or deleted. */
  readonly before?: ReadonlyMap<string, string>;
  readonly typed?: ReadonlySet<string>;
  readonly isDeletion: boolean;
  /** Is it at another time since? */
  readonly isOther?: boolean;
}

/** `at`: a device and a datastore of it, or the CRM. */
export class Typed {
  readonly items = new Map<string, TypedItem>();
  private readonly untold = new Map<string, Untold[]>();
  /** Counts what is told; and up to when each has heard all from the server. */
  moment = 0;
  private readonly syncedAt = new Map<string, number>();
  /** Items of a backup that was put back, by device, until it synchronises. */
  private readonly stale = new Map<string, Set<TypedItem>>();

  item(kind: LifeKind, name: string): TypedItem | undefined {
    return this.items.get(`${kind} ${name}`);
  }

  added(at: string, kind: LifeKind, name: string, said: Facts): void {
    const facts = withOneState(kind, said);
    const item: TypedItem = {
      kind,
      name,
      heads: new Map(),
      ever: new Map(),
      gone: 'no',
      contested: false,
      toldAt: new Map(),
      times: timesIn(facts),
      loose: new Set(),
      parted: false,
      apart: new Set(),
      copiedAt: new Set(),
      first: said,
    };
    this.items.set(`${kind} ${name}`, item);
    for (const [fact, value] of facts) if (!isOfTimes(kind, fact)) put(item, fact, value);
    this.note(at, { item, isDeletion: false });
  }

  /**
   * It is typed on another device, too, before either heard of the other. `isSure`: nobody can take the two for different
   * items. `clash`: they say different things of a field, so that the policy decides.
   */
  addedToo(
    at: string,
    item: TypedItem,
    said: Facts,
    { isSure, clash }: { readonly isSure: boolean; readonly clash: boolean },
  ): void {
    if (clash) item.contested = true;
    if (!isSure) item.parted = true;
    if (item.kind === 'calendar' && meaningOf(timesIn(said)) !== meaningOf(item.times ?? timesIn(said)))
      item.times = undefined;
    for (const [where, all] of this.untold) if (all.some((one) => one.item === item)) item.apart.add(where);
    item.apart.add(at);
    for (const [fact, value] of withOneState(item.kind, said))
      if (!isOfTimes(item.kind, fact)) put(item, fact, value);
    this.note(at, { item, isDeletion: false });
  }

  /** `shows`: of the program in which it was typed. */
  edited(at: string, item: TypedItem, edit: Edit): void {
    const { shows, held, narrows = [] } = edit;
    const [before, after] = [edit.before, edit.after].map((facts) => withOneState(item.kind, facts)) as [
      Facts,
      Facts,
    ];
    const isStale = this.stale.get(at)?.has(item) === true;
    const isContested = this.isEditedElsewhere(at, item) || isStale;
    const isApart = item.apart.size > 0;
    if (isStale || isApart) item.parted = true;
    if (isStale) bringBack(item, before);
    const untold = isContested ? (this.untold.get(at) ?? []).filter((one) => one.item === item) : [];
    const isTypedHere = (fact: string) => untold.some((one) => one.typed?.has(fact));
    item.first = undefined;
    noteNarrowed(item, before, narrows);
    const isOther = editTimes(item, edit, isContested) || before.get('due') !== after.get('due');
    if (item.gone !== 'no' || isContested) contest(item);
    const [replaced, typed] = [new Map<string, string>(), new Set<string>()];
    for (const fact of new Set([...before.keys(), ...after.keys()])) {
      const [old = ABSENT, own = ABSENT] = [before.get(fact), after.get(fact)];
      if (old === own || isOfTimes(item.kind, fact)) continue;
      typed.add(fact);
      const heads = item.heads.get(fact) ?? new Set([ABSENT]);
      for (const head of [...heads])
        if (isShownAs(shows, fact, head, old)) {
          if (!isApart && !isStale && !isTypedHere(fact) && (own !== ABSENT || held(fact)))
            heads.delete(head);
          replaced.set(fact, head);
        }
      item.heads.set(fact, heads);
      put(item, fact, own);
    }
    this.note(at, { item, before: replaced, typed, isDeletion: false, isOther });
  }

  deleted(at: string, item: TypedItem): void {
    const isContested = this.isEditedElsewhere(at, item);
    if (isContested) contest(item);
    item.gone = isContested || item.parted || item.gone === 'perhaps' ? 'perhaps' : 'told';
    item.first = undefined;
    this.note(at, { item, isDeletion: true });
  }

  /** A sync told what was typed there, or some of it where it broke. */
  told(at: string, isWhole: boolean): void {
    this.moment += 1;
    for (const { item } of this.untold.get(at) ?? []) {
      item.toldAt.set(at, this.moment);
      if (isWhole) item.apart.delete(at);
    }
    if (!isWhole) return;
    this.stale.delete(at);
    this.untold.delete(at);
  }

  /** It heard all that others had told by that moment, which is that of the beginning of its sync. */
  heard(at: string, moment: number): void {
    this.syncedAt.set(at, moment);
  }

  /** A comparison, or a refresh: what was typed there and is not told may not get through, as the protocol cannot tell it. */
  compared(at: string): void {
    for (const { item, before, isDeletion, isOther } of this.untold.get(at) ?? []) {
      if (isOther) {
        item.times = undefined;
        item.parted = true;
      }
      if (isDeletion) this.broughtBack(item);
      for (const [fact, value] of before ?? []) put(item, fact, value);
    }
  }

  /** A device is told of what others typed before it tells of its own: it holds both from then on. */
  hearsFirst(at: string): void {
    for (const { item } of this.untold.get(at) ?? [])
      if (item.apart.has(at)) {
        item.parted = true;
        item.copiedAt.add(at);
      }
  }

  /** A comparison with a device that holds the item still, as it `shows` it: what others deleted comes back. */
  broughtBack(item: TypedItem, shows?: Facts): void {
    if (item.gone === 'no') return;
    item.gone = 'perhaps';
    if (shows !== undefined) bringBack(item, withOneState(item.kind, shows));
  }

  /** A refresh from the server: what is there of its own goes. */
  thrownAway(at: string): void {
    this.compared(at);
    for (const { item, before, isDeletion } of this.untold.get(at) ?? [])
      if (before === undefined && !isDeletion) item.gone = 'perhaps';
  }

  /** A refresh from a device: whatever the others typed may go, and what they deleted may come back. */
  overwritten(kind: LifeKind): void {
    for (const item of this.items.values()) {
      if (item.kind !== kind) continue;
      item.gone = 'perhaps';
      item.contested = true;
      item.times = undefined;
      for (const [fact, values] of item.ever) item.heads.set(fact, new Set([...values, ABSENT]));
    }
  }

  /** The device is wiped: what was typed there and is not told is gone, as in a refresh. */
  wiped(at: string): void {
    this.thrownAway(at);
    for (const { item } of this.untold.get(at) ?? []) item.apart.delete(at);
    this.untold.delete(at);
    this.stale.delete(at);
  }

  /** A wiped device got the item back as it was. `isNews`: it was never told so. */
  restored(
    at: string,
    item: TypedItem,
    { facts, isNews }: { readonly facts: Facts; readonly isNews: boolean },
  ): void {
    this.stale.set(at, (this.stale.get(at) ?? new Set()).add(item));
    const said = withOneState(item.kind, facts);
    if (isNews) {
      bringBack(item, said);
      contest(item);
      item.parted = true;
    }
    const isMoved =
      item.kind === 'calendar' &&
      (item.times === undefined || meaningOf(item.times) !== meaningOf(timesIn(said)));
    if ((isMoved || !isHead(item, said, 'due')) && !facts.has('uid')) item.parted = true;
  }

  /** A table was restored: only what devices hold of the item counts, and they tell it again. */
  heldAlone(item: TypedItem, held: readonly Held[]): void {
    if (held.length === 0 || item.gone !== 'no') item.gone = 'perhaps';
    contest(item);
    item.times = undefined;
    for (const { at } of held) {
      item.apart.add(at);
      this.note(at, { item, isDeletion: false });
    }
    const said = held.map(({ facts }) => withOneState(item.kind, facts));
    // What the server knows by now may be an older text than any of these.
    const isEdited = item.first === undefined;
    if (isEdited || new Set(said.map((facts) => whatTells(item.kind, facts))).size > 1) item.parted = true;
    leaveHeld(item, held);
  }

  private note(at: string, untold: Untold): void {
    this.untold.set(at, [...(this.untold.get(at) ?? []), untold]);
  }

  /** Did somebody else edit it, who has not told it yet, or told it after the last sync of this one? */
  private isEditedElsewhere(at: string, item: TypedItem): boolean {
    const since = this.syncedAt.get(at) ?? 0;
    if ([...item.toldAt].some(([where, when]) => where !== at && when > since)) return true;
    return [...this.untold].some(([where, all]) => where !== at && all.some((one) => one.item === item));
  }
}
