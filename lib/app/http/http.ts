/**
 * One HTTP exchange as the application sees it, the same for every gateway. Header names are lower case.
 * Owns: the shapes between the entry points (functions/) and the application.
 */
export interface HttpRequest {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
  /** Ids of the request for the log: the gateway's, and the platform's for the call of the function. */
  readonly ids?: { readonly request?: string; readonly invocation?: string };
  /** Address that the request came from, where the gateway tells. */
  readonly address?: string;
  /**
   * Absolute URL that messages are posted to, without query: as configured, or as the gateway knows its own address.
   * Nothing that the client sends is part of it.
   */
  readonly url: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

/**
 * One line per message for people, one record per event for metrics. Ids, counts, codes, sizes and durations: never names,
 * numbers, contents or credentials. A login and the address of a client stand in the line of a failed login alone.
 */
export type Log = (event: { readonly event: string; readonly [field: string]: unknown }) => void;
