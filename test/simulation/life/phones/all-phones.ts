/** All programs, by what they hold. The first one of a kind holds all. */
import type { LifeKind } from '../facts.ts';
import { CONTACT_PHONES } from './contact-phones.ts';
import { NOTE_PHONES } from './note-phones.ts';
import type { Phone } from './phone.ts';

export const PHONES: { readonly [kind in LifeKind]?: readonly [Phone, ...Phone[]] } = {
  contacts: CONTACT_PHONES,
  notes: NOTE_PHONES,
};

/** The kinds that some program holds. */
export const PLAYED = Object.keys(PHONES) as readonly LifeKind[];

/** The program of a kind that holds all. */
export const fullPhone = (kind: LifeKind): Phone => {
  const [full] = PHONES[kind] ?? [];
  if (full === undefined) throw new Error(`no program holds ${kind}`);
  return full;
};
