/** Composition root of the Lambda function behind GET / and GET /health. */
import { readEnvironment } from '../environment.ts';
import { jsonLog } from '../json-log.ts';
import { createSiteHandler } from './handler.ts';

const { tablePrefix, settings } = readEnvironment(process.env);
export const handler = createSiteHandler({
  log: jsonLog({ ...settings, deployment: tablePrefix }),
  ...settings,
});
