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
  /** Address that the request came from, where the gateway tells. */
  readonly address?: string;
  /** Absolute URL of this endpoint as the gateway knows it, without query. */
  readonly url: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

/** One line per message for people, one record per event for metrics. Never personal data: ids and counts only. */
export type Log = (event: { readonly event: string; readonly [field: string]: unknown }) => void;
