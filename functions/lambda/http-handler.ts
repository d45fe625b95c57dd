/**
 * What every function behind HTTP shares: the gateway's event becomes an HttpRequest, the HttpAnswer becomes its result. An
 * error that nobody caught is logged, and the client gets a text that says nothing of it.
 */
import middy from '@middy/core';
import { errorFields } from '../../lib/app/error-fields.ts';
import type { HttpAnswer, HttpRequest, Log } from '../../lib/app/http/http.ts';
import { type HttpEvent, type HttpResult, type Reached, toRequest, toResult } from './http-event.ts';

export type HttpHandler = (event: HttpEvent, context: LambdaContext) => Promise<HttpResult>;
/** As much of Lambda's context as anything here uses. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
  /** Of this call of the function. */
  readonly awsRequestId?: string;
}

export interface HttpDeps extends Reached {
  readonly log: Log;
}

export function httpHandler(
  answer: (request: HttpRequest) => Promise<HttpAnswer>,
  { log, ...reached }: HttpDeps,
): HttpHandler {
  const handler = middy<HttpEvent, HttpResult>(async (event: HttpEvent, context: LambdaContext) => {
    const request = toRequest(event, reached);
    const ids = idsOf(event, context);
    const { status, ...rest } = await answer({ ...request, ids });
    // The route and not the path, which may be anything.
    const bytes = { bytesIn: request.body.length, bytesOut: rest.body.length };
    log({ event: 'http', route: event.routeKey, status, ...bytes, ...ids });
    return toResult({ status, ...rest });
  });
  handler.onError((request) => {
    const { error, event, context } = request;
    log({ event: 'error', ...errorFields(error), ...idsOf(event, context) });
    request.response = failed(error?.name === 'TimeoutError' ? 503 : 500);
  });
  return handler as unknown as HttpHandler;
}

const idsOf = (event: HttpEvent, { awsRequestId }: LambdaContext): NonNullable<HttpRequest['ids']> => ({
  ...(event.requestContext.requestId !== '' && { request: event.requestContext.requestId }),
  ...(awsRequestId !== undefined && { invocation: awsRequestId }),
});

const failed = (status: 500 | 503): HttpResult =>
  toResult({
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.from('The request could not be processed; send it again later.\n'),
  });
