/**
 * Table and attribute names, typed once: the adapters, the records and the CDK stacks import them from here.
 * Physical table names are `PREFIX-` + the logical name, e.g. `syncml-items`.
 */
export const TABLES = ['items', 'anchors', 'sessions', 'crm-changes', 'accounts'] as const;
export type TableName = (typeof TABLES)[number];

/** Key and bookkeeping attributes that every row of every table has. Everything else is an attribute of its own. */
export const ATTRIBUTE = {
  pk: 'pk',
  sk: 'sk',
  version: 'v',
  expires: 'ttl',
  blob: 'b',
} as const;

/** Tables whose changes are streamed, and the image that the stream carries. */
export const STREAMS: { readonly [table in TableName]?: 'NEW_IMAGE' | 'KEYS_ONLY' } = {
  items: 'NEW_IMAGE',
  'crm-changes': 'NEW_IMAGE',
};

/** What must survive a mistake: point-in-time recovery and deletion protection. Sessions can be lost without harm. */
export const DURABLE_TABLES: readonly TableName[] = ['items', 'anchors', 'crm-changes', 'accounts'];

export const DEFAULT_TABLE_PREFIX = 'syncml';

export const physicalName = (prefix: string, table: TableName): string => `${prefix}-${table}`;
