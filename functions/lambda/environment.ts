/**
 * The environment variables of the Lambda functions: the stacks set them, the composition roots read them.
 * Their names stand here only.
 */
import { LEVELS, type Level } from '../../lib/app/log-levels.ts';
import { SYNC_PATH } from './routes.ts';

export const ENVIRONMENT = {
  /** Physical table names start with it. */
  tablePrefix: 'SYNCML_TABLE_PREFIX',
  /** Seconds within which an answer leaves; 20 when it is not set. */
  answerSeconds: 'SYNCML_ANSWER_SECONDS',
  /** `on`: credentials in the header `x-syncml-hmac` are taken too. */
  hmac: 'SYNCML_HMAC',
  /** The URL that clients post messages to, where that is not the gateway's own. */
  url: 'SYNCML_URL',
  /** The least level of the lines of the log: `debug`, `info` (when it is not set), `warn` or `error`. */
  logLevel: 'SYNCML_LOG_LEVEL',
} as const;

export type Variable = (typeof ENVIRONMENT)[keyof typeof ENVIRONMENT];

/** What may be set, for the server on one machine too. */
export interface Settings {
  readonly answerSeconds?: number;
  readonly hmac?: boolean;
  /** See `readUrl`. */
  readonly url?: string;
  readonly logLevel?: Level;
}
export interface Environment {
  readonly tablePrefix: string;
  readonly settings: Settings;
}
type Variables = { readonly [name: string]: string | undefined };

/** Throws a sentence when a variable is missing: better at the cold start than at the first request. */
export function readEnvironment(variables: Variables): Environment {
  return { tablePrefix: required(variables, ENVIRONMENT.tablePrefix), settings: readSettings(variables) };
}

/** Throws a sentence that names the variable and what it may be. */
export function readSettings(variables: Variables): Settings {
  const { [ENVIRONMENT.answerSeconds]: seconds = '', [ENVIRONMENT.hmac]: hmac = '' } = variables;
  const answerSeconds = Number(seconds);
  if (seconds !== '' && !(answerSeconds >= 1 && answerSeconds <= 25))
    throw new Error(`${ENVIRONMENT.answerSeconds} is a number of seconds from 1 to 25.`);
  if (!['', 'on', 'off'].includes(hmac)) throw new Error(`${ENVIRONMENT.hmac} is on or off.`);
  const given = variables[ENVIRONMENT.url] ?? '';
  const url = readUrl(given);
  if (given !== '' && url === undefined)
    throw new Error(`${ENVIRONMENT.url} is the http or https URL that clients take, such as ${EXAMPLE}.`);
  return {
    ...(seconds !== '' && { answerSeconds }),
    ...(hmac === 'on' && { hmac: true }),
    ...(url !== undefined && { url }),
    ...levelSetting(variables[ENVIRONMENT.logLevel] ?? ''),
  };
}

function levelSetting(text: string): Pick<Settings, 'logLevel'> {
  if (text === '') return {};
  const logLevel = LEVELS.find((level) => level === text);
  if (logLevel === undefined) throw new Error(`${ENVIRONMENT.logLevel} is one of ${LEVELS.join(', ')}.`);
  return { logLevel };
}

const EXAMPLE = `https://sync.example.com${SYNC_PATH}`;

/**
 * The URL that clients post messages to, of what somebody wrote: where that names a host alone, SYNC_PATH is added.
 * Undefined where it is no absolute URL of http or https, or has a login, a query or a fragment.
 */
export function readUrl(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.username !== '' || url.password !== '' || /[?#]/.test(text)) return undefined;
  return url.pathname === '/' ? `${url.origin}${SYNC_PATH}` : url.href;
}

function required(variables: Variables, name: Variable): string {
  const value = variables[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set.`);
  return value;
}
