/**
 * Looks items up in the match index of a datastore: by the key of their content, and by blocking keys.
 *
 * An entry is only a hint: whoever uses it looks at the item's row. An item that was changed or deleted has a later entry.
 */
import type { Guid } from '../model/ids.ts';
import { type PackedEntries, prefixOf } from '../model/match-entries.ts';

/** There is one bucket for each first two bytes of a key. */
const BUCKETS = 65_536;

/** The numbers of entries, in buckets by the first two bytes of a key. `lasts` holds the third byte of each key. */
interface Buckets {
  readonly starts: Uint32Array;
  readonly numbers: Uint32Array;
  readonly lasts: Uint8Array;
}

type Walk = (take: (prefix: number, last: number, n: number) => void) => void;

/** Puts what `walk` gives into buckets, in its order. It is called twice: to count, and to fill. */
function bucketsOf(walk: Walk): Buckets {
  const starts = new Uint32Array(BUCKETS + 1);
  walk((prefix) => {
    starts[prefix + 1] = (starts[prefix + 1] ?? 0) + 1;
  });
  for (let at = 0; at < BUCKETS; at += 1) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const total = starts[BUCKETS] ?? 0;
  const next = starts.slice();
  const [numbers, lasts] = [new Uint32Array(total), new Uint8Array(total)];
  walk((prefix, last, n) => {
    const at = next[prefix] ?? 0;
    next[prefix] = at + 1;
    numbers[at] = n;
    lasts[at] = last;
  });
  return { starts, numbers, lasts };
}

/** The items with one key, the oldest entry first. An item that was changed has several entries. */
export class Holders {
  private readonly numbers: readonly number[];
  private readonly index: Pick<MatchIndex, 'guidAt' | 'isLast'>;
  private last: readonly Guid[] | undefined;

  constructor(numbers: readonly number[], index: Pick<MatchIndex, 'guidAt' | 'isLast'>) {
    this.numbers = numbers;
    this.index = index;
  }

  /** How many items there are. For more than a few hundred entries it is the number of entries. */
  get count(): number {
    return this.numbers.length > FEW ? this.numbers.length : this.all.length;
  }

  /** The items whose last entry has the key. */
  get all(): readonly Guid[] {
    this.last ??= this.numbers.filter((one) => this.index.isLast(one)).map((one) => this.index.guidAt(one));
    return this.last;
  }

  /** The items of the entries from `from` to `to`. Some of them may have another key by now. */
  window(from: number, to: number): Guid[] {
    return this.numbers.slice(from, to).map((number) => this.index.guidAt(number));
  }

  /** The number of entries. */
  get entries(): number {
    return this.numbers.length;
  }
}
const FEW = 300;

export class MatchIndex {
  private readonly packs: readonly PackedEntries[];
  /** The number of the first entry of each pack, among the entries of all packs. */
  private readonly firsts: readonly number[];
  /** The number of entries. */
  readonly count: number;
  readonly epoch: string;
  private byGuid: Buckets | undefined;
  private byContent: Buckets | undefined;
  private byBlockingKey: Buckets | undefined;

  /** Takes packed entries in the order of the log. Another epoch has the entries in another order. */
  constructor(epoch: string, packs: readonly PackedEntries[]) {
    this.epoch = epoch;
    const firsts: number[] = [];
    let count = 0;
    for (const pack of packs) {
      firsts.push(count);
      count += pack.count;
    }
    this.packs = packs;
    this.firsts = firsts;
    this.count = count;
  }

  /** The items that have a content of this key. */
  holdersOfContent(key: string): Holders {
    this.byContent ??= bucketsOf((take) =>
      this.packs.forEach((pack, p) => {
        for (let n = 0; n < pack.count; n += 1)
          if (!pack.isDeleted(n)) take(pack.contentPrefix(n), 0, (this.firsts[p] ?? 0) + n);
      }),
    );
    const found: number[] = [];
    const { starts, numbers } = this.byContent;
    const { prefix } = prefixOf(key);
    for (let at = starts[prefix] ?? 0; at < (starts[prefix + 1] ?? 0); at += 1) {
      const number = numbers[at] ?? 0;
      const { pack, n } = this.placeOf(number);
      if (pack.contentKey(n) === key) found.push(number);
    }
    return new Holders(found, this);
  }

  /** The items that have this blocking key. */
  holdersOf(key: string): Holders {
    this.byBlockingKey ??= bucketsOf((take) =>
      this.packs.forEach((pack, p) => {
        const first = this.firsts[p] ?? 0;
        pack.eachBlockingKey((prefix, last, n) => take(prefix, last, first + n));
      }),
    );
    const { starts, numbers, lasts } = this.byBlockingKey;
    const { prefix, last } = prefixOf(key);
    const found: number[] = [];
    for (let at = starts[prefix] ?? 0; at < (starts[prefix + 1] ?? 0); at += 1)
      if (lasts[at] === last) found.push(numbers[at] ?? 0);
    return new Holders(found, this);
  }

  /** Is no later entry of the same item behind this one? */
  isLast(number: number): boolean {
    this.byGuid ??= bucketsOf((take) =>
      this.packs.forEach((pack, p) => {
        for (let n = 0; n < pack.count; n += 1) take(pack.guidPrefix(n), 0, (this.firsts[p] ?? 0) + n);
      }),
    );
    const { starts, numbers } = this.byGuid;
    const own = this.placeOf(number);
    const prefix = own.pack.guidPrefix(own.n);
    // The entries of a bucket are in order: later ones stand at its end.
    for (let at = (starts[prefix + 1] ?? 0) - 1; at >= (starts[prefix] ?? 0); at -= 1) {
      const other = numbers[at] ?? 0;
      if (other <= number) return true;
      const { pack, n } = this.placeOf(other);
      if (pack.hasGuidOf(n, own.pack, own.n)) return false;
    }
    return true;
  }

  /** The item of an entry. */
  guidAt(number: number): Guid {
    const { pack, n } = this.placeOf(number);
    return pack.guid(n);
  }

  private placeOf(number: number): { readonly pack: PackedEntries; readonly n: number } {
    let [low, high] = [0, this.packs.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.firsts[middle] ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    return { pack: this.packs[low] as PackedEntries, n: number - (this.firsts[low] ?? 0) };
  }
}
