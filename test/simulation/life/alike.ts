/**
 * The same is typed on two devices before they hear of each other: books that were kept by hand on both, an invitation that both
 * programs accept. Both begin with one state of the item, and each changes and spells it in its own way. The members of a
 * household have much in common, and are different items all the same.
 */
import type { Random } from '../random.ts';
import { birthday, created, edited, NUMBERS_APART } from './edits.ts';
import { type Facts, type LifeKind, manyOf, withFact, wordOf } from './facts.ts';
import type { Book, Life } from './life.ts';
import { nameIn, respelt } from './names.ts';
import { isOutlook, type Phone } from './phones/phone.ts';
import { meaningsOf } from './times.ts';
import { ABSENT } from './typed-item.ts';

export const ALIKE = ['the same', 'a household', 'an invitation'] as const;
export type Alike = (typeof ALIKE)[number];

interface TypedAlike {
  readonly kind: LifeKind;
  readonly how: Alike;
  readonly number: number;
}

/** `books`: of two devices. Their programs hold items of the kind. */
export function typeAlike(life: Life, books: readonly Book[], step: TypedAlike): void {
  const { dice } = life;
  if (step.how === 'a household') return typeHousehold(life, books, step.number);
  const [first] = books;
  if (first === undefined) return;
  const made = withFact(created(first.phone, `Name-${step.number}`, step.number, dice), 'uid', undefined);
  const invited = withFact(made, 'uid', `invitation-${step.number}@mail.example`);
  const isInvited = step.how === 'an invitation';
  const whole = isInvited ? invited : made;
  const hasOutlook = books.some(({ phone }) => isOutlook(phone));
  for (const [n, book] of books.entries()) {
    const number = step.number + NUMBERS_APART * n;
    // Whoever invites may have sent another time meanwhile.
    const own = isInvited && n > 0 && dice.chance(0.5) ? putOff(book, whole, { number, dice }) : whole;
    add(life, book, changedABit(book, own, { number, dice }), hasOutlook);
  }
}

/** Both members, or each on one device: they share all but their given names and their mobile numbers. */
function typeHousehold(life: Life, books: readonly Book[], number: number): void {
  const { dice } = life;
  const given = dice.pick(HOUSEHOLDS);
  const shared: (readonly [string, string])[] = [
    ['family', `Name-${number}`],
    [`tel +4930${10_000_000 + number}`, 'home'],
    ...(dice.chance(0.5) ? [[`email familie${number}@example.com`, 'home'] as const] : []),
    ...(dice.chance(0.5)
      ? [['home', `Weg ${number}|Ort ${number}|${10_000 + number}|Germany`] as const]
      : []),
    // Twins, and the mobile number of one of their parents.
    ...(dice.chance(0.4)
      ? ([
          ['birthday', birthday(number)],
          [`tel ${PARENTS}${10_000_000 + number}`, 'cell'],
        ] as const)
      : []),
  ];
  const members = given.map((name, n): Facts => {
    const mobile = `tel +49171${10_000_000 + 2 * number + n}`;
    return new Map([['given', name], ...(dice.chance(0.7) ? [[mobile, 'cell'] as const] : []), ...shared]);
  });
  const together = dice.chance(0.5);
  for (const [n, book] of books.entries())
    for (const [m, facts] of members.entries()) if (together || n === m) add(life, book, facts);
}

/** Where the numbers of parents begin. */
const PARENTS = '+49172';

/** Two given names are two people, whatever they share. */
const HOUSEHOLDS = [
  ['Anna', 'Bernd'],
  ['Paul', 'Paula'],
  ['Maria', 'Mario'],
  ['Martin', 'Martina'],
  ['Hans', 'Heinz'],
] as const;

/** `number`: no other edit has it, nor one of the hundreds above it. */
interface Changing {
  readonly number: number;
  readonly dice: Random;
}

/** What says which item it is, and when. The id says it, too. */
const KEPT = ['uid', 'family', 'given', 'summary', 'start', 'end', 'rule', 'due', 'state', 'clock'];
const KEPT_WITH_ID = ['uid', 'summary', 'rule', 'state', 'clock'];

/** The same at another time or place, where an edit is found that the program can hold. */
function putOff({ phone }: Book, whole: Facts, { number, dice }: Changing): Facts {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const after = edited(phone, phone.holds(whole), number, dice);
    if (['start', 'due', 'location'].some((fact) => after.get(fact) !== whole.get(fact))) return after;
  }
  return whole;
}

