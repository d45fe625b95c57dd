/** The layers hold: what no compiler checks about the shape of the code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineComplaints, importComplaints, importsOf, sizeComplaints } from './architecture-rules.ts';

const ROOT = join(import.meta.dirname, '..');

const sources = ['lib', 'functions', 'infra'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
    .map((file) => ({ file, source: readFileSync(join(ROOT, file), 'utf8') })),
);
const under = (folder: string) => sources.filter(({ file }) => file.startsWith(folder));

describe('the source files', () => {
  it('are found', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(({ source }) => importsOf(source)).length).toBeGreaterThan(200);
  });

  it('import only what their layer may', () => {
    expect(sources.flatMap(({ file, source }) => importComplaints(file, source))).toEqual([]);
  });

  it('keep the engine without clock, randomness, waiting and output', () => {
    expect(under('lib/engine/').flatMap(({ file, source }) => engineComplaints(file, source))).toEqual([]);
  });

  it('keep the files of lib short', () => {
    expect(under('lib/').flatMap(({ file, source }) => sizeComplaints(file, source))).toEqual([]);
  });
});

describe('the rules', () => {
  it.each([
    ['lib/engine/a.ts', "import { b } from '../store/b.ts';"],
    ['lib/codec/a.ts', "import type { b } from '../message/b.ts';"],
    ['lib/message/a.ts', "export { b } from '../engine/b.ts';"],
    ['lib/store/a.ts', "import { Put } from '@aws-sdk/lib-dynamodb';"],
    ['lib/store/dynamodb/store.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['lib/app/a.ts', "import middy from '@middy/core';"],
    ['lib/pim/a.ts', "const b = await import('../codec/b.ts');"],
    ['functions/a/b.ts', "import { step } from '../../lib/engine/step.ts';"],
    ['functions/a/b.ts', "import '../c/main.ts';"],
    ['infra/aws/a.ts', "import { b } from '../../lib/app/b.ts';"],
    ['infra/local/a.ts', "import {\n  b,\n} from '../aws/b.ts';"],
    ['tools/a.ts', ''],
  ])('refuse in %s: %s', (file, source) => {
    expect(importComplaints(file, source)).toHaveLength(1);
  });

  it.each([
    ['lib/engine/commands/a.ts', "import { b } from '../b.ts';"],
    ['lib/engine/a.ts', "import { b } from '../message/b.ts';\nimport { createHash } from 'node:crypto';"],
    ['lib/engine/a.ts', "// import { b } from '../store/b.ts';"],
    ['lib/store/dynamodb/stream.ts', "import { c } from '@aws-sdk/client-dynamodb';\nimport './port.ts';"],
    ['lib/store/sqlite/store.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['functions/cli/a.ts', "import { startServer } from '../../infra/local/server.ts';"],
    ['infra/aws/a.ts', "import { App } from 'aws-cdk-lib/core';"],
  ])('allow in %s: %s', (file, source) => {
    expect(importComplaints(file, source)).toEqual([]);
  });

  it.each([
    'const at = Date.now();',
    'const at = new Date();',
    'const at = new Date;',
    'const at = Date();',
    'const n = Math.random();',
    'const n = randomUUID();',
    'const b = await c;',
    'console.log(1);',
    "const home = process.env['HOME'];",
    'const text = when.toLocaleString();',
  ])('refuse in the engine: %s', (source) => {
    expect(engineComplaints('lib/engine/a.ts', source)).toHaveLength(1);
  });

  it.each([
    'const at = new Date(now).toISOString();',
    '// console.log',
    'state.process.x',
    'const updated = 1;',
  ])('allow in the engine: %s', (source) => {
    expect(engineComplaints('lib/engine/a.ts', source)).toEqual([]);
  });

  it('refuse a file of 251 lines and allow one of 250', () => {
    expect(sizeComplaints('lib/a.ts', 'x\n'.repeat(251))).toHaveLength(1);
    expect(sizeComplaints('lib/a.ts', 'x\n'.repeat(250))).toEqual([]);
  });
});
