/** All programs, by what they hold. The first one of a kind holds all. */
import type { LifeKind } from '../facts.ts';
import { APPOINTMENT_PHONES, TASK_PHONES } from './calendar-phones.ts';
import { CONTACT_PHONES } from './contact-phones.ts';
import { NOTE_PHONES } from './note-phones.ts';
import type { Phone } from './phone.ts';

export const PHONES: { readonly [kind in LifeKind]: readonly Phone[] } = {
  contacts: CONTACT_PHONES,
  calendar: APPOINTMENT_PHONES,
  tasks: TASK_PHONES,
  notes: NOTE_PHONES,
};

/** The program of a kind that holds all. */
export const fullPhone = (kind: LifeKind): Phone => {
  const [full] = PHONES[kind];
  if (full === undefined) throw new Error(`no program holds ${kind}`);
  return full;
};
