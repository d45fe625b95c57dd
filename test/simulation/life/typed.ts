/**
 * What people typed, and what must therefore stand at the end. Of each fact of an item the *heads* are known: the values that
 * nobody has typed over who saw them. If there is one, it must stand everywhere at the end. If there are several, people typed
 * at the same time, and one of them must stand. An absent fact is a value, too.
 */
import type { Facts, LifeKind } from './facts.ts';

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
  /** When an edit of it was told last, by where it was typed. */
  readonly toldAt: Map<string, number>;
}

/** Who typed: what the program shows of a value of a fact. */
export type Shows = (facts: Facts) => Facts;

interface Edit {
  readonly before: Facts;
  readonly after: Facts;
  readonly shows: Shows;
  /** Is it known that the device held the fact, so that its user may take it away? If not, it may come back. */
  readonly held: (fact: string) => boolean;
}

interface Untold {
  readonly item: TypedItem;
  /** The values before; absent for an item that was added or deleted. */
  readonly before?: ReadonlyMap<string, string>;
  readonly isDeletion: boolean;
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

  added(at: string, kind: LifeKind, name: string, facts: Facts): void {
    const item: TypedItem = {
      kind,
      name,
      heads: new Map(),
      ever: new Map(),
      gone: 'no',
      contested: false,
      toldAt: new Map(),
    };
    this.items.set(`${kind} ${name}`, item);
    for (const [fact, value] of facts) this.put(item, fact, value);
    this.note(at, { item, isDeletion: false });
  }

  /** `shows`: of the program in which it was typed. */
  edited(at: string, item: TypedItem, edit: Edit): void {
    const { before, after, shows, held } = edit;
    if (item.gone !== 'no' || this.isEditedElsewhere(at, item)) contest(item);
    const replaced = new Map<string, string>();
    for (const fact of new Set([...before.keys(), ...after.keys()])) {
      const [old = ABSENT, own = ABSENT] = [before.get(fact), after.get(fact)];
      if (old === own) continue;
      const heads = item.heads.get(fact) ?? new Set([ABSENT]);
      for (const head of [...heads])
        if (shown(shows, fact, head) === old) {
          if (own !== ABSENT || held(fact)) heads.delete(head);
          replaced.set(fact, head);
        }
      item.heads.set(fact, heads);
      this.put(item, fact, own);
    }
    this.note(at, { item, before: replaced, isDeletion: false });
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
    for (const { item, before, isDeletion } of this.untold.get(at) ?? []) {
      if (isDeletion && item.gone === 'told') item.gone = 'perhaps';
      for (const [fact, value] of before ?? []) this.put(item, fact, value);
    }
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

const shown = (shows: Shows, fact: string, value: string): string =>
  value === ABSENT ? ABSENT : (shows(new Map([[fact, value]])).get(fact) ?? ABSENT);
