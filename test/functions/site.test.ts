/** The page and the health check. */
import { expect, it } from 'vitest';
import { clientCommand, deviceCommands, USUAL } from '../../functions/lambda/site/client-setup.ts';
import { createSiteHandler } from '../../functions/lambda/site/handler.ts';
import { page } from '../../functions/lambda/site/page.ts';
import { DATASTORES } from '../../lib/engine/model/datastores.ts';
import { CONTEXT, httpEvent } from './events.ts';

async function get(path: string) {
  const handler = createSiteHandler({ log: () => undefined });
  const result = await handler(httpEvent({ path }), CONTEXT);
  return { ...result, text: Buffer.from(result.body ?? '', 'base64').toString('utf8') };
}

it('shows where to sync and the names of all datastores', async () => {
  const { statusCode, headers, text } = await get('/');
  expect(statusCode).toBe(200);
  expect(headers?.['content-type']).toBe('text/html; charset=utf-8');
  expect(text).toContain('https://sync.example.com/syncml');
  for (const { name } of DATASTORES) expect(text).toContain(`<code>${name}</code>`);
});

it('loads nothing from elsewhere and runs no script', async () => {
  const { text, headers } = await get('/');
  expect(headers?.['content-security-policy']).toMatch(/^default-src 'none'/);
  expect(text).not.toMatch(/<script|<link|<img|src=|@import|url\(/i);
});

it('shows a URL as text, whatever is in it', () => {
  expect(page('https://a/"><script>1</script>')).not.toContain('<script>');
});

it('says that it is well, as JSON', async () => {
  const { statusCode, text } = await get('/health');
  expect(statusCode).toBe(200);
  expect(JSON.parse(text)).toEqual({ status: 'ok', datastores: DATASTORES.map(({ name }) => name) });
});

it('has nothing at other paths', async () => {
  expect((await get('/admin')).statusCode).toBe(404);
});

it('prints commands with a password of any characters, and without what goes without saying', () => {
  const url = 'http://127.0.0.1:8081/syncml';
  expect(clientCommand({ url, login: 'anna', password: "it's $5" })).toBe(
    `npm run client -- --url ${url} --user 'anna:it'\\''s $5'`,
  );
  expect(deviceCommands({ ...USUAL, url })[1]).toBe(`npm run device -- laptop --url ${url}`);
  expect(clientCommand(USUAL)).toBe('npm run client');
  expect(deviceCommands(USUAL)).toEqual(['npm run device -- phone --example', 'npm run device -- laptop']);
});
