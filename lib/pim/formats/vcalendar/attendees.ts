/**
 * Converts attendees between `Name <address>` of vCalendar 1.0 and the parameters of iCalendar 2.0. The server sends no
 * invitations.
 */
import { mailtoOf, withoutMailto } from '../../properties/email.ts';
import { type Property, paramOf, withoutParams } from '../../vobject/model.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';

const ROLES: { readonly [role: string]: string } = {
  ATTENDEE: 'REQ-PARTICIPANT',
  OWNER: 'X-OWNER',
};
const PARTSTATS: { readonly [status: string]: string } = { CONFIRMED: 'X-CONFIRMED', SENT: 'X-SENT' };

/** Converts an attendee. Its value is `Name <address>`, with the parameters ROLE, STATUS, RSVP and EXPECT. */
export function attendeeFromVcalendar(source: Property): Property {
  const text = unescapeText(source.value).trim();
  const { named, address } = inBrackets(text);
  const status = paramOf(source, 'STATUS')?.toUpperCase().replace(/ /g, '-');
  const role = paramOf(source, 'ROLE')?.toUpperCase();
  const rsvp = paramOf(source, 'RSVP')?.toUpperCase();
  const plain = withoutParams(source, 'STATUS', 'RSVP', 'TYPE');
  const params = [
    ...(named === '' ? [] : [{ name: 'CN', values: [named.replace(/^"(.*)"$/s, '$1')] }]),
    ...plain.params.filter(({ name }) => name !== 'ROLE'),
    ...(role === undefined ? [] : [{ name: 'ROLE', values: [ROLES[role] ?? role] }]),
    ...(status === undefined ? [] : [{ name: 'PARTSTAT', values: [PARTSTATS[status] ?? status] }]),
    ...(rsvp === undefined ? [] : [{ name: 'RSVP', values: [rsvp === 'YES' ? 'TRUE' : 'FALSE'] }]),
  ];
  return { ...plain, params, value: isMailbox(address) ? mailtoOf(address) : address };
}

/** Splits `Name <address>`. It uses no regular expression with backtracking, because the text may have any length. */
function inBrackets(text: string): { readonly named: string; readonly address: string } {
  const open = text.lastIndexOf('<');
  const address = text.slice(open + 1, -1);
  if (open < 0 || !text.endsWith('>') || address === '' || address.includes('>'))
    return { named: '', address: text };
  return {
    named: withoutMailto(text.slice(0, open)).trim(),
    address,
  };
}

const isMailbox = (text: string): boolean => {
  const at = text.lastIndexOf('@');
  return at > 0 && at < text.length - 1 && !/[\s:]/.test(text);
};

export function attendeeToVcalendar(source: Property): Property {
  const address = withoutMailto(source.value);
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
