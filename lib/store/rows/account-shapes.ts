/** Accounts and what belongs to them <-> row attributes, as shapes.ts. */
import type { Account, Bindings, Password } from '../../engine/model/accounts.ts';
import type { Row } from '../port/port.ts';
import { attributesOf, type Fields, present } from './fields.ts';
import { SHAPE } from './shapes.ts';

export const accountFields = ({ login, user, passwords, disabled, policies }: Account): Fields => ({
  attributes: present({ f: SHAPE.account, login, user, passwords, disabled, policies }),
});
export function accountFromRow(row: Row): Account {
  const { login, user, disabled, policies, ...rest } = attributesOf<Account & PasswordOfShape1>(row);
  return {
    ...{ login, user, passwords: rest.passwords ?? [passwordOf(rest)] },
    ...(disabled === true && { disabled }),
    ...(policies && { policies }),
  };
}

/** An account of before had one password, which any device used. */
interface PasswordOfShape1 {
  readonly verifier: string;
  readonly san?: string;
}
const passwordOf = ({ verifier, san }: PasswordOfShape1): Password => ({
  ...{ id: 'first', verifier, shared: true, created: 0 },
  ...(san !== undefined && { san }),
});

export const bindingsFields = ({ bound }: Bindings): Fields => ({
  attributes: present({ f: SHAPE.bindings, bound }),
});
export const bindingsFromRow = (row: Row): Bindings => ({
  bound: attributesOf<Bindings>(row).bound,
  version: row.version,
});

/** A row in the list of users: it names the login, and nothing that changes. */
export const userFields = (login: string): Fields => ({ attributes: { f: SHAPE.user, login } });
export const loginFromRow = (row: Row): string => attributesOf<{ login: string }>(row).login;
