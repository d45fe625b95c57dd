/**
 * What people typed, and what must therefore stand at the end. Of each fact of an item the *heads* are known: the values that
 * nobody has typed over who saw them. If there is one, it must stand everywhere at the end. If there are several, people typed
 * at the same time, and one of them must stand. An absent fact is a value, too.
 */
import { type Facts, type LifeKind, wordOf } from './facts.ts';
import { isOfTimes, meaningOf, timesIn, withOneState } from './times.ts';

/** The value of a fact that an item does not have. */
export const ABSENT = '';

export interface TypedItem {
  readonly kind: LifeKind;
  readonly name: string;
  /** A fact without an entry was never typed: it must be absent. */
  readonly heads: Map<string, Set<string>>;
  /** Everything that was ever typed for it, whoever did. */
  readonly ever: Map<string, Set<string>>;
  /** `told`: it must be gone. `perhaps`: it may be gone, or there. */
  gone: 'no' | 'perhaps' | 'told';
  /** Two typed at the same time: a datastore that keeps both may have it twice. */
  contested: boolean;
  /** When an appointment takes place; undefined where people typed at the same time, or not what all saw. */
  times: Facts | undefined;
  /** Words of facts that a program sent back narrower than it got them: they are not looked at. */
  readonly loose: Set<string>;
  /** When an edit of it was told last, by where it was typed. */
  readonly toldAt: Map<string, number>;
  /** Its time was changed before a comparison: without an id it is known by its title and time, and may be two then. */
  parted: boolean;
  /** Where it was typed, each by itself, and has not been told: what stands at one of them does not know of the others. */
  readonly apart: Set<string>;
  /** What was typed first, until somebody types over it. */
  first: Facts | undefined;
}

/** Who typed: what the program shows of a value of a fact. */
export type Shows = (facts: Facts) => Facts;

interface Edit {
  readonly before: Facts;
  readonly after: Facts;
  readonly shows: Shows;
  /** Is it known that the device held the fact, so that its user may take it away? If not, it may come back. */
  readonly held: (fact: string) => boolean;
  /** Words of facts that the program sends back narrower than it got them. */
  readonly narrows?: readonly string[];
}

interface Untold {
  readonly item: TypedItem;
  /** The values before; absent for an item that was added or deleted. */
  readonly before?: ReadonlyMap<string, string>;
  readonly isDeletion: boolean;
  /** It takes place at another time since. */
  readonly isOther?: boolean;
}

