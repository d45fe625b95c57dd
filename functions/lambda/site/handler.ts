/** `GET /` for people, `GET /health` for machines. Reaches no store: its function has no right to. */
import type { HttpAnswer, HttpRequest } from '../../../lib/app/http/http.ts';
import { DATASTORES } from '../../../lib/engine/model/datastores.ts';
import type { Reached } from '../http-event.ts';
import { type HttpDeps, type HttpHandler, httpHandler } from '../http-handler.ts';
import { page } from './page.ts';

export const createSiteHandler = (deps: HttpDeps): HttpHandler =>
  httpHandler(async (request) => answer(request, deps), deps);

function answer(request: HttpRequest, reached: Reached): HttpAnswer {
  switch (request.path) {
    case '/':
      return found('text/html', page(request.url, { isHidden: isHidden(request, reached) }), HTML_HEADERS);
    case '/health':
      return found('application/json', JSON.stringify(HEALTH), { 'cache-control': 'no-store' });
    default:
      return { ...found('text/plain', 'Nothing is here.\n', {}), status: 404 };
  }
}

/**
 * Did the request come through a proxy that the server was not told of? Then the URL on the page, and in RespURIs, is
 * that of the server behind the proxy. API Gateway always adds these headers, and knows its own name.
 */
const isHidden = ({ headers }: HttpRequest, { url, scheme }: Reached): boolean =>
  scheme === 'http' &&
  url === undefined &&
  Object.keys(headers).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));

const HEALTH = { status: 'ok', datastores: DATASTORES.map(({ name }) => name) };

const HTML_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
};

const found = (type: string, text: string, headers: HttpAnswer['headers']): HttpAnswer => ({
  status: 200,
  headers: { ...headers, 'content-type': `${type}; charset=utf-8` },
  body: Buffer.from(text, 'utf8'),
});
