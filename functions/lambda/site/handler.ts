/** `GET /` for people, `GET /health` for machines. Reaches no store: its function has no right to. */
import type { HttpAnswer, HttpRequest, Log } from '../../../lib/app/http/http.ts';
import { DATASTORES } from '../../../lib/engine/model/datastores.ts';
import { type HttpHandler, httpHandler } from '../http-handler.ts';
import { SYNC_PATH } from '../routes.ts';
import { page } from './page.ts';

export const createSiteHandler = (deps: { readonly log: Log }): HttpHandler =>
  httpHandler(async (request) => answer(request), deps.log);

function answer(request: HttpRequest): HttpAnswer {
  switch (request.path) {
    case '/':
      return found('text/html', page(new URL(SYNC_PATH, request.url).href), HTML_HEADERS);
    case '/health':
      return found('application/json', JSON.stringify(HEALTH), { 'cache-control': 'no-store' });
    default:
      return { ...found('text/plain', 'Nothing is here.\n', {}), status: 404 };
  }
}

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
