/** The stream of the CRM's changes to its function, and the queue of what could not be fed in. */
import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Tables } from './data-stack.ts';
import { lambdaFunction } from './lambda-function.ts';

export interface CrmFeed {
  readonly feed: NodejsFunction;
  readonly deadLetters: Queue;
}

export function createCrmFeed(scope: Construct, common: { prefix: string; tables: Tables }): CrmFeed {
  const feed = lambdaFunction(scope, 'crm-feed', {
    ...common,
    timeout: Duration.seconds(60),
    memorySize: 1024,
  });
  const deadLetters = new Queue(scope, 'crm-feed-dead-letters', {
    retentionPeriod: Duration.days(14),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });
  feed.addEventSource(
    new DynamoEventSource(common.tables['crm-changes'], {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 8,
      // The stream forgets after 24 hours; what is given up before that still reaches the queue.
      maxRecordAge: Duration.hours(12),
      onFailure: new SqsDlq(deadLetters),
      // Marking a change as applied, and its expiry, are not for the function.
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
    }),
  );
  return { feed, deadLetters };
}
