/** POST /syncml: one SyncML message in, one out. `createServe` answers it; everything about SyncML is in lib/app and below. */
import { createServe, type ServeDeps } from '../../../lib/app/serve.ts';
import { type HttpHandler, httpHandler } from '../http-handler.ts';

export const createSyncmlHandler = (deps: ServeDeps): HttpHandler => httpHandler(createServe(deps), deps.log);
