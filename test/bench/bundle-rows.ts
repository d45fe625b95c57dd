/** The Lambda function behind POST /syncml as it is deployed: its size, and what a cold start spends on loading it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ENVIRONMENT } from '../../functions/lambda/environment.ts';
import { standIns } from '../../infra/aws/stand-ins.ts';
import { figure, limited, type Row } from './table.ts';

const GOAL_KB = 420;
const GOAL_OWN_MS = 40;
const ROOT = join(import.meta.dirname, '..', '..');
const ENTRY = join(ROOT, 'functions', 'lambda', 'syncml', 'main.ts');
const LOADS = 7;
const BEST = `in a fresh process, best of ${LOADS}`;

export async function bundleRows(): Promise<Row[]> {
  const what = 'bundle of functions/syncml, minified';
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.syncml-bundle-'));
  try {
    const file = join(folder, 'index.cjs');
    const { metafile } = await build({
      metafile: true,
      entryPoints: [ENTRY],
      outfile: file,
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'error',
      external: ['@aws-sdk/*', '@smithy/*'], // the runtime's
      alias: standIns(),
    });
    const runtime = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
    const sdk = [...new Set(runtime.map(({ path }) => path))].filter((path) => path.startsWith('@'));
    const all = {
      what: `load time of it and the SDK, ${BEST}`,
      measured: `${figure(loadTime(file, []))} ms`,
    };
    return [
      limited(what, Math.round(statSync(file).size / 1000), GOAL_KB, 'KB'),
      all,
      limited(`load time of it alone, ${BEST}`, loadTime(file, sdk), GOAL_OWN_MS, 'ms'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds in a fresh process, the start of Node and of these modules apart. */
function loadTime(file: string, before: readonly string[]): number {
  const required = (path: string): string => `require(${JSON.stringify(path)});`;
  const script = `${before.map(required).join('')} const t = performance.now(); ${required(file)} console.log(performance.now() - t)`;
  const env = { [ENVIRONMENT.tablePrefix]: 'bench', AWS_REGION: 'us-east-1' };
  const times = Array.from({ length: LOADS }, () =>
    Number(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, env, encoding: 'utf8' })),
  );
  return Math.min(...times);
}
