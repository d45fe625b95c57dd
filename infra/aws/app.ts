/**
 * The CDK app: what must not be lost in one stack, everything that can be made anew in another.
 * Context: `prefix` names stacks and tables, `alarmEmail` gets the alarms; `answerSeconds` and `hmac` as in
 * functions/lambda/environment.ts.
 */
import { App } from 'aws-cdk-lib';
import { ENVIRONMENT, readSettings } from '../../functions/lambda/environment.ts';
import { DEFAULT_TABLE_PREFIX } from '../../lib/store/rows/schema.ts';
import { DataStack } from './data-stack.ts';
import { ServiceStack } from './service-stack.ts';

const app = new App();
const prefix: string = app.node.tryGetContext('prefix') ?? DEFAULT_TABLE_PREFIX;
const alarmEmail: string | undefined = app.node.tryGetContext('alarmEmail');
const settings: { [name: string]: string } = {};
for (const name of ['answerSeconds', 'hmac'] as const) {
  const value: unknown = app.node.tryGetContext(name);
  if (value !== undefined) settings[ENVIRONMENT[name]] = String(value);
}
readSettings(settings);

const data = new DataStack(app, `${prefix}-data`, { prefix });
new ServiceStack(app, `${prefix}-service`, { prefix, alarmEmail, settings, tables: data.tables });
