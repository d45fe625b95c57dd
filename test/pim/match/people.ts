/** An invented town: people in households and firms, with all that makes them easy to take for each other. */
import type { Random } from '../../simulation/random.ts';
import { LOOK_ALIKES } from './look-alikes.ts';
import { isMans, plain, type Town, townOf } from './town.ts';

export interface Person {
  readonly id: number;
  readonly given: string;
  readonly family: string;
  readonly sex?: 'm' | 'f';
  /** Of those who are known by it. */
  readonly title?: string;
  readonly generation?: 'jun.' | 'sen.';
  readonly born?: string;
  readonly mobile?: string;
  readonly home?: string;
  readonly work?: string;
  /** The number of the firm is saved as a mobile number. */
  readonly isCell?: true;
  readonly email?: string;
  /** Of the household or the firm. */
  readonly sharedEmail?: string;
  readonly firm?: string;
  readonly department?: string;
  readonly street?: string;
  readonly place?: string;
  /** A firm's own entry: no person. */
  readonly isFirm?: true;
}

function person(town: Town, id: number, family: string, women: boolean, from: number): Person {
  const { random } = town;
  const given = town.given(women);
  const own = random.chance(0.85);
  const firm = random.chance(0.45) ? town.firm() : undefined;
  const host = firm !== undefined && random.chance(0.5) ? firm.host : 'mail.example';
  return {
    ...{ id, given, family, sex: women ? 'f' : 'm' },
    ...(own && { mobile: town.mobile() }),
    ...((!own || random.chance(0.7)) && { email: `${plain(given)}.${plain(family)}${id}@${host}` }),
    ...(random.chance(0.3) && { born: random.chance(0.04) ? '1970-01-01' : town.day(from) }),
    ...(firm && { firm: firm.firm, work: firm.work }),
    ...(firm && random.chance(0.15) && { sharedEmail: firm.sharedEmail }),
  };
}

function addHousehold(town: Town, people: Person[]): void {
  const { random } = town;
  const family = town.family();
  const shared = {
    ...town.home(),
    ...(random.chance(0.4) && { sharedEmail: `${plain(family)}${people.length}@haus.example` }),
  };
  const size = 2 + random.below(3);
  const names = new Set<string>();
  for (let n = 0; n < size; n += 1) {
    const one = person(town, people.length, family, n % 2 === 1, n < 2 ? 1950 : 1980);
    if (!names.has(one.given)) people.push({ ...one, ...shared });
    names.add(one.given);
  }
  if (random.chance(0.12)) addSon(town, people, shared);
}

/** Has his father's name; what tells them apart is on both. */
function addSon(town: Town, people: Person[], shared: Partial<Person>): void {
  const at = people.findLastIndex((one) => isMans(one.given));
  const father = people[at];
  if (father === undefined || father.home !== shared.home) return;
  const marked = town.random.chance(0.5);
  const both = (one: Person, of: 'sen.' | 'jun.', born: string): Person => ({
    ...one,
    mobile: town.mobile(),
    email: `${plain(one.given)}${of.slice(0, 3)}${one.id}@mail.example`,
    ...(marked ? { generation: of } : { born }),
  });
  people[at] = both(father, 'sen.', town.day(1945));
  const { firm: _, work: __, ...rest } = father;
  people.push(both({ ...rest, ...shared, id: people.length }, 'jun.', town.day(1980)));
}

function addFirm(town: Town, people: Person[]): void {
  const { host: _, ...firm } = town.firm();
  if (people.some((one) => one.isFirm && one.firm === firm.firm)) return;
  people.push({ id: people.length, given: '', family: '', ...firm, ...town.address(), isFirm: true });
}

function addLookAlikes(town: Town, people: Person[]): boolean {
  let at = town.random.next();
  for (const [share, kind] of LOOK_ALIKES) {
    at -= share;
    if (at >= 0) continue;
    for (const facts of kind(town))
      if (!people.some((one) => one.isFirm && one.firm === facts.firm && one.department === facts.department))
        people.push({ ...facts, id: people.length });
    return true;
  }
  return false;
}

/** At least so many people and firms. */
export function town(random: Random, count: number): Person[] {
  const people: Person[] = [];
  const place = townOf(random, count);
  while (people.length < count) {
    if (addLookAlikes(place, people)) continue;
    const kind = random.next();
    if (kind < 0.22) addHousehold(place, people);
    else if (kind < 0.26) addFirm(place, people);
    else
      people.push({
        ...person(place, people.length, place.family(), random.chance(0.5), 1950),
        ...(random.chance(0.4) && place.address()),
      });
  }
  return people;
}
