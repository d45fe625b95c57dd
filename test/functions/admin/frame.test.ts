/** The frame of the operator's commands: help, wrong input, what has no store, completion, tables. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../functions/cli/admin/output.ts';
import { programFor, runAdmin } from '../../../functions/cli/admin/program.ts';

async function run(line: string): Promise<string> {
  const printed: string[] = [];
  await runAdmin(line.split(' ').filter(Boolean), { print: (text) => printed.push(text) });
  return printed.join('\n');
}

describe('help', () => {
  const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
  const named = all(programFor({ print: () => {} })).map((one) => [one.name(), one] as const);
  it.each(named)('of %s fits in 80 columns', (_, command) => {
    const lines = command.helpInformation().split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

it.each([
  ['crm chnges anna', /Unknown command 'chnges'.*Did you mean changes/],
  ['crm changes', /Missing required argument 'user'.*--help/],
  ['crm changes anna bo', /Too many arguments.*--help/],
  ['crm changes anna --jsno', /Unknown option '--jsno'.*Did you mean --json/],
  ['crm changes anna --data', /argument missing.*--help/],
  ['crm changes anna --region eu-west-1', /--region goes with --store dynamodb/],
  ['notify anna phone --ui 7', /--ui takes a number from 0 to 3/],
  ['completion fish', /for bash and zsh, not for "fish"/],
])('%s is answered with one sentence that names the mend', async (line, sentence) => {
  const error = await run(line).catch((thrown: Error) => thrown.message);
  expect(error).toMatch(sentence);
  expect(error).not.toContain('\n');
});

it('makes no folder where there is no store', async () => {
  const data = join(mkdtempSync(join(tmpdir(), 'syncml-admin-')), 'absent');
  await expect(run(`crm changes anna --data ${data}`)).rejects.toThrow('There is no store in');
  expect(existsSync(data)).toBe(false);
});

it('a table has room for wide characters, and takes no line break from a device', () => {
  const rows = [['李小龍', '1'] as const, ['😀', '2'] as const, ['a\nb\u001b[2J', '3'] as const];
  const text = tableOf(['NAME', 'N'], rows);
  expect(text.split('\n')).toEqual(['NAME     N', '李小龍   1', '😀       2', 'a b [2J  3']);
});

it.each([
  ['syncml-admin cr', 'crm'],
  ['syncml-admin crm ch', 'changes'],
  ['syncml-admin users show anna --pro', '--profile'],
])('in bash, %s is completed', async (line, completed) => {
  const words = line.split(' ');
  const given = `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}`;
  const script = `${await run('completion bash')}\n${given}; _syncml_admin; echo "\${COMPREPLY[@]}"`;
  expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim()).toBe(completed);
});
