/** What somebody must hear of: errors, answers of 5xx, dead letters, a feed that lags behind. */
import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { FunctionName } from './grants.ts';

export interface Watched {
  readonly api: HttpApi;
  readonly functions: { readonly [name in FunctionName]: NodejsFunction };
  readonly feed: NodejsFunction;
  readonly deadLetters: Queue;
  readonly email?: string;
}

const PERIOD = Duration.minutes(5);
/** Milliseconds that the feed may lag behind. */
const LAG = 15 * 60 * 1000;

export function createAlarms(scope: Construct, watched: Watched): void {
  const { api, functions, feed, deadLetters, email } = watched;
  const topic = new Topic(scope, 'alarms', { enforceSSL: true });
  if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
  const alarm = (name: string, metric: IMetric, above: number, alarmDescription: string): void => {
    const made = new Alarm(scope, `${name}-alarm`, {
      metric,
      alarmDescription,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    made.addAlarmAction(new SnsAction(topic));
  };
  for (const [name, made] of Object.entries(functions)) {
    const errors = made.metricErrors({ period: PERIOD, statistic: 'Sum' });
    alarm(`${name}-errors`, errors, 0, `The function ${name} failed.`);
  }
  const serverErrors = api.metricServerError({ period: PERIOD, statistic: 'Sum' });
  alarm('api-5xx', serverErrors, 0, 'A client was answered with 5xx.');
  const waiting = deadLetters.metricApproximateNumberOfMessagesVisible({
    period: PERIOD,
    statistic: 'Maximum',
  });
  alarm('dead-letters', waiting, 0, 'A change of the CRM could not be fed in.');
  const lag = feed.metric('IteratorAge', { period: PERIOD, statistic: 'Maximum' });
  alarm('crm-feed-lag', lag, LAG, 'The feed of the CRM lags behind.');
}
