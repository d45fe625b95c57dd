/** Composition root of the Lambda function behind GET / and GET /health. */
import { jsonLog } from '../json-log.ts';
import { createSiteHandler } from './handler.ts';

export const handler = createSiteHandler({ log: jsonLog });
