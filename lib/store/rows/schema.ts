/**
 * Table and attribute names, typed once: the adapters, the records and the CDK stacks import them from here.
 * Physical table names are `PREFIX-` + the logical name, e.g. `syncml-items`.
 */
export const TABLES = ['items', 'anchors', 'sessions', 'crm-changes', 'accounts'] as const;
export type TableName = (typeof TABLES)[number];

/** Names of the attributes for key and bookkeeping in every row. All other attributes have their own names. */
export const ATTRIBUTE = {
  pk: 'pk',
  sk: 'sk',
  version: 'v',
  expires: 'ttl',
  blob: 'b',
} as const;

/** Tables that have a stream of their changes, and the image that it carries. */
export const STREAMS: { readonly [table in TableName]?: 'NEW_IMAGE' | 'KEYS_ONLY' } = {
  items: 'NEW_IMAGE',
  'crm-changes': 'NEW_IMAGE',
};

/**
 * The streams that a function of this server reads. DynamoDB records those of STREAMS without cost; the embedded store
 * records these alone, as each record is a second copy of its row. The stream of `items` waits for a function that tells
 * the CRM what devices changed: whoever adds that function adds `items` here.
 */
export const CONSUMED_STREAMS: readonly TableName[] = ['crm-changes'];

/** Tables with point-in-time recovery and deletion protection. Sessions can be lost without harm. */
export const DURABLE_TABLES: readonly TableName[] = ['items', 'anchors', 'crm-changes', 'accounts'];

export const DEFAULT_TABLE_PREFIX = 'syncml';

export const physicalName = (prefix: string, table: TableName): string => `${prefix}-${table}`;

/** The name that the stack of the tables gives the KMS key by which keys of verifiers are encrypted. */
export const keyAlias = (prefix: string): string => `alias/${prefix}-accounts`;
