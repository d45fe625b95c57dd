/**
 * The bundles as they are deployed: small enough, loadable, with credentials from the environment. They lie where the
 * project's SDK is found, as the runtime's is on Lambda.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DataStack } from '../../../infra/aws/data-stack.ts';
import { ServiceStack } from '../../../infra/aws/service-stack.ts';
import { CONTEXT, httpEvent } from '../../functions/events.ts';

/** Bytes of a minified bundle. */
const MOST_BYTES = 617_000;
const PACKAGES = join(import.meta.dirname, '..', '..', '..', 'node_modules');

let outdir: string;
let bundles: string[];

beforeAll(() => {
  outdir = mkdtempSync(join(PACKAGES, '.syncml-bundles-'));
  const app = new App({ outdir });
  const { tables } = new DataStack(app, 'data', { prefix: 'test' });
  new ServiceStack(app, 'service', { prefix: 'test', tables });
  app.synth();
  bundles = readdirSync(outdir)
    .filter((folder) => folder.startsWith('asset.'))
    .map((folder) => join(outdir, folder, 'index.js'));
}, 120_000);
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const bundleOf = (route: string): string => {
  const found = bundles.find((file) => readFileSync(file, 'utf8').includes(route));
  if (found === undefined) throw new Error(`no bundle holds ${route}`);
  return found;
};

describe('the bundles', () => {
  it('are small', () => {
    expect(bundles).toHaveLength(3);
    for (const file of bundles) expect(statSync(file).size, file).toBeLessThan(MOST_BYTES);
  });

  it('leave the SDK to the runtime', () => {
    const served = readFileSync(bundleOf('application/vnd.syncml+wbxml'), 'utf8');
    expect(served.includes('require("@aws-sdk/client-dynamodb")')).toBe(true);
    expect(served.includes('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI')).toBe(false);
  });

  it('refuse to load without their environment, and say why', () => {
    const { status, stderr } = spawnSync(process.execPath, [bundleOf('application/vnd.syncml+wbxml')], {
      env: {},
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain('SYNCML_TABLE_PREFIX is not set');
  });

  it('reach DynamoDB with the credentials of the function', async () => {
    const asked: (string | undefined)[] = [];
    const logged = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const dynamodb = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException' }));
    });
    await new Promise<void>((resolve) => dynamodb.listen(0, '127.0.0.1', resolve));
    Object.assign(process.env, {
      SYNCML_TABLE_PREFIX: 'test',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'KEYOFTHEFUNCTION',
      AWS_SECRET_ACCESS_KEY: 'invented',
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(dynamodb.address() as AddressInfo).port}`,
    });
    try {
      const { handler } = createRequire(import.meta.url)(bundleOf('application/vnd.syncml+wbxml'));
      const result = await handler(httpEvent({ ...SYNC }), CONTEXT);
      expect(result.statusCode).toBe(500);
      expect(asked[0]).toMatch(/Credential=KEYOFTHEFUNCTION\//);
      expect(JSON.parse(String(logged.mock.calls[0]?.[0]))).toMatchObject({ event: 'error', again: false });
    } finally {
      logged.mockRestore();
      dynamodb.closeAllConnections();
      dynamodb.close();
    }
  });
});

const SYNC = {
  method: 'POST',
  path: '/syncml',
  headers: { 'content-type': 'application/vnd.syncml+xml' },
  body: `<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>SyncML/1.2</VerProto>
<SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>/syncml</LocURI></Target><Source><LocURI>phone-1</LocURI></Source>
<Cred><Meta><Type xmlns="syncml:metinf">syncml:auth-basic</Type></Meta><Data>YTpi</Data></Cred></SyncHdr>
<SyncBody><Final/></SyncBody></SyncML>`,
};
