/**
 * API Gateway's event (HTTP API, payload 2.0) as an HttpRequest, and an HttpAnswer as its result.
 * Bodies are bytes both ways, always base64 on the way out: the gateway must not take WBXML for text.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpAnswer, HttpRequest } from '../../lib/app/http/http.ts';

export type HttpEvent = APIGatewayProxyEventV2;
export type HttpResult = APIGatewayProxyStructuredResultV2;

export function toRequest(event: HttpEvent): HttpRequest {
  const headers = lowerCased(event.headers);
  const { domainName, http } = event.requestContext;
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  return {
    method: http.method,
    path: event.rawPath,
    query: Object.fromEntries(new URLSearchParams(event.rawQueryString)),
    headers,
    body,
    address: http.sourceIp,
    url: `${headers['x-forwarded-proto'] ?? 'https'}://${domainName}${event.rawPath}`,
  };
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
