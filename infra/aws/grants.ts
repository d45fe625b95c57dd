/**
 * Which function may do what with which table: exactly what its code does there, nothing for tables not named.
 * A transaction asks for the rights of its single writes.
 */
import type { TableName } from '../../lib/store/rows/schema.ts';

export type FunctionName = 'syncml' | 'site' | 'crm-feed';
export type Action =
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

const READ: readonly Action[] = ['BatchGetItem', 'Query'];
const WRITE: readonly Action[] = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'];
const READ_WRITE: readonly Action[] = [...READ, ...WRITE];

export const GRANTS: {
  readonly [name in FunctionName]: { readonly [table in TableName]?: readonly Action[] };
} = {
  // An account is made by an administrator: whoever breaks the parser still cannot make one.
  syncml: { items: READ_WRITE, anchors: READ_WRITE, sessions: READ_WRITE, accounts: ['BatchGetItem'] },
  site: {},
  // Marks a change as applied; only the CRM's side adds one.
  'crm-feed': { items: READ_WRITE, anchors: READ_WRITE, 'crm-changes': ['BatchGetItem', 'UpdateItem'] },
};

/** Who may decrypt the keys of verifiers. None of them may make one: they write no accounts. */
export const OPENS_ACCOUNTS: readonly FunctionName[] = ['syncml'];
