/** The options of `npm start`. */

import {
  parse,
  STORE_HELP,
  STORE_OPTIONS,
  storePlace,
  UsageError,
  userOf,
} from '../../functions/cli/options.ts';
import type { User } from '../../functions/lambda/handlers.ts';
import type { StorePlace } from '../../functions/open-store.ts';

export const START_HELP = `npm start -- [options]
  --port N                  port to listen on (8080, or the next free one)
  --host ADDRESS            address to listen on (127.0.0.1; 0.0.0.0 lets other machines in)
  --user LOGIN:PASSWORD     creates this user, unless it is there; may be repeated (demo:demo)
${STORE_HELP}`;

export const DEFAULT_PORT = 8080;
export const DEMO: User = { login: 'demo', password: 'demo' };
const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

export interface StartOptions extends StorePlace {
  /** Undefined: the default port, or a free one near it. */
  readonly port: number | undefined;
  readonly host: string;
  readonly users: readonly [User, ...User[]];
}

/** `help` when that is asked for. Throws a UsageError. */
export function startOptions(args: readonly string[]): StartOptions | 'help' {
  const { values } = parse({
    args: [...args],
    options: {
      ...STORE_OPTIONS,
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      user: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.help) return 'help';
  const { host } = values;
  const [first, ...others] = values.user.map(userOf);
  if (first === undefined && !LOOPBACK.includes(host)) {
    throw new UsageError(
      '--host lets other machines in, so it needs --user LOGIN:PASSWORD: everybody knows the demo user.',
    );
  }
  return { ...storePlace(values), port: portOf(values.port), host, users: [first ?? DEMO, ...others] };
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, not "${text}".`);
}
