/** The comparison vector: how far two contacts agree and differ apart from their names. */

import { samePhone } from '../../properties/phone.ts';
import { spend } from '../../work/budget.ts';
import type { Reason } from '../result.ts';
import { partsInCommon } from './address.ts';
import { type Birthdays, birthdays } from './birthday.ts';
import type { ContactPhone, PreparedContact } from './contact.ts';
import { isEverybodys, isNamedAfter, isRole } from './mailboxes.ts';

/** Numbers are counts of agreements or disagreements. */
export interface ComparisonVector {
  /** Same values that usually belong to one person: mobile numbers, mailboxes. */
  readonly own: number;
  /** Those of `own` that certainly belong to one person: a mobile number by the numbering plan, a mailbox with his name. */
  readonly sure: number;
  /** Do they share a mailbox that contains the name of one of them? */
  readonly isNamed: boolean;
  /** `own`, and one more for the same birthday. */
  readonly personal: number;
  /** Same telephone numbers of a home. */
  readonly home: number;
  /** Same values of a household or a firm: telephone numbers, addresses. */
  readonly common: number;
  /** Same numbers that are known to belong to several people. */
  readonly shared: number;
  /** Kinds of values that both have, with no common value: mailboxes, mobile numbers, firms. */
  readonly against: number;
  readonly sameFirm: boolean;
  /** How many of street, number and place agree in two addresses, but for slips. */
  readonly places: number;
  readonly birthday: Birthdays;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** Values that several of the candidates have, so that they do not belong to one person. */
export type Shared = ReadonlySet<string>;

interface Finding {
  readonly reason: Reason;
  readonly weight: number;
  readonly as: 'sure' | 'own' | 'home' | 'common' | 'shared' | 'against' | 'nothing';
}

const BORN: { readonly [born in Birthdays]: readonly [weight: number, ...reasons: Reason[]] } = {
  same: [4, 'same-birthday'],
  day: [2, 'same-birthday'],
  near: [0, 'birthday-near'],
  slip: [0, 'birthday-near'],
  other: [-6, 'birthday-differs'],
  unknown: [0],
};

export function comparisonVectorOf(a: PreparedContact, b: PreparedContact, shared: Shared): ComparisonVector {
  const birthday = birthdays(a.birthday, b.birthday);
  const [weight, ...born] = BORN[birthday];
  const firms = firmFinding(a, b);
  const findings = [
    ...emailFindings(a, b, shared),
    ...phoneFindings(a, b, shared),
    ...firms,
    ...addressFindings(a, b),
  ];
  const count = (...kinds: Finding['as'][]) => findings.filter((one) => kinds.includes(one.as)).length;
  return {
    own: count('own', 'sure'),
    sure: count('sure'),
    isNamed: findings.some(({ reason, as }) => reason === 'same-email' && as === 'sure'),
    personal: count('own', 'sure') + (birthday === 'same' ? 1 : 0),
    home: count('home'),
    common: count('home', 'common'),
    shared: count('shared'),
    against: count('against'),
    sameFirm: firms.some(({ reason }) => reason === 'same-organisation'),
    places: placesOf(a, b),
    birthday,
    score: findings.reduce((sum, one) => sum + one.weight, weight),
    reasons: [...findings.map(({ reason }) => reason), ...born],
  };
}

export const sameEmails = (a: PreparedContact, b: PreparedContact): string[] =>
  a.emails.filter((one) => b.emails.includes(one));

function emailFindings(a: PreparedContact, b: PreparedContact, shared: Shared): Finding[] {
  const both = sameEmails(a, b);
  if (both.length === 0)
    return a.emails.some((one) => !isRole(one)) && b.emails.some((one) => !isRole(one))
      ? [{ reason: 'other-email', weight: -1, as: 'against' }]
      : [];
  const own = both.filter((one) => !shared.has(one) && !isEverybodys(one, [a, b]));
  if (own.length === 0) return [{ reason: 'shared-email', weight: 1, as: 'common' }];
  const isSure = own.some((one) => isNamedAfter(one, [a, b]));
  return [{ reason: 'same-email', weight: 6, as: isSure ? 'sure' : 'own' }];
}

interface Pair {
  readonly one: ContactPhone;
  readonly other: ContactPhone;
}

export function samePhones(a: PreparedContact, b: PreparedContact): Pair[] {
  spend(a.phones.length * b.phones.length);
  return a.phones.flatMap((one) =>
    b.phones.filter((other) => samePhone(one, other)).map((other) => ({ one, other })),
  );
}

function phoneFindings(a: PreparedContact, b: PreparedContact, shared: Shared): Finding[] {
  const pairs = samePhones(a, b);
  const lines = new Set(pairs.map((pair) => lineOf(pair, shared)));
  const line = [HOME, LINE, ANYBODYS].find((one) => lines.has(one));
  const mobile = [SURE, MOBILE].find((one) => lines.has(one));
  const found = [mobile, line].flatMap((one) => one ?? []);
  const mobiles = [a, b].map(({ phones }) => phones.filter(({ use }) => use === 'mobile').length);
  if (!pairs.some(isMobile) && mobiles.every((n) => n > 0))
    found.push({ reason: 'other-mobile', weight: -1, as: 'against' });
  else if (pairs.length === 0 && a.phones.length > 0 && b.phones.length > 0)
    found.push({ reason: 'other-phone', weight: -0.5, as: haveSameUse(a, b) ? 'against' : 'nothing' });
  return found;
}

const MOBILE: Finding = { reason: 'same-mobile', weight: 5, as: 'own' };
const SURE: Finding = { ...MOBILE, as: 'sure' };
const HOME: Finding = { reason: 'same-phone', weight: 3, as: 'home' };
const LINE: Finding = { reason: 'same-phone', weight: 3, as: 'common' };
const ANYBODYS: Finding = { reason: 'shared-number', weight: 1, as: 'shared' };

function lineOf(pair: Pair, shared: Shared): Finding {
  const { one, other } = pair;
  const isShared = shared.has(one.number) || shared.has(other.number);
  if (isMobile(pair)) return isShared ? ANYBODYS : one.isMobile || other.isMobile ? SURE : MOBILE;
  const uses = [one.use, other.use];
  // People with the same home number live in the same house. Any other number of several people means nothing.
  if (isShared) return uses.every((use) => use === 'home') ? HOME : ANYBODYS;
  return uses.includes('home') && !uses.includes('work') ? HOME : LINE;
}

/** Is it a mobile number: by the numbering plan, or by the type on one side if the other side has no different type? */
const isMobile = ({ one, other }: Pair): boolean =>
  one.isMobile ||
  other.isMobile ||
  [one.use, other.use].every((use) => use === 'mobile') ||
  [one.use, other.use].sort().join() === 'mobile,unknown';

/** Do both have a number of the same use? */
const haveSameUse = (a: PreparedContact, b: PreparedContact): boolean =>
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
  return a.some(({ whole }) => b.some((other) => whole === other.whole))
    ? [{ reason: 'same-address', weight: 2, as: 'common' }]
    : [{ reason: 'other-address', weight: -1, as: 'against' }];
}

const placesOf = ({ addresses: a }: PreparedContact, { addresses: b }: PreparedContact): number => {
  spend(a.length * b.length);
  return a.reduce((most, one) => b.reduce((n, other) => Math.max(n, partsInCommon(one, other)), most), 0);
};
