/** By which name a life knows an item, however the item is spelt: people spell a name otherwise on each of their devices. */
import type { Random } from '../random.ts';
import { type Facts, withFact } from './facts.ts';
import type { Phone } from './phones/phone.ts';

/**
 * The family name of a contact, or the summary; of a member of a household with the given name behind it. What is spelt
 * otherwise is the same name.
 */
export function nameIn(facts: Facts): string {
  const family = facts.get('family');
  if (family === undefined) return asFirstSpelt(facts.get('summary') ?? '');
  const given = asFirstSpelt(facts.get('given') ?? '');
  return given === '' || given.startsWith('Given-')
    ? asFirstSpelt(family)
    : `${asFirstSpelt(family)} ${given}`;
}

/** The name of the item that the text is about. */
export const nameOf = (phone: Phone, text: string): string => nameIn(phone.read(text));

/** `NÁME-5` is `Name-5`. Any other text stays as it is. */
function asFirstSpelt(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const [, word, number] = /^(name|given)-(\d+)$/.exec(plain) ?? [];
  return word === undefined ? text : `${word.charAt(0).toUpperCase()}${word.slice(1)}-${number}`;
}

const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.replace(/a/, 'á').replace(/i/, 'í'),
];

/** The item as somebody writes it who spells its name otherwise. */
export function respelt(facts: Facts, random: Random): Facts {
  const spell = random.pick(SPELLINGS);
  const fact = ['family', 'given', 'summary'].filter((one) => facts.has(one));
  return fact.reduce((all, one) => withFact(all, one, spell(all.get(one) ?? '')), facts);
}
