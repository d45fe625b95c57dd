/** Appointments and tasks of a program, as its user made and changed them: what the tests of the programs begin with. */
import { createRandom } from '../../random.ts';
import { created, edited, shown } from '../edits-calendar.ts';
import type { Facts } from '../facts.ts';
import type { Phone } from './phone.ts';

const known = new Map<Phone, readonly Facts[]>();

/** The same ones at each call. */
export function samplesOf(phone: Phone, count = 30): readonly Facts[] {
  const before = known.get(phone);
  if (before !== undefined) return before;
  const samples = Array.from({ length: count }, (_, n) => {
    const random = createRandom(n + 1);
    let facts = created(phone, `item${n}`, n, random);
    for (let k = random.below(8); k > 0; k -= 1) facts = edited(phone, facts, 100 * k + n, random);
    return facts;
  });
  known.set(phone, samples);
  return samples;
}

/** What is shown, as lines that a test can compare. */
export const factLines = (facts: Facts): string[] =>
  [...shown(facts)].map(([fact, value]) => `${fact}: ${value}`).sort();
