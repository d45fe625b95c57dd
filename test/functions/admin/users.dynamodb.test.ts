/** `npm run admin -- users ...` on DynamoDB: the tables that the options name, and nothing made. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAdmin } from '../../../functions/cli/admin/program.ts';
import { freshTables, hasDynamoDb } from '../../setup/dynamodb.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'syncml-admin-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

async function run(args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  await runAdmin(args, { print: (text) => printed.push(text) });
  return printed.join('\n');
}

describe.skipIf(!hasDynamoDb)('users on DynamoDB', () => {
  it('are made, shown, revoked and listed', async () => {
    const { endpoint, prefix } = await freshTables();
    const place = ['--store', 'dynamodb', '--endpoint', endpoint, '--prefix', prefix, '--data', data];
    const admin = (...args: string[]) => run([...args, ...place]);
    const { id } = JSON.parse(await admin('users', 'add', 'anna', '--json')) as { id: string };
    await admin('users', 'add', 'bo');
    await admin('users', 'password', 'anna', '--label', 'tablet');
    await admin('users', 'revoke', 'anna', id, '--yes');
    await admin('users', 'disable', 'bo');
    expect(await admin('users', 'list')).toMatch(/^anna +1 +active\nbo +1 +disabled$/m);
    expect(await admin('keys', 'rotate')).toContain('Sealed anew: 2 of 2');
    expect(await admin('users', 'complete')).toBe('No login was missing.');
    expect(await admin('users', 'show', 'anna')).toMatch(/revoked 20[\s\S]*tablet/);
  });

  it('without tables the address is named, and none is made', async () => {
    const { endpoint } = await freshTables();
    const args = ['users', 'list', '--store', 'dynamodb', '--endpoint', endpoint, '--prefix', 'none'];
    for (let n = 0; n < 2; n += 1) await expect(run(args)).rejects.toThrow(endpoint);
  });
});
