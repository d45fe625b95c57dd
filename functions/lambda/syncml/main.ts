/** Composition root of the Lambda function behind POST /syncml. */
import { lambdaDeps } from '../lambda-deps.ts';
import { createSyncmlHandler } from './handler.ts';

export const handler = createSyncmlHandler(lambdaDeps(process.env));
