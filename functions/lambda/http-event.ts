/**
 * API Gateway's event (HTTP API, payload 2.0) as an HttpRequest, and an HttpAnswer as its result.
 * Bodies are bytes both ways, always base64 on the way out: the gateway must not take WBXML for text.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpAnswer, HttpRequest } from '../../lib/app/http/http.ts';
import { SYNC_PATH } from './routes.ts';

export type HttpEvent = APIGatewayProxyEventV2;
export type HttpResult = APIGatewayProxyStructuredResultV2;

/** How clients reach the server. Nothing set: at the gateway that the event comes from, by https. */
export interface Reached {
  /** Where they post messages, as configured. */
  readonly url?: string;
  /** The gateway is one of our own, without TLS. */
  readonly scheme?: 'http';
}

export function toRequest(event: HttpEvent, reached: Reached = {}): HttpRequest {
  const headers = lowerCased(event.headers);
  const { http } = event.requestContext;
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  return {
    method: http.method,
    path: event.rawPath,
    query: Object.fromEntries(new URLSearchParams(event.rawQueryString)),
    headers,
    body,
    address: http.sourceIp,
    url: reached.url ?? gatewayUrl(event, reached),
  };
}

/** The gateway says what it is called; what the client says (Host, X-Forwarded-*) may be invented. */
function gatewayUrl({ requestContext: { domainName, stage } }: HttpEvent, { scheme }: Reached): string {
  const folder = stage === '$default' ? '' : `/${stage}`;
  return `${scheme ?? 'https'}://${domainName}${folder}${SYNC_PATH}`;
}

/** A cookie header comes apart from the others; SyncML has no use for it. */
const lowerCased = (headers: HttpEvent['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value ?? '']));

export const toResult = (answer: HttpAnswer): HttpResult => ({
  statusCode: answer.status,
  headers: { ...answer.headers },
  body: Buffer.from(answer.body).toString('base64'),
  isBase64Encoded: true,
});
