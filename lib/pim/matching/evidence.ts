/** What two contacts have in common beside their names, and what speaks against their being one. */
import { isRole, type PreparedContact } from './contact.ts';
import { samePhone } from './phones.ts';
import type { Reason } from './verdict.ts';

export interface Evidence {
  /** What only one person has: a mobile number, a mailbox, a birthday. */
  readonly personal: number;
  /** What a household or a firm has: a line, an address. */
  readonly common: number;
  /** What both have, each another: mailboxes, mobile numbers, firms. */
  readonly against: number;
  readonly sameFirm: boolean;
  readonly birthday: 'same' | 'other' | 'unknown';
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** Values that several of the candidates have: nobody's own. */
export type Shared = ReadonlySet<string>;

interface Finding {
  readonly reason: Reason;
  readonly weight: number;
  readonly as: 'personal' | 'common' | 'against' | 'nothing';
}

export function evidenceOf(a: PreparedContact, b: PreparedContact, shared: Shared): Evidence {
  const birthday = birthdays(a, b);
  const firms = firmFinding(a, b);
  const findings = [
    ...emailFindings(a, b, shared),
    ...phoneFindings(a, b, shared),
    ...firms,
    ...addressFindings(a, b),
  ];
  const count = (as: Finding['as']) => findings.filter((one) => one.as === as).length;
  const score = findings.reduce(
    (sum, { weight }) => sum + weight,
    { same: 4, other: -6, unknown: 0 }[birthday],
  );
  const born: Reason[] =
    birthday === 'same' ? ['same-birthday'] : birthday === 'other' ? ['birthday-differs'] : [];
  return {
    personal: count('personal') + (birthday === 'same' ? 1 : 0),
    common: count('common'),
    against: count('against'),
    sameFirm: firms.some(({ reason }) => reason === 'same-organisation'),
    birthday,
    score,
    reasons: [...findings.map(({ reason }) => reason), ...born],
  };
}

/** Day and month in the other order are one: some devices do that. */
function birthdays({ birthday: a }: PreparedContact, { birthday: b }: PreparedContact): Evidence['birthday'] {
  if (a === undefined || b === undefined) return 'unknown';
  const turned = `${b.slice(0, 5)}${b.slice(8)}-${b.slice(5, 7)}`;
  return a === b || a === turned ? 'same' : 'other';
}

function emailFindings(a: PreparedContact, b: PreparedContact, shared: Shared): Finding[] {
  const both = a.emails.filter((one) => b.emails.includes(one));
  if (both.length === 0)
    return a.emails.some((one) => !isRole(one)) && b.emails.some((one) => !isRole(one))
      ? [{ reason: 'other-email', weight: -1, as: 'against' }]
      : [];
  return both.some((one) => !isRole(one) && !shared.has(one))
    ? [{ reason: 'same-email', weight: 6, as: 'personal' }]
    : [{ reason: 'shared-email', weight: 1, as: 'common' }];
}

function phoneFindings(a: PreparedContact, b: PreparedContact, shared: Shared): Finding[] {
  const pairs = a.phones.flatMap((one) =>
    b.phones.filter((other) => samePhone(one, other)).map((other) => ({ one, other })),
  );
  const isShared = ({ one, other }: (typeof pairs)[number]) =>
    shared.has(one.number) || shared.has(other.number);
  const isMobile = ({ one, other }: (typeof pairs)[number]) => one.use === 'mobile' || other.use === 'mobile';
  const found: Finding[] = [];
  if (pairs.some((pair) => isMobile(pair) && !isShared(pair)))
    found.push({ reason: 'same-mobile', weight: 5, as: 'personal' });
  if (pairs.some((pair) => !isMobile(pair) && !isShared(pair)))
    found.push({ reason: 'same-phone', weight: 3, as: 'common' });
  else if (pairs.some(isShared)) found.push({ reason: 'shared-number', weight: 1, as: 'common' });
  const mobiles = [a, b].map(({ phones }) => phones.filter(({ use }) => use === 'mobile').length);
  if (!pairs.some(isMobile) && mobiles.every((n) => n > 0))
    found.push({ reason: 'other-mobile', weight: -1, as: 'against' });
  else if (pairs.length === 0 && a.phones.length > 0 && b.phones.length > 0)
    found.push({ reason: 'other-phone', weight: -0.5, as: alikeUses(a, b) ? 'against' : 'nothing' });
  return found;
}

/** Both have a line of the same kind. */
const alikeUses = (a: PreparedContact, b: PreparedContact): boolean =>
  a.phones.some(({ use }) => b.phones.some((other) => other.use === use));

function firmFinding({ organisation: a }: PreparedContact, { organisation: b }: PreparedContact): Finding[] {
  if (a.length === 0 || b.length === 0) return [];
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.every((word) => long.includes(word))
    ? [{ reason: 'same-organisation', weight: 2, as: 'nothing' }]
    : [{ reason: 'other-organisation', weight: -1, as: 'against' }];
}

function addressFindings({ addresses: a }: PreparedContact, { addresses: b }: PreparedContact): Finding[] {
  if (a.length === 0 || b.length === 0) return [];
  return a.some((one) => b.includes(one))
    ? [{ reason: 'same-address', weight: 2, as: 'common' }]
    : [{ reason: 'other-address', weight: -1, as: 'against' }];
}
