/**
 * The stored form of contacts, and its conversion to dialects. The stored form is vCard 3.0 with one spelling for each
 * thing, so that equal contacts have equal texts.
 */

import { isEmpty } from '../../properties/parameters.ts';
import { withOneList } from '../../vobject/categories.ts';
import {
  type Component,
  type Dialect,
  isFirstGeneration,
  type Property,
  sorted,
  withEach,
  withoutParams,
  withValue,
} from '../../vobject/model.ts';
import { FormatError } from '../../vobject/read.ts';
import { agentIn, agentOf, agentToV21, MAX_AGENTS } from './agent.ts';
import { dayInDialect } from './days.ts';
import { storedMedia } from './media.ts';
import { requiredNames } from './names.ts';
import { withCanonicalTypes } from './types.ts';
import { fromV21, toV21 } from './v21.ts';
import { fromV40, toV40 } from './v40.ts';
import { withCanonicalValue } from './values.ts';

/** Brings the tree of a reader to the stored form. `depth` is the nesting of an agent. Throws a FormatError. */
export function canonicalCard(card: Component, dialect: Dialect, depth = 0): Component {
  if (depth > MAX_AGENTS) throw new FormatError('There are too many agents of agents.');
  // The card of an agent gets both N and FN, which some versions require. Otherwise each version would change the card.
  const agentCard = (inner: Component, of: Dialect, source?: Property): Property =>
    agentOf(cardInDialect(canonicalCard(inner, of, depth + 1), 'vcard-3.0'), source);
  const isV21 = isFirstGeneration(dialect);
  const stored = (source: Property): Property => {
    const one = dialect === 'vcard-4.0' ? fromV40(source) : source;
    const agent = agentIn(one, dialect);
    if (agent !== undefined) return agentCard(agent.component, agent.dialect, withoutParams(one, 'VALUE'));
    const typed = withCanonicalTypes(storedMedia(one));
    return sorted(withCanonicalValue(isV21 ? fromV21(typed) : typed));
  };
  const own = card.properties.filter(({ name }) => name !== 'VERSION').map(stored);
  const agents = card.components.filter(({ name }) => name === 'VCARD');
  return {
    name: 'VCARD',
    properties: [
      { name: 'VERSION', params: [], value: '3.0' },
      ...withOneList(own.filter((one) => !isEmpty(one))),
      ...agents.map((agent) => agentCard(agent, dialect)),
    ],
    components: card.components.filter(({ name }) => name !== 'VCARD'),
  };
}

/** Converts a stored card to a dialect. `showsFirms`: does the device show ORG or FN? Then a company needs no other name. */
export function cardInDialect(card: Component, dialect: Dialect, showsFirms = true): Component {
  const sayable = card.properties.filter((one) => dayInDialect(one, dialect) !== undefined);
  const said = sayable.length === card.properties.length ? card.properties : sayable;
  const properties = withEach(said, (one) =>
    one.name === 'VERSION' ? withValue(one, VERSIONS[dialect] ?? '3.0') : dialectProperty(one, dialect),
  );
  const added = requiredNames(card, dialect, showsFirms);
  if (properties === card.properties && added.length === 0) return card;
  return { ...card, properties: [...properties, ...added] };
}

const VERSIONS: { readonly [dialect in Dialect]?: string } = {
  'vcard-2.1': '2.1',
  'vcard-3.0': '3.0',
  'vcard-4.0': '4.0',
};

/** Converts one stored property to a dialect. */
function dialectProperty(stored: Property, dialect: Dialect): Property {
  const source = dayInDialect(stored, dialect) ?? stored;
  if (dialect === 'vcard-4.0') return toV40(source);
  if (dialect === 'vcard-3.0') return source;
  const agent = agentIn(source, 'vcard-3.0');
  return agent === undefined
    ? toV21(source)
    : agentToV21(cardInDialect(agent.component, 'vcard-2.1'), source);
}
