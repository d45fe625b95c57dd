/** Which code the stories run: the commit, and a digest of what differs from it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from './ledger.ts';

/** A change of anything else changes no story. */
const PATHS = ['lib', 'test', 'package-lock.json'];

/** Without git nobody can tell one code from another: the commit is `unknown`. */
export function codeOf(root: string): Pick<Kind, 'commit' | 'dirty'> {
  const commit = git(root, 'rev-parse', 'HEAD')?.toString().trim();
  const changed = git(root, 'diff', 'HEAD', '--binary', '--', ...PATHS);
  const others = git(root, 'ls-files', '--others', '--exclude-standard', '-z', '--', ...PATHS);
  if (commit === undefined || changed === undefined || others === undefined) return { commit: 'unknown' };
  const files = others
    .toString()
    .split('\0')
    .filter((path) => path !== '');
  if (changed.length === 0 && files.length === 0) return { commit };
  const digest = createHash('sha256').update(changed);
  for (const path of files) digest.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  return { commit, dirty: digest.digest('hex').slice(0, 12) };
}

function git(cwd: string, ...args: readonly string[]): Buffer | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, maxBuffer: 2 ** 30 });
  return status === 0 ? stdout : undefined;
}
