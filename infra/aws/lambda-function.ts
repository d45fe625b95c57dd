/** How every Lambda function of the server is built: bundle, runtime, log group, environment, rights. */
import { join } from 'node:path';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  Charset,
  LogLevel,
  NodejsFunction,
  OutputFormat,
  SourceMapMode,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../../functions/lambda/environment.ts';
import { TABLES } from '../../lib/store/rows/schema.ts';
import type { Tables } from './data-stack.ts';
import { type FunctionName, GRANTS, OPENS_ACCOUNTS } from './grants.ts';
import { standIns } from './stand-ins.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface LambdaFunctionProps {
  readonly prefix: string;
  readonly tables: Tables;
  readonly accountsKey: IKey;
  readonly timeout: Duration;
  /** MB; the share of a CPU grows with it. */
  readonly memorySize: number;
  /** Beside what every function gets. */
  readonly environment?: { readonly [name: string]: string };
}

const environmentOf = ({ prefix, environment }: LambdaFunctionProps) => ({
  [ENVIRONMENT.tablePrefix]: prefix,
  NODE_OPTIONS: '--enable-source-maps',
  ...environment,
});

export function lambdaFunction(
  scope: Construct,
  name: FunctionName,
  props: LambdaFunctionProps,
): NodejsFunction {
  const logGroup = new LogGroup(scope, `${name}-log`, {
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const made = new NodejsFunction(scope, name, {
    entry: join(ROOT, 'functions', 'lambda', name, 'main.ts'),
    projectRoot: ROOT,
    depsLockFilePath: join(ROOT, 'package-lock.json'),
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    timeout: props.timeout,
    memorySize: props.memorySize,
    logGroup,
    environment: environmentOf(props),
    bundling: {
      minify: true,
      logLevel: LogLevel.WARNING,
      // CommonJS loads faster than modules, and the modules' variants of the packages are the smaller ones.
      format: OutputFormat.CJS,
      mainFields: ['module', 'main'],
      target: 'node24',
      charset: Charset.UTF8,
      sourceMap: true,
      sourceMapMode: SourceMapMode.DEFAULT,
      sourcesContent: false,
      // Without the SDK, which the runtime has: docs/adr/0012.
      bundleAwsSDK: false,
      esbuildArgs: Object.fromEntries(
        Object.entries(standIns()).map(([name, file]) => [`--alias:${name}`, file]),
      ),
    },
  });
  grantTables(made, name, props.tables);
  if (OPENS_ACCOUNTS.includes(name)) props.accountsKey.grantDecrypt(made);
  return made;
}

function grantTables(grantee: NodejsFunction, name: FunctionName, tables: Tables): void {
  for (const table of TABLES) {
    const actions = GRANTS[name][table];
    if (actions !== undefined) tables[table].grant(grantee, ...actions.map((action) => `dynamodb:${action}`));
  }
}