function changedABit({ phone }: Book, whole: Facts, { number, dice }: Changing): Facts {
  let facts = phone.holds(whole);
  const kept = whole.has('uid') ? KEPT_WITH_ID : KEPT;
  for (let left = dice.below(3); left > 0; left -= 1) {
    const after = edited(phone, facts, number + left * 100, dice);
    const isAnother = kept.some((fact) => after.get(fact) !== facts.get(fact));
    if (!isAnother && [...facts].every(([fact, value]) => !isMobile(fact, value) || after.has(fact)))
      facts = after;
  }
  return dice.chance(0.4) ? respelt(facts, dice) : facts;
}

const isMobile = (fact: string, value: string): boolean => wordOf(fact) === 'tel' && value === 'cell';

function add(
  { plan, typed, lines, dice }: Life,
  { phone, database, at, room }: Book,
  whole: Facts,
  hasOutlook = false,
): void {
  const facts = phone.holds(whole);
  const said = withUnsaid(phone, facts);
  const name = nameIn(facts);
  const item = typed.item(phone.kind, name);
  if (item === undefined) typed.added(at, phone.kind, name, said);
  else {
    const first = item.first ?? said;
    const clash = doClash(first, said);
    const isSure = isSurely(phone.kind, first, said, hasOutlook) && !(clash && plan.policy === 'keep-both');
    typed.addedToo(at, item, said, { isSure, clash });
  }
  const text = phone.write(facts);
  // As it is dialled inside of the country.
  const luid = database.add(dice.chance(0.3) ? text.replaceAll('+49', '0') : text);
  room.typed(luid, facts);
  lines.push(`${at} adds ${name} as ${luid}, too: ${JSON.stringify([...facts])}`);
}

/** What a program says of each item, if only that it is as usual: public, busy; Outlook also says that it is of no priority. */
const ALWAYS_SAID = [
  ['class', 'private'],
  ['busy', 'free'],
  ['priority', '1'],
] as const;

/** The facts, and as absent ones those of which the program says that they are as usual. */
const withUnsaid = (phone: Phone, facts: Facts): Facts =>
  new Map([
    ...ALWAYS_SAID.flatMap(([fact, value]) =>
      (fact !== 'priority' || isOutlook(phone)) && phone.holds(withFact(facts, fact, value)).has(fact)
        ? [[fact, ABSENT] as const]
        : [],
    ),
    ...facts,
  ]);

/** Must the server know that these two are one? Where it is not sure it may keep both, and ask. */
function isSurely(kind: LifeKind, one: Facts, other: Facts, hasOutlook: boolean): boolean {
  const isSame = (fact: string) => one.get(fact) === other.get(fact);
  const hasOne = (fact: string) => one.has(fact) && isSame(fact);
  switch (kind) {
    case 'contacts':
      return [...one].some(
        ([fact, value]) =>
          (isMobile(fact, value) && isSame(fact) && !fact.startsWith(`tel ${PARENTS}`)) ||
          (fact.startsWith('email e') && other.has(fact)),
      );
    case 'calendar': {
      if (hasOne('uid')) return true;
      const [a, b] = meaningsOf(one, other);
      return (
        a === b && isSame('rule') && (isSame('location') || !one.has('location') || !other.has('location'))
      );
    }
    case 'tasks':
      return (
        hasOne('uid') || (isSame('state') && one.get('due')?.slice(0, 10) === other.get('due')?.slice(0, 10))
      );
    case 'notes':
      // Notes that are not told in a comparison are one where all is equal, also the colour that Outlook gives them.
      return [...one].every(([fact]) => isSame(fact)) && one.size === other.size && !hasOutlook;
  }
}

/** Do both say something of one field, and not the same? */
function doClash(one: Facts, other: Facts): boolean {
  const isOther = (word: string) => {
    const [a, b] = [one, other].map((facts) => manyOf(facts, word));
    return (a?.length ?? 0) > 0 && (b?.length ?? 0) > 0 && JSON.stringify(a) !== JSON.stringify(b);
  };
  return (
    isOther('note') ||
    [...one].some(([fact, value]) => other.has(fact) && other.get(fact) !== value && fact !== 'uid')
  );
}
