/** Composition root of the Lambda function behind the stream of crm-changes. */
import { lambdaDeps } from '../lambda-deps.ts';
import { createCrmFeedHandler } from './handler.ts';

export const handler = createCrmFeedHandler(lambdaDeps(process.env));
