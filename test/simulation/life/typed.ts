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
    };
    this.items.set(`${kind} ${name}`, item);
    for (const [fact, value] of facts) if (!isOfTimes(kind, fact)) this.put(item, fact, value);
    this.note(at, { item, isDeletion: false });
  }

  /** `shows`: of the program in which it was typed. */
  edited(at: string, item: TypedItem, edit: Edit): void {
    const { shows, held, narrows = [] } = edit;
    const [before, after] = [edit.before, edit.after].map((facts) => withOneState(item.kind, facts)) as [
      Facts,
      Facts,
    ];
    const isContested = this.isEditedElsewhere(at, item);
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
          if (own !== ABSENT || held(fact)) heads.delete(head);
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
    item.gone = isContested || item.gone === 'perhaps' ? 'perhaps' : 'told';
    this.note(at, { item, isDeletion: true });
  }

  /** A sync told what was typed there, or some of it where it broke. */
  told(at: string, isWhole: boolean): void {
    this.now += 1;
    for (const { item } of this.untold.get(at) ?? []) item.toldAt.set(at, this.now);
    if (!isWhole) return;
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
