/** Capacities as short words, one for each property, as an anchor keeps them: `TEL 2 l14 ;PREF :CELL=1 :HOME=1`. */
import { type Capacities, type Capacity, NO_CAPACITY, unitedCapacity } from './capacity.ts';

/** The most bytes that the words of a device take in one datastore. What does not fit is not learned. */
export const MOST_CAPACITY_BYTES = 1_500;
const MOST_PARAMS = 16;
const MOST_SLOTS = 16;

export function readCapacities(words: readonly string[]): Capacities {
  return new Map(
    words.map((word): [string, Capacity] => {
      const [name = '', ...tokens] = word.split(' ');
      const number = (mark: string): number | undefined => {
        const token = tokens.find((one) => one.startsWith(mark));
        return token === undefined ? undefined : Number(token.slice(mark.length));
      };
      const list = (mark: string) => tokens.flatMap((one) => (one.startsWith(mark) ? [one.slice(1)] : []));
      const characters = number('l') ?? 0;
      return [
        name,
        {
          count: number('c') ?? 1,
          characters,
          bytes: number('b') ?? characters,
          parts: number('m') ?? 0,
          lines: tokens.includes('n'),
          params: new Set(list(';')),
          slots: new Map(list(':').map((one) => [one.split('=')[0] ?? '', Number(one.split('=')[1] ?? 1)])),
        },
      ];
    }),
  );
}

/**
 * The words with what `shown` adds to them, sorted. The same list where it adds nothing, or nothing more has room.
 */
export function learnedWords(words: readonly string[], shown: Capacities): readonly string[] {
  const known = readOnce(words);
  const news = [...shown].filter(([name, one]) => !covers(known.get(name) ?? NO_CAPACITY, one));
  if (news.length === 0) return words;
  const fresh = new Map<string, string>(words.map((word) => [word.split(' ')[0] ?? '', word]));
  let size = words.reduce((sum, word) => sum + Buffer.byteLength(word) + 1, 0);
  let isChanged = false;
  for (const [name, capacity] of news) {
    if (!/^[\w-]{1,40}$/.test(name)) continue;
    const old = known.get(name);
    const word = wordOf(name, old === undefined ? capacity : unitedCapacity(old, capacity));
    const before = fresh.get(name);
    const grown = size + Buffer.byteLength(word) - (before === undefined ? -1 : Buffer.byteLength(before));
    if (word === (before ?? name) || grown > MOST_CAPACITY_BYTES) continue;
    fresh.set(name, word);
    size = grown;
    isChanged = true;
  }
  return isChanged ? [...fresh.values()].sort() : words;
}

const read = new WeakMap<readonly string[], Capacities>();

/** Read once for many items, because they rarely add a word. */
function readOnce(words: readonly string[]): Capacities {
  const made = read.get(words) ?? readCapacities(words);
  read.set(words, made);
  return made;
}

/** Has the known capacity all that the other one shows? Slots count where one of the two has types. */
function covers(known: Capacity, shown: Capacity): boolean {
  const isTyped = [known, shown].some(({ slots }) => [...slots.keys()].some((slot) => slot !== ''));
  return (
    shown.count <= known.count &&
    shown.characters <= known.characters &&
    shown.bytes <= known.bytes &&
    (shown.parts & ~known.parts) === 0 &&
    (known.lines || !shown.lines) &&
    [...shown.params].every((param) => known.params.has(param)) &&
    (!isTyped || [...shown.slots].every(([slot, count]) => count <= (known.slots.get(slot) ?? 0)))
  );
}

function wordOf(name: string, { count, characters, bytes, parts, lines, params, slots }: Capacity): string {
  const known = [...params].filter((param) => /^[\w-]{1,30}$/.test(param)).sort();
  const kinds = [...slots]
    .filter(([slot]) => /^[\w,-]{0,40}$/.test(slot))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const isTyped = kinds.some(([slot]) => slot !== '');
  return [
    name,
    ...(count === NO_CAPACITY.count ? [] : [`c${count}`]),
    ...(characters === 0 ? [] : [`l${characters}`]),
    ...(bytes === characters ? [] : [`b${bytes}`]),
    ...(parts === 0 ? [] : [`m${parts}`]),
    ...(lines ? ['n'] : []),
    ...known.slice(0, MOST_PARAMS).map((param) => `;${param}`),
    ...(isTyped ? kinds.slice(0, MOST_SLOTS).map(([slot, n]) => `:${slot}${n === 1 ? '' : `=${n}`}`) : []),
  ].join(' ');
}
