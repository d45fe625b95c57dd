/** Both stacks as templates, without bundling the functions. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DataStack } from '../../../infra/aws/data-stack.ts';
import { ServiceStack } from '../../../infra/aws/service-stack.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: unknown };
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Stacks {
  readonly data: Template;
  readonly service: Template;
}

export function synthesize(alarmEmail?: string): Stacks {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const data = new DataStack(app, 'data', { prefix: 'test' });
  const { tables, accountsKey } = data;
  const service = new ServiceStack(app, 'service', { prefix: 'test', alarmEmail, tables, accountsKey });
  return { data: Template.fromStack(data), service: Template.fromStack(service) };
}

export const resources = (template: Template, type: string): Resource[] =>
  Object.values(template.findResources(type)) as Resource[];
