/**
 * The card of an agent, in that of who has one. Version 2.1 has it between the lines, 3.0 as a text, and so it is stored;
 * 4.0 has none, it gets the text by another name.
 */
import type { Component, Dialect, Property } from '../../vobject/model.ts';
import { FormatError, readObjects, type VObject } from '../../vobject/read.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';
import { writeObject } from '../../vobject/write.ts';

/** Of agents of agents: with each, the text of the last one has twice the escapes. */
export const MAX_AGENTS = 3;

/** The card that is the value of the property; undefined for a link, or a name. */
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

/** As it is stored. */
export const agentOf = (card: Component, source?: Property): Property => ({
  ...(source ?? { params: [] }),
  name: 'AGENT',
  value: escapeText(writeObject(card, 'vcard-3.0', { unfolded: true })),
});

/** Its lines as they stand in vCard 2.1. */
export const agentToV21 = (card: Component, source: Property): Property => ({
  ...source,
  value: writeObject(card, 'vcard-2.1').replace(/\r\n/g, '\n'),
});
