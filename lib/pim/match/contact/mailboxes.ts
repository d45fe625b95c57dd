/** Who uses a mailbox: one person, or a household or a department. */
import { wordsOf } from '../names/fold.ts';

/** Folded words of mailboxes that do not belong to one person. */
const ROLES = new Set(
  wordsOf(`
    info office kontakt contact contacts mail email post postmaster team support service services help helpdesk hello
    hallo hi admin administrator webmaster hostmaster zentrale empfang reception frontdesk family familie fam
    sales vertrieb verkauf einkauf purchasing procurement buying orders order bestellung bestellungen auftrag shop
    buchhaltung accounting accounts accountancy finance finanzen rechnung rechnungen invoice invoices billing payroll
    buero buro sekretariat sekretaer secretary assistenz assistant verwaltung administration management
    geschaeftsfuehrung geschaeftsleitung vorstand board hr personal personalabteilung jobs job career careers karriere
    bewerbung recruiting marketing presse press media redaktion news newsletter noreply no reply legal recht
    datenschutz privacy praxis kanzlei ordination apotheke rezeption lager warehouse logistik logistics versand
    shipping dispatch werkstatt technik it edv entwicklung dev development qa security hausverwaltung
    kundenservice kundendienst customerservice customercare anfrage anfragen booking bookings reservierung
    reservation reservations events schule school hotel restaurant gemeinde pfarramt rathaus vendite acquisti
    compras ventas facturacion administracion contabilidad achats ventes comptabilite direction accueil
  `),
);

/**
 * The words before the `@`. One or two digits at the end of a word are dropped, as in the role `einkauf2`. More digits are
 * kept: they are part of a personal mailbox.
 */
const localWords = (email: string): string[] =>
  wordsOf((email.split('@')[0] ?? '').replace(/_/g, ' ')).map((word) => word.replace(/(?<=\D)\d{1,2}$/, ''));

/** Does the mailbox belong to a role, such as `einkauf2` or `info.berlin`? */
export const isRole = (email: string): boolean => ROLES.has(localWords(email)[0] ?? '');

const isOf = (word: string, names: ReadonlySet<string>): boolean =>
  names.has(word) || names.has(word.replace(/\d+$/, ''));

interface Owner {
  readonly name?: { readonly given: readonly string[]; readonly family: readonly string[] };
  readonly organisation: readonly string[];
}

/**
 * Does the mailbox belong to several people? It does if it has only a family name (`roth@`, `roth440@`) or that of a
 * firm.
 */
export function isEverybodys(email: string, owners: readonly Owner[]): boolean {
  if (isRole(email)) return true;
  const words = localWords(email).filter((word) => !ROLES.has(word));
  const own = owners.flatMap(({ name }) => (name === undefined || name.given.length === 0 ? [] : [name]));
  const given = new Set(own.flatMap((name) => name.given));
  const common = new Set([
    ...own.flatMap(({ family }) => family),
    ...owners.flatMap((one) => one.organisation),
  ]);
  return words.length > 0 && words.every((word) => isOf(word, common) && !isOf(word, given));
}

/** Does the mailbox contain the given names of all owners, or the whole name of one? Then it belongs to one person. */
export function isNamedAfter(email: string, owners: readonly Owner[]): boolean {
  const local = localWords(email).join('');
  const has = (words: readonly string[] = []) =>
    words.some((word) => word.length > 2 && local.includes(word));
  const given = owners.map(({ name }) => has(name?.given));
  return given.every(Boolean) || owners.some(({ name }, n) => given[n] && has(name?.family));
}
