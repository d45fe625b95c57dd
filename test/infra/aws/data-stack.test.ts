/** What would hurt if the tables lost it, by pairs: who has it and who must not. */
import { describe, expect, it } from 'vitest';
import {
  DURABLE_TABLES,
  keyAlias,
  physicalName,
  STREAMS,
  TABLES,
  type TableName,
} from '../../../lib/store/rows/schema.ts';
import { type Resource, resources, synthesize } from './stacks.ts';

const { data } = synthesize();
const tables = resources(data, 'AWS::DynamoDB::GlobalTable');

interface Replica {
  readonly DeletionProtectionEnabled?: boolean;
  readonly PointInTimeRecoverySpecification?: { readonly PointInTimeRecoveryEnabled: boolean };
}

function tableOf(name: TableName): { resource: Resource; replica: Replica } {
  const resource = tables.find(({ Properties }) => Properties.TableName === physicalName('test', name));
  if (resource === undefined) throw new Error(`no table ${name}`);
  const [replica] = resource.Properties.Replicas as Replica[];
  return { resource, replica: replica ?? {} };
}

const durable = TABLES.filter((table) => DURABLE_TABLES.includes(table));
const passing = TABLES.filter((table) => !DURABLE_TABLES.includes(table));
const streamed = TABLES.filter((table) => STREAMS[table] !== undefined);
const still = TABLES.filter((table) => STREAMS[table] === undefined);

it('has the tables of the schema and no other', () => {
  expect(tables).toHaveLength(TABLES.length);
  for (const table of TABLES) expect(tableOf(table).resource.Properties.BillingMode).toBe('PAY_PER_REQUEST');
});

describe.each(TABLES)('the table %s', (table) => {
  const { Properties } = tableOf(table).resource;

  it('has the keys of the schema', () => {
    expect(Properties.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
  });

  it('lets rows expire', () => {
    expect(Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'ttl', Enabled: true });
  });
});

describe('what must survive', () => {
  it('is the key of accounts, too; it is renewed, and has the name that the commands know', () => {
    const [key, ...others] = resources(data, 'AWS::KMS::Key');
    expect(others).toEqual([]);
    expect(key).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(key?.Properties.EnableKeyRotation).toBe(true);
    const aliases = resources(data, 'AWS::KMS::Alias').map(({ Properties }) => Properties.AliasName);
    expect(aliases).toEqual([keyAlias('test')]);
  });

  it.each(durable)('refuses to lose %s', (table) => {
    const { resource, replica } = tableOf(table);
    expect(replica.DeletionProtectionEnabled).toBe(true);
    expect(replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled).toBe(true);
    expect(resource.DeletionPolicy).toBe('Retain');
    expect(resource.UpdateReplacePolicy).toBe('Retain');
  });

  it.each(passing)('allows %s to go', (table) => {
    const { resource, replica } = tableOf(table);
    expect(replica.DeletionProtectionEnabled).not.toBe(true);
    expect(replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled).not.toBe(true);
    expect(resource.DeletionPolicy).toBe('Delete');
  });
});

describe('streams', () => {
  it.each(streamed)('carry the changes of %s', (table) => {
    const { Properties } = tableOf(table).resource;
    expect(Properties.StreamSpecification).toEqual({ StreamViewType: STREAMS[table] });
  });

  it.each(still)('are not paid for %s', (table) => {
    expect(tableOf(table).resource.Properties.StreamSpecification).toBeUndefined();
  });
});
