/** The API, the functions and the CRM feed: limits, dead letters, alarms. */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ROUTES } from '../../../functions/lambda/routes.ts';
import { resources, synthesize } from './stacks.ts';

const { service } = synthesize('someone@example.com');
const functions = resources(service, 'AWS::Lambda::Function').map(({ Properties }) => Properties);
const [feed] = resources(service, 'AWS::Lambda::EventSourceMapping').map(({ Properties }) => Properties);

describe('the API', () => {
  it('allows the routes of the table and refuses any other', () => {
    const keys = resources(service, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey);
    expect(keys.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('bounds the requests a second', () => {
    service.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: Match.anyValue(), ThrottlingBurstLimit: Match.anyValue() },
    });
  });

  it('hands events to the functions in the format that they read', () => {
    service.allResourcesProperties('AWS::ApiGatewayV2::Integration', { PayloadFormatVersion: '2.0' });
  });
});

describe('the functions', () => {
  it('run on the Node of the project and know their tables', () => {
    expect(functions).toHaveLength(3);
    for (const made of functions) {
      expect(made.Runtime).toBe('nodejs24.x');
      expect(made.Environment).toMatchObject({ Variables: { SYNCML_TABLE_PREFIX: 'test' } });
    }
  });

  it('behind HTTP end before the gateway gives up (B10)', () => {
    const timeouts = functions.map((made) => Number(made.Timeout)).sort((a, b) => a - b);
    expect(timeouts).toEqual([5, 29, 60]);
  });

  it('keep their logs for a while and not for ever', () => {
    const groups = resources(service, 'AWS::Logs::LogGroup').map(
      ({ Properties }) => Properties.RetentionInDays,
    );
    expect(groups).toEqual([90, 90, 90]);
  });
});

describe('the CRM feed', () => {
  it('takes new records only', () => {
    expect(feed?.FilterCriteria).toEqual({ Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] });
    expect(feed?.StartingPosition).toBe('TRIM_HORIZON');
  });

  it('repeats what failed, halves what throws, and gives up in time', () => {
    expect(feed).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
    });
    expect(feed?.MaximumRetryAttempts).toBeGreaterThan(0);
    expect(feed?.MaximumRecordAgeInSeconds).toBeLessThan(24 * 60 * 60);
  });

  it('loses nothing that it gives up', () => {
    const [queue] = Object.entries(service.findResources('AWS::SQS::Queue'));
    expect(feed?.DestinationConfig).toEqual({
      OnFailure: { Destination: { 'Fn::GetAtt': [queue?.[0], 'Arn'] } },
    });
    expect(queue?.[1]).toMatchObject({
      Properties: { MessageRetentionPeriod: 14 * 24 * 60 * 60, SqsManagedSseEnabled: true },
    });
  });

  it('refuses to use the queue without TLS', () => {
    service.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      }),
    });
  });
});

describe('the alarms', () => {
  it.each([
    ['a function fails', 'Errors', 3],
    ['a client gets 5xx', '5xx', 1],
    ['a dead letter waits', 'ApproximateNumberOfMessagesVisible', 1],
    ['the feed lags behind', 'IteratorAge', 1],
  ])('ring when %s', (_, MetricName, count) => {
    const alarms = resources(service, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    const found = alarms.filter((alarm) => alarm.MetricName === MetricName);
    expect(found).toHaveLength(count);
    for (const alarm of found) expect(alarm.AlarmActions).toHaveLength(1);
  });

  it('are sent to the address, and to nobody without one', () => {
    service.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'someone@example.com',
    });
    synthesize().service.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});
