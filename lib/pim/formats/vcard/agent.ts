/**
 * The card of an agent inside the card of a contact. vCard 2.1 has it as lines, 3.0 as an escaped text, which is the
 * stored form. vCard 4.0 has no agents; it gets the text under another name.
 */
import type { Component, Dialect, Property } from '../../vobject/model.ts';
import { FormatError, readObjects, type VObject } from '../../vobject/read.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';
import { writeObject } from '../../vobject/write.ts';

/** The deepest nesting of agents. Each level doubles the escapes of the innermost card. */
export const MAX_AGENTS = 3;

/** The card in the value of the property. Undefined for a link or a name. */
export function agentIn({ name, value }: Property, dialect: Dialect): VObject | undefined {
  if (name !== 'AGENT' || !/^\s*BEGIN:VCARD/i.test(value)) return undefined;
  try {
    const [object, ...others] = readObjects(unescapeText(value), { dialect });
    return others.length === 0 ? object : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** The stored form of an agent's card. */
export const agentOf = (card: Component, source?: Property): Property => ({
  ...(source ?? { params: [] }),
  name: 'AGENT',
  value: escapeText(writeObject(card, 'vcard-3.0', { unfolded: true })),
});

/** The form of vCard 2.1: the value is the lines of the card. */
export const agentToV21 = (card: Component, source: Property): Property => ({
  ...source,
  value: writeObject(card, 'vcard-2.1').replace(/\r\n/g, '\n'),
});
