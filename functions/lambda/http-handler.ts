/**
 * What every function behind HTTP shares: the gateway's event becomes an HttpRequest, the HttpAnswer becomes its result. An
 * error that nobody caught is logged, and the client gets a text that says nothing of it.
 */
import middy from '@middy/core';
import type { HttpAnswer, HttpRequest, Log } from '../../lib/app/http/http.ts';
import { type HttpEvent, type HttpResult, toRequest, toResult } from './http-event.ts';

export type HttpHandler = (event: HttpEvent, context: LambdaContext) => Promise<HttpResult>;
/** As much of Lambda's context as anything here uses. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

export function httpHandler(answer: (request: HttpRequest) => Promise<HttpAnswer>, log: Log): HttpHandler {
  const handler = middy<HttpEvent, HttpResult>(async (event: HttpEvent) =>
    toResult(await answer(toRequest(event))),
  );
  handler.onError((request) => {
    const { error } = request;
    log({ event: 'error', error: error?.name ?? 'unknown', ...(error?.stack && { stack: error.stack }) });
    request.response = failed(error?.name === 'TimeoutError' ? 503 : 500);
  });
  return handler as unknown as HttpHandler;
}

const failed = (status: 500 | 503): HttpResult =>
  toResult({
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.from('The request could not be processed; send it again later.\n'),
  });
