/** All entry points over one set of dependencies, for a host that runs them in one process. */
import { addAccount, hasPassword } from '../../lib/app/accounts.ts';
import { claimedUser } from '../../lib/app/http/claimed-user.ts';
import type { ServeDeps } from '../../lib/app/serve.ts';
import { type CrmFeedHandler, createCrmFeedHandler } from './crm-feed/handler.ts';
import { type HttpEvent, toRequest } from './http-event.ts';
import type { HttpHandler } from './http-handler.ts';
import type { HttpFunction } from './routes.ts';
import { createSiteHandler } from './site/handler.ts';
import { createSyncmlHandler } from './syncml/handler.ts';

export type HandlerDeps = ServeDeps;

export interface Handlers {
  readonly http: { readonly [name in HttpFunction]: HttpHandler };
  readonly crmFeed: CrmFeedHandler;
  /** Whose message it seems to be, unchecked; undefined when it does not say. */
  readonly whose: (event: HttpEvent) => string | undefined;
}

export interface User {
  readonly login: string;
  readonly password: string;
}

export const createHandlers = (deps: HandlerDeps): Handlers => ({
  http: { syncml: createSyncmlHandler(deps), site: createSiteHandler(deps) },
  crmFeed: createCrmFeedHandler(deps),
  whose: (event) => claimedUser(toRequest(event)),
});

/** Creates those users who are not there, and gives the logins of others with another password, which they keep. */
export async function addUsers({ store }: HandlerDeps, users: readonly User[]): Promise<string[]> {
  const kept: string[] = [];
  for (const user of users)
    if (!(await addAccount(store, user)) && !(await hasPassword(store, user))) kept.push(user.login);
  return kept;
}