/** `at`: a device and a datastore of it, or the CRM. */
export class Typed {
  readonly items = new Map<string, TypedItem>();
  private readonly untold = new Map<string, Untold[]>();
  /** Counts what is told; and when each was told all by the server. */
  private now = 0;
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
      first: said,
    };
    this.items.set(`${kind} ${name}`, item);
    for (const [fact, value] of facts) if (!isOfTimes(kind, fact)) this.put(item, fact, value);
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
      if (!isOfTimes(item.kind, fact)) this.put(item, fact, value);
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
    if (isStale) this.bringBack(item, before);
    item.first = undefined;
    noteNarrowed(item, before, narrows);
    const isOther = editTimes(item, edit, isContested) || before.get('due') !== after.get('due');
    if (item.gone !== 'no' || isContested) contest(item);
    const replaced = new Map<string, string>();
    for (const fact of new Set([...before.keys(), ...after.keys()])) {
      const [old = ABSENT, own = ABSENT] = [before.get(fact), after.get(fact)];
      if (old === own || isOfTimes(item.kind, fact)) continue;
      const heads = item.heads.get(fact) ?? new Set([ABSENT]);
      for (const head of [...heads])
        if (isShownAs(shows, fact, head, old)) {
          if (!isApart && !isStale && (own !== ABSENT || held(fact))) heads.delete(head);
          replaced.set(fact, head);
        }
      item.heads.set(fact, heads);
      this.put(item, fact, own);
    }
    this.note(at, { item, before: replaced, isDeletion: false, isOther });
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
    this.now += 1;
    for (const { item } of this.untold.get(at) ?? []) {
      item.toldAt.set(at, this.now);
      if (isWhole) item.apart.delete(at);
    }
    if (!isWhole) return;
    this.stale.delete(at);
    this.untold.delete(at);
    this.syncedAt.set(at, this.now);
  }

  /** A comparison, or a refresh: what was typed there and is not told may not get through, as the protocol cannot tell it. */
  compared(at: string): void {
    for (const { item, before, isDeletion, isOther } of this.untold.get(at) ?? []) {
      if (isOther) {
        item.times = undefined;
        item.parted = true;
      }
      if (isDeletion && item.gone === 'told') item.gone = 'perhaps';
      for (const [fact, value] of before ?? []) this.put(item, fact, value);
    }
  }

  /** A comparison with a device that holds the item still: what others deleted comes back. */
  broughtBack(item: TypedItem): void {
    if (item.gone === 'told') item.gone = 'perhaps';
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
      this.bringBack(item, said);
      contest(item);
    }
    const isMoved =
      item.kind === 'calendar' &&
      (item.times === undefined || meaningOf(item.times) !== meaningOf(timesIn(said)));
    if ((isMoved || !isHead(item, said, 'due')) && !facts.has('uid')) item.parted = true;
  }

  /** A table was restored: only what devices hold of the item counts, and they tell it again. */
  heldAlone(item: TypedItem, held: readonly { readonly at: string; readonly facts: Facts }[]): void {
    if (held.length === 0 || item.gone !== 'no') item.gone = 'perhaps';
    contest(item);
    item.times = undefined;
    item.first = undefined;
    for (const { at } of held) this.note(at, { item, isDeletion: false });
    const said = held.map(({ facts }) => withOneState(item.kind, facts));
    for (const [fact, values] of item.ever) {
      const isEverywhere = said.length > 0 && said.every((facts) => facts.has(fact));
      item.heads.set(fact, new Set([...values, ...(isEverywhere ? [] : [ABSENT])]));
    }
  }

  /** All that a device shows of an item may stand again. */
  private bringBack(item: TypedItem, facts: Facts): void {
    for (const fact of new Set([...facts.keys(), ...item.heads.keys()]))
      if (!isOfTimes(item.kind, fact)) this.put(item, fact, facts.get(fact) ?? ABSENT);
  }

  private put(item: TypedItem, fact: string, value: string): void {
    for (const values of [item.heads, item.ever])
      values.set(fact, (values.get(fact) ?? new Set()).add(value));
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

function contest(item: TypedItem): void {
  item.contested = true;
  if (item.gone === 'told') item.gone = 'perhaps';
}

const isHead = ({ heads }: TypedItem, facts: Facts, fact: string): boolean =>
  heads.get(fact)?.has(facts.get(fact) ?? ABSENT) ?? !facts.has(fact);

/** Is this value of the fact what the program showed as `old`? */
const isShownAs = (shows: Shows, fact: string, value: string, old: string): boolean =>
  value === old || (value !== ABSENT && old !== ABSENT && shows(new Map([[fact, value]])).get(fact) === old);

/** Notes when it takes place after the edit. Gives whether that is another time. */
function editTimes(item: TypedItem, { before, after, held }: Edit, isContested: boolean): boolean {
  if (item.kind !== 'calendar') return false;
  const [was, is] = [timesIn(before), timesIn(after)];
  if (was.size === is.size && [...was].every(([fact, value]) => is.get(fact) === value)) return false;
  const isSure =
    !isContested &&
    item.times !== undefined &&
    meaningOf(item.times) === meaningOf(was) &&
    [...was.keys()].every((fact) => is.has(fact) || held(fact));
  item.times = isSure ? is : undefined;
  return true;
}

/** What the program shows otherwise than it stands may come back as it shows it. */
function noteNarrowed({ heads, loose }: TypedItem, before: Facts, narrows: readonly string[]): void {
  for (const [fact, values] of heads)
    if (narrows.includes(wordOf(fact)) && !values.has(before.get(fact) ?? ABSENT)) loose.add(wordOf(fact));
}
