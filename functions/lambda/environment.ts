/**
 * The environment variables of the Lambda functions: the stacks set them, the composition roots read them.
 * Their names stand here only.
 */
export const ENVIRONMENT = {
  /** Physical table names start with it. */
  tablePrefix: 'SYNCML_TABLE_PREFIX',
  /** Seconds within which an answer leaves; 20 when it is not set. */
  answerSeconds: 'SYNCML_ANSWER_SECONDS',
  /** `on`: credentials in the header `x-syncml-hmac` are taken too. */
  hmac: 'SYNCML_HMAC',
} as const;

export type Variable = (typeof ENVIRONMENT)[keyof typeof ENVIRONMENT];

/** What may be set, for the server on one machine too. */
export interface Settings {
  readonly answerSeconds?: number;
  readonly hmac?: boolean;
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
  return { ...(seconds !== '' && { answerSeconds }), ...(hmac === 'on' && { hmac: true }) };
}

function required(variables: Variables, name: Variable): string {
  const value = variables[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set.`);
  return value;
}
