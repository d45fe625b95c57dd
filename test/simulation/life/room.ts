/**
 * How much a device has shown that it holds, by what it sent: so many values of a word, so many of one kind, so long a note.
 * What it takes away beyond that may have had no room, and come back once (docs/adr/0022-what-a-device-has-no-room-for.md).
 */
import { type Facts, wordOf } from './facts.ts';
import { pictureOf } from './phones/pictures.ts';

export class Room {
  private readonly empty: readonly string[];
  private readonly shown = new Map<string, number>();
  private readonly untold = new Map<string, Facts>();

  /** `empty`: words of facts for which the device sends fields without a value, too. */
  constructor(empty: readonly string[] = []) {
    this.empty = empty;
  }

  /** The device will send these facts of the item with this LUID; undefined: it deleted the item. */
  typed(luid: string, facts: Facts | undefined): void {
    if (facts === undefined) this.untold.delete(luid);
    else this.untold.set(luid, facts);
  }

  /** A refresh threw away what was typed there. */
  thrownAway(): void {
    this.untold.clear();
  }

  told(): void {
    for (const facts of this.untold.values())
      for (const [what, amount] of amountsOf(facts))
        this.shown.set(what, Math.max(amount, this.shown.get(what) ?? 0));
    this.untold.clear();
  }

  /** Is it certain that the device held all of this, so that what lacks then was taken away by its user? */
  held(facts: Facts, fact: string): boolean {
    if (this.empty.includes(wordOf(fact))) return true;
    const amounts = amountsOf(facts);
    return amountNames(fact, facts.get(fact) ?? '').every(
      (what) => (amounts.get(what) ?? 0) <= (this.shown.get(what) ?? 0),
    );
  }
}

/** The first line of a note is a line of it. */
const countedAs = (fact: string): string => (fact === 'summary' ? 'note' : wordOf(fact));

/** What the fact is counted as: by its word, and by its word and kind. */
const amountNames = (fact: string, value: string): string[] => [
  countedAs(fact),
  ...(fact.includes(' ') ? [`${countedAs(fact)} ${value}`] : []),
];

/** Texts and pictures count by their length, all others one by one. */
function amountOf(fact: string, value: string): number {
  if (fact === 'photo') return pictureOf(value).length;
  return countedAs(fact) === 'note' ? Buffer.byteLength(fact + value) : 1;
}

function amountsOf(facts: Facts): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const [fact, value] of facts)
    for (const what of amountNames(fact, value))
      amounts.set(what, (amounts.get(what) ?? 0) + amountOf(fact, value));
  return amounts;
}
