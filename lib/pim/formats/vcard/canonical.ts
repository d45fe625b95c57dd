/**
 * vCards as they are stored: vCard 3.0 with one spelling for each thing, so that equal means equal; and as dialects
 * have it.
 */
import { isEmpty } from '../../properties/parameters.ts';
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
import { escapeText, joinList, textList, textParts } from '../../vobject/text.ts';
import { agentIn, agentOf, agentToV21, MAX_AGENTS } from './agent.ts';
import { storedMedia } from './media.ts';
import { withCanonicalTypes } from './types.ts';
import { fromV21, toV21 } from './v21.ts';
import { fromV40, toV40 } from './v40.ts';
import { withCanonicalValue } from './values.ts';

/** From the tree of a reader; `depth` of an agent. Throws a FormatError. */
export function canonicalCard(card: Component, dialect: Dialect, depth = 0): Component {
  if (depth > MAX_AGENTS) throw new FormatError('There are too many agents of agents.');
  // With both names, which the versions need: else it would be another one behind each of them.
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

/** Categories of which nothing else is said are one list, on however many lines they came. */
function withOneList(properties: readonly Property[]): readonly Property[] {
  const isPlain = (one: Property) =>
    one.name === 'CATEGORIES' && one.group === undefined && one.params.length === 0;
  const [first, ...others] = properties.filter(isPlain);
  if (first === undefined || others.length === 0) return properties;
  const entries = new Set([first, ...others].flatMap(({ value }) => textList(value)));
  return properties.flatMap((one) => {
    if (one === first) return [{ ...first, value: joinList([...entries]) }];
    return isPlain(one) ? [] : [one];
  });
}

/** As a dialect has it, from the canonical form. */
export function cardInDialect(card: Component, dialect: Dialect): Component {
  const properties = withEach(card.properties, (one) =>
    one.name === 'VERSION' ? withValue(one, VERSIONS[dialect] ?? '3.0') : dialectProperty(one, dialect),
  );
  const added = required(card, dialect);
  if (properties === card.properties && added.length === 0) return card;
  return { ...card, properties: [...properties, ...added] };
}

const VERSIONS: { readonly [dialect in Dialect]?: string } = {
  'vcard-2.1': '2.1',
  'vcard-3.0': '3.0',
  'vcard-4.0': '4.0',
};

/** The form of one property; every dialect has one for each. */
function dialectProperty(source: Property, dialect: Dialect): Property {
  if (dialect === 'vcard-4.0') return toV40(source);
  if (dialect === 'vcard-3.0') return source;
  const agent = agentIn(source, 'vcard-3.0');
  return agent === undefined
    ? toV21(source)
    : agentToV21(cardInDialect(agent.component, 'vcard-2.1'), source);
}

/** FN and N must be there: from each other, or from what else names the contact. */
function required(card: Component, dialect: Dialect): Property[] {
  const values = (name: string) => card.properties.find((one) => one.name === name)?.value;
  const [n, fn] = [values('N'), values('FN')];
  const named = (name: string, text: string): Property[] => [{ name, params: [], value: text }];
  if (n === undefined) {
    const text =
      fn ??
      escapeText(
        textParts(values('ORG') ?? values('EMAIL') ?? '')
          .join(' ')
          .trim(),
      );
    return [
      ...named('N', `${text};;;;`),
      ...(fn === undefined && dialect !== 'vcard-2.1' ? named('FN', text) : []),
    ];
  }
  if (fn !== undefined || dialect === 'vcard-2.1') return [];
  return named('FN', formattedName(n));
}

/** The FN that follows from a N. */
export function formattedName(n: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = textParts(n);
  return escapeText([prefix, given, middle, family, suffix].filter(Boolean).join(' '));
}
