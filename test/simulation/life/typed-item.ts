/** What is known of an item that people typed, and how edits of it count. */
import { type Facts, type LifeKind, manyOf, wordOf } from './facts.ts';
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
  /** Where it was typed, and then came from others before that was told: there both stay, as two copies of one item. */
  readonly copiedAt: Set<string>;
  /** What was typed first, until somebody types over it. */
  first: Facts | undefined;
}

/** Who typed: what the program shows of a value of a fact. */
export type Shows = (facts: Facts) => Facts;

export interface Edit {
  readonly before: Facts;
  readonly after: Facts;
  readonly shows: Shows;
  /** Is it known that the device held the fact, so that its user may take it away? If not, it may come back. */
  readonly held: (fact: string) => boolean;
  /** Words of facts that the program sends back narrower than it got them. */
  readonly narrows?: readonly string[];
}

export function contest(item: TypedItem): void {
  item.contested = true;
  if (item.gone === 'told') item.gone = 'perhaps';
}

/** The fact may have this value from now on. */
export function put(item: TypedItem, fact: string, value: string): void {
  for (const values of [item.heads, item.ever]) values.set(fact, (values.get(fact) ?? new Set()).add(value));
}

/** All that a device shows of an item may stand again. */
export function bringBack(item: TypedItem, facts: Facts): void {
  for (const fact of new Set([...facts.keys(), ...item.heads.keys()]))
    if (!isOfTimes(item.kind, fact)) put(item, fact, facts.get(fact) ?? ABSENT);
}

/** By what it is known beside its name, where no LUID and no id tells it, in one text. */
export function whatTells(kind: LifeKind, facts: Facts): string {
  switch (kind) {
    case 'calendar':
      // A series is not known by an appointment alone, also where it takes place only once.
      return `${meaningOf(timesIn(facts))} ${facts.has('rule')}`;
    case 'tasks':
      return facts.get('due') ?? '';
    case 'notes':
      return JSON.stringify(manyOf(facts, 'note'));
    case 'contacts':
      return JSON.stringify(manyOf(facts, 'tel').sort());
  }
}

export const isHead = ({ heads }: TypedItem, facts: Facts, fact: string): boolean =>
  heads.get(fact)?.has(facts.get(fact) ?? ABSENT) ?? !facts.has(fact);

/** Is this value of the fact what the program showed as `old`? */
export const isShownAs = (shows: Shows, fact: string, value: string, old: string): boolean =>
  value === old || (value !== ABSENT && old !== ABSENT && shows(new Map([[fact, value]])).get(fact) === old);

/** Notes when it takes place after the edit. Gives whether that is another time. */
export function editTimes(item: TypedItem, { before, after, held }: Edit, isContested: boolean): boolean {
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
export function noteNarrowed({ heads, loose }: TypedItem, before: Facts, narrows: readonly string[]): void {
  for (const [fact, values] of heads)
    if (narrows.includes(wordOf(fact)) && !values.has(before.get(fact) ?? ABSENT)) loose.add(wordOf(fact));
}

/** What a device holds of an item. */
export interface Held {
  readonly at: string;
  readonly facts: Facts;
  readonly shows: Shows;
}

/**
 * Only what these devices hold of it is left: any of what was ever typed, or less. A text that a program cuts is cut for good
 * where no other holds it whole; where a copy becomes an item of its own, too.
 */
export function leaveHeld({ kind, heads, ever }: TypedItem, held: readonly Held[]): void {
  const said = held.map(({ facts }) => withOneState(kind, facts));
  for (const [fact, values] of ever) {
    const isEverywhere = said.length > 0 && said.every((facts) => facts.has(fact));
    const isWhole = said.some((facts) => values.has(facts.get(fact) ?? ABSENT));
    const cut = held.flatMap((one) => cutOf(fact, values, one));
    const left = [...values, ...(isEverywhere ? [] : [ABSENT]), ...(isWhole ? [] : cut)];
    heads.set(fact, new Set(left));
    for (const one of cut) values.add(one);
  }
}

/** What the program shows of one of these values of a fact. */
function cutOf(fact: string, values: ReadonlySet<string>, { facts, shows }: Held): readonly string[] {
  const own = facts.get(fact);
  return own !== undefined && [...values].some((value) => isShownAs(shows, fact, value, own)) ? [own] : [];
}
