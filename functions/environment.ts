/**
 * The environment variables of the Lambda functions: the stacks set them, the composition roots read them.
 * Their names stand here only.
 */
export const ENVIRONMENT = {
  /** Physical table names start with it. */
  tablePrefix: 'SYNCML_TABLE_PREFIX',
} as const;

export type Variable = (typeof ENVIRONMENT)[keyof typeof ENVIRONMENT];

export interface Environment {
  readonly tablePrefix: string;
}

/** Throws a sentence when a variable is missing: better at the cold start than at the first request. */
export function readEnvironment(variables: { readonly [name: string]: string | undefined }): Environment {
  return { tablePrefix: required(variables, ENVIRONMENT.tablePrefix) };
}

function required(variables: { readonly [name: string]: string | undefined }, name: Variable): string {
  const value = variables[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set.`);
  return value;
}
