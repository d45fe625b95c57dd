/**
 * The CDK app: what must not be lost in one stack, everything that can be made anew in another.
 * Context: `prefix` names stacks and tables, `alarmEmail` gets the alarms.
 */
import { App } from 'aws-cdk-lib';
import { DEFAULT_TABLE_PREFIX } from '../../lib/store/schema.ts';
import { DataStack } from './data-stack.ts';
import { ServiceStack } from './service-stack.ts';

const app = new App();
const prefix: string = app.node.tryGetContext('prefix') ?? DEFAULT_TABLE_PREFIX;
const alarmEmail: string | undefined = app.node.tryGetContext('alarmEmail');

const data = new DataStack(app, `${prefix}-data`, { prefix });
new ServiceStack(app, `${prefix}-service`, { prefix, alarmEmail, tables: data.tables });
