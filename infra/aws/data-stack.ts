/** The stateful stack: the tables, and the key of accounts. Nothing in it may be replaced or deleted by a deployment. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import {
  ATTRIBUTE,
  DURABLE_TABLES,
  keyAlias,
  physicalName,
  STREAMS,
  TABLES,
  type TableName,
} from '../../lib/store/rows/schema.ts';

export type Tables = { readonly [table in TableName]: TableV2 };

export class DataStack extends Stack {
  readonly tables: Tables;
  /** Encrypts the keys by which verifiers of passwords are sealed. Without it nobody comes in any more. */
  readonly accountsKey: Key;

  constructor(scope: Construct, id: string, props: { prefix: string }) {
    super(scope, id, { description: 'SyncML server: tables' });
    const made = TABLES.map((table) => [table, createTable(this, props.prefix, table)]);
    this.tables = Object.fromEntries(made) as Tables;
    this.accountsKey = new Key(this, 'accounts-key', {
      ...{ alias: keyAlias(props.prefix), description: 'SyncML server: verifiers of passwords' },
      ...{ enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN },
    });
  }
}

function createTable(scope: Construct, prefix: string, table: TableName): TableV2 {
  const durable = DURABLE_TABLES.includes(table);
  const view = STREAMS[table];
  return new TableV2(scope, table, {
    tableName: physicalName(prefix, table),
    partitionKey: { name: ATTRIBUTE.pk, type: AttributeType.STRING },
    sortKey: { name: ATTRIBUTE.sk, type: AttributeType.STRING },
    billing: Billing.onDemand(),
    timeToLiveAttribute: ATTRIBUTE.expires,
    deletionProtection: durable,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: durable },
    removalPolicy: durable ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    dynamoStream: view === undefined ? undefined : StreamViewType[view],
  });
}
