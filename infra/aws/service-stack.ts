/** The stateless stack: HTTP API, functions, the CRM feed, alarms. Can be deleted and deployed anew at any time. */
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type HttpFunction, ROUTES, SYNC_PATH } from '../../functions/lambda/routes.ts';
import { createAlarms } from './alarms.ts';
import { createCrmFeed } from './crm-feed.ts';
import type { Tables } from './data-stack.ts';
import { lambdaFunction } from './lambda-function.ts';

export interface ServiceProps {
  readonly prefix: string;
  readonly tables: Tables;
  /** Gets the alarms; without one they only show in the console. */
  readonly alarmEmail?: string;
  /** Environment variables of the sync function (functions/lambda/environment.ts). */
  readonly settings?: { readonly [name: string]: string };
}

/** Below the 30 s after which an HTTP API gives up. */
const SYNC_TIMEOUT = Duration.seconds(29);
/** Requests a second, over all clients: bounds what guessing passwords, or a bill, can come to. */
const THROTTLE = { rateLimit: 200, burstLimit: 400 };

export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id, { description: 'SyncML server: API and functions' });
    const { prefix, tables, settings = {} } = props;
    const common = { prefix, tables };
    const syncml = lambdaFunction(this, 'syncml', {
      ...common,
      ...{ timeout: SYNC_TIMEOUT, memorySize: 1769, environment: settings },
    });
    const site = lambdaFunction(this, 'site', { ...common, timeout: Duration.seconds(5), memorySize: 256 });
    const { feed, deadLetters } = createCrmFeed(this, common);
    const api = createApi(this, { syncml, site });
    createAlarms(this, {
      api,
      deadLetters,
      feed,
      functions: { syncml, site, 'crm-feed': feed },
      email: props.alarmEmail,
    });
    new CfnOutput(this, 'SyncUrl', {
      value: `${api.apiEndpoint}${SYNC_PATH}`,
      description: 'Where clients sync',
    });
  }
}

function createApi(scope: Construct, functions: { readonly [name in HttpFunction]: IFunction }): HttpApi {
  const api = new HttpApi(scope, 'api', { createDefaultStage: false });
  api.addStage('default', { stageName: '$default', autoDeploy: true, throttle: THROTTLE });
  for (const { method, path, function: name } of ROUTES) {
    const integration = new HttpLambdaIntegration(`${method} ${path}`, functions[name]);
    api.addRoutes({ path, methods: [HttpMethod[method]], integration });
  }
  return api;
}
