/** New appointments and tasks, and what people do to them, as far as the program before them can hold it. */
import type { Random } from '../random.ts';
import { APPOINTMENT_EDITS, NEW_APPOINTMENTS } from './edits-appointments.ts';
import type { Edit } from './edits-of-items.ts';
import { NEW_TASKS, TASK_EDITS } from './edits-tasks.ts';
import { type Facts, factsOf, sameFacts, withFact } from './facts.ts';
import type { Phone } from './phones/phone.ts';

/** What users see and compare: all but the id, which programs keep without showing it. */
export const shown = (facts: Facts): Facts => withFact(facts, 'uid', undefined);

const isHeld = (phone: Phone, facts: Facts): boolean => sameFacts(shown(phone.holds(facts)), shown(facts));

/** A new appointment or task as the user of this program makes it. */
export function created(phone: Phone, summary: string, number: number, random: Random): Facts {
  const first = factsOf([['summary', summary]]);
  const made = picked(phone, phone.kind === 'tasks' ? NEW_TASKS : NEW_APPOINTMENTS, first, number, random);
  return phone.holds(made);
}

/** One edit by the user of this program, of what it shows. The facts themselves where none is possible. */
export const edited = (phone: Phone, facts: Facts, number: number, random: Random): Facts =>
  phone.holds(picked(phone, phone.kind === 'tasks' ? TASK_EDITS : APPOINTMENT_EDITS, facts, number, random));

function picked(phone: Phone, edits: readonly Edit[], facts: Facts, number: number, random: Random): Facts {
  const left = [...edits];
  while (left.length > 0) {
    const [edit] = left.splice(random.below(left.length), 1);
    const after = edit?.(facts, number, random) ?? facts;
    if (!sameFacts(after, facts) && isHeld(phone, after)) return after;
  }
  return facts;
}
