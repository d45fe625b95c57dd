/** Who takes part: `Name <address>` of vCalendar 1.0 and the parameters of iCalendar 2.0. Nobody is invited. */
import { type Property, paramOf, withoutParams } from '../model.ts';
import { escapeText, unescapeText } from '../syntax/text.ts';

const ROLES: { readonly [role: string]: string } = {
  ATTENDEE: 'REQ-PARTICIPANT',
  ORGANIZER: 'CHAIR',
  OWNER: 'X-OWNER',
};
const PARTSTATS: { readonly [status: string]: string } = { CONFIRMED: 'X-CONFIRMED', SENT: 'X-SENT' };

/** `Name <address>` with ROLE, STATUS, RSVP and EXPECT. */
export function attendeeFromOld(source: Property): Property {
  const text = unescapeText(source.value).trim();
  const [, named = '', address = text] = /^(.*?)\s*<([^<>]+)>$/.exec(text) ?? [];
  const status = paramOf(source, 'STATUS')?.toUpperCase().replace(/ /g, '-');
  const role = paramOf(source, 'ROLE')?.toUpperCase();
  const rsvp = paramOf(source, 'RSVP')?.toUpperCase();
  const plain = withoutParams(source, 'STATUS', 'RSVP', 'TYPE');
  const params = [
    ...(named === '' ? [] : [{ name: 'CN', values: [named.replace(/^"|"$/g, '')] }]),
    ...plain.params.filter(({ name }) => name !== 'ROLE'),
    ...(role === undefined ? [] : [{ name: 'ROLE', values: [ROLES[role] ?? role] }]),
    ...(status === undefined ? [] : [{ name: 'PARTSTAT', values: [PARTSTATS[status] ?? status] }]),
    ...(rsvp === undefined ? [] : [{ name: 'RSVP', values: [rsvp === 'YES' ? 'TRUE' : 'FALSE'] }]),
  ];
  const isAddress = /^[^\s:]+@[^\s:]+$/.test(address);
  return { ...plain, params, value: isAddress ? `mailto:${address}` : address };
}

export function attendeeToOld(source: Property): Property {
  const address = source.value.replace(/^mailto:/i, '');
  const [cn, role, status, rsvp] = ['CN', 'ROLE', 'PARTSTAT', 'RSVP'].map((name) => paramOf(source, name));
  const back = (table: { readonly [name: string]: string }, value: string) =>
    Object.keys(table).find((key) => table[key] === value) ?? value;
  const plain = withoutParams(
    source,
    'CN',
    'ROLE',
    'PARTSTAT',
    'RSVP',
    'CUTYPE',
    'SCHEDULE-AGENT',
    'SCHEDULE-STATUS',
    'LANGUAGE',
  );
  const params = [
    ...plain.params,
    ...(role === undefined ? [] : [{ name: 'ROLE', values: [back(ROLES, role)] }]),
    ...(status === undefined
      ? []
      : [{ name: 'STATUS', values: [back(PARTSTATS, status).replace(/-/g, ' ')] }]),
    ...(rsvp === undefined ? [] : [{ name: 'RSVP', values: [rsvp.toUpperCase() === 'TRUE' ? 'YES' : 'NO'] }]),
  ];
  const text = cn === undefined ? address : `${unescapeText(cn)} <${address}>`;
  return { ...plain, params, value: escapeText(text).replace(/\\;/g, ';') };
}
