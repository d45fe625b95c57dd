/** The name of a contact: in parts (N) and in full (FN), which versions of vCard require, and that of a company. */
import { foldedText } from '../../properties/text.ts';
import { type Component, type Dialect, type Property, property, valueIn } from '../../vobject/model.ts';
import { escapeText, textParts, unescapeText } from '../../vobject/text.ts';

/**
 * The required properties N and FN, where the card lacks them. They are made of each other, of ORG or of EMAIL. The N of a
 * company is empty, because its name is no family name; unless the device shows nothing but N.
 */
export function requiredNames(card: Component, dialect: Dialect, showsFirms: boolean): Property[] {
  const [n, fn] = [valueIn(card, 'N'), valueIn(card, 'FN')];
  if (n === undefined) {
    const text = fn ?? firmOrMailbox(card);
    const isFirm = showsFirms && isCompany(card.properties);
    const full = fn === undefined && (isFirm || dialect !== 'vcard-2.1') ? [property('FN', text)] : [];
    return isFirm ? [...full, property('N', ';;;;')] : [property('N', `${text};;;;`), ...full];
  }
  if (fn !== undefined || dialect === 'vcard-2.1') return [];
  return [property('FN', formattedName(n))];
}

const firmOrMailbox = (card: Component): string =>
  escapeText(
    textParts(valueIn(card, 'ORG') ?? valueIn(card, 'EMAIL') ?? '')
      .join(' ')
      .trim(),
  );

/** Is it the card of a company? Apple says so, vCard 4.0 does, or the name in full is that of the company. */
export function isCompany(card: readonly Property[]): boolean {
  if (valueFrom(card, 'KIND').toLowerCase() === 'org') return true;
  if (valueFrom(card, 'X-ABSHOWAS').toUpperCase() === 'COMPANY') return true;
  const name = foldedText(unescapeText(valueFrom(card, 'FN')));
  const firms = firmNames(card);
  return firms.length > 0 && (name === '' || firms.includes(name));
}

/** Is N made of the name of the company, as devices make it that need an N? */
export function isNameOfCompany(n: Property, card: readonly Property[]): boolean {
  const [only = '', ...others] = textParts(n.value).filter((part) => part.trim() !== '');
  const names = [foldedText(unescapeText(valueFrom(card, 'FN'))), ...firmNames(card)];
  return others.length === 0 && isCompany(card) && names.includes(foldedText(only));
}

const valueFrom = (card: readonly Property[], name: string): string =>
  card.find((one) => one.name === name)?.value ?? '';

/** The name of the company, and that with its departments. */
function firmNames(card: readonly Property[]): string[] {
  const parts = textParts(valueFrom(card, 'ORG')).filter((part) => part.trim() !== '');
  return parts.length === 0 ? [] : [parts[0] ?? '', parts.join(' ')].map(foldedText);
}

/** The FN that a program would compose of N. */
export function formattedName(n: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = textParts(n);
  return escapeText([prefix, given, middle, family, suffix].filter(Boolean).join(' '));
}
