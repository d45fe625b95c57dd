/** Which function answers what: the HTTP API on AWS and the gateway on one machine read the same table. */
export const ROUTES = [
  // Any method: what is no POST gets its 405 from the application, which says why.
  { method: 'ANY', path: '/syncml', function: 'syncml' },
  { method: 'GET', path: '/', function: 'site' },
  { method: 'HEAD', path: '/', function: 'site' },
  { method: 'GET', path: '/health', function: 'site' },
  { method: 'HEAD', path: '/health', function: 'site' },
] as const;

export type HttpFunction = (typeof ROUTES)[number]['function'];

/** Where SyncML messages go. */
export const SYNC_PATH = '/syncml';
