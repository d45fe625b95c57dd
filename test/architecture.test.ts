/** The layers hold: what no compiler checks about the shape of the code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXCEPTIONS } from './architecture/exceptions.ts';
import { engineComplaints, importComplaints, importsOf, sizeComplaints } from './architecture/layers.ts';
import {
  comparedStates,
  cycles,
  doubleNames,
  longFunctions,
  longParameterLists,
  namedPhases,
  openedTexts,
  STRUCTURE_RULES,
  upwardImports,
} from './architecture/structure.ts';

const ROOT = join(import.meta.dirname, '..');

const sources = ['lib', 'functions', 'infra'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
    .map((file) => ({ file, source: readFileSync(join(ROOT, file), 'utf8') })),
);
const isCode = ({ file }: { file: string }) => !file.endsWith('.d.ts');
/** They ask the clocks of zones that are named, by Intl: the same on every host. */
const ZONE_TABLES = ['names', 'search', 'zones'].map((name) => `lib/pim/time/zones/${name}.ts`);
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

  it('keep what the engine asks without clock, randomness, waiting and output', () => {
    const asked = ['codec', 'message', 'pim', 'filter'].flatMap((folder) => under(`lib/${folder}/`));
    const complaints = asked.flatMap(({ file, source }) => engineComplaints(file, source));
    expect(complaints.filter((one) => !ZONE_TABLES.some((file) => one.startsWith(`${file} `)))).toEqual([]);
  });

  it('keep the files of lib short', () => {
    expect(under('lib/').flatMap(({ file, source }) => sizeComplaints(file, source))).toEqual([]);
  });
});

describe('the inside of lib', () => {
  const findings = STRUCTURE_RULES.flatMap((rule) => rule(under('lib/').filter(isCode)));
  const isSame = (one: { rule: string; subject: string }, other: { rule: string; subject: string }) =>
    one.rule === other.rule && one.subject === other.subject;

  it('keeps the rules of test/architecture/structure.ts', () => {
    const broken = findings.filter((one) => !EXCEPTIONS.some((known) => isSame(one, known)));
    expect(broken.map(({ rule, subject }) => `${rule}: ${subject}`)).toEqual([]);
  });

  it('needs each exception that is listed', () => {
    const stale = EXCEPTIONS.filter((known) => !findings.some((one) => isSame(one, known)));
    expect(stale.map(({ rule, subject }) => `${rule}: ${subject} is mended: strike it off`)).toEqual([]);
  });
});

describe('the rules of structure', () => {
  const of = (...files: [string, string][]) => files.map(([file, source]) => ({ file, source }));

  it('find a cycle over three files, and a file that imports itself', () => {
    const circle = of(
      ['lib/a.ts', "import type { B } from './b.ts';"],
      ['lib/b.ts', "export { C } from './c/c.ts';"],
      ['lib/c/c.ts', "import { A } from '../a.ts';"],
      ['lib/d.ts', "import { A } from './a.ts';"],
      ['lib/e.ts', "import { E } from './e.ts';"],
    );
    expect(cycles(circle).map(({ subject }) => subject)).toEqual([
      'lib/a.ts + lib/b.ts + lib/c/c.ts',
      'lib/e.ts',
    ]);
  });

  it('find an import of a higher folder and of a sibling, and allow lower ones', () => {
    const files = of(
      ['lib/pim/vobject/a.ts', "import { b } from '../time/b.ts';"],
      ['lib/pim/merge/a.ts', "import { b } from '../match/b.ts';"],
      ['lib/pim/merge/b.ts', "import { b } from '../formats/sif/b.ts';\nimport { c } from './c.ts';"],
      ['lib/pim/a.ts', "import { b } from './formats/b.ts';"],
      ['lib/pim/other/a.ts', "import { b } from '../vobject/b.ts';"],
    );
    expect(upwardImports(files).map(({ subject }) => subject)).toEqual([
      'lib/pim/vobject/a.ts -> lib/pim/time/b.ts',
      'lib/pim/merge/a.ts -> lib/pim/match/b.ts',
      'lib/pim/other/a.ts -> lib/pim/vobject/b.ts',
    ]);
  });

  it('find a name that two files export, as a type or as a value', () => {
    const files = of(
      ['lib/a.ts', 'export interface One {}\nexport const two = 2, three = 3;'],
      ['lib/b.ts', 'export function One() {}\nexport class Four {}\nconst two = 2;'],
    );
    expect(doubleNames(files).map(({ subject }) => subject)).toEqual(['One: lib/a.ts, lib/b.ts']);
  });

  it('find the fifth parameter of functions, arrows and methods', () => {
    const source = `function f(a, b, c, d, e) {}
      const g = (a, b, c, d, e) => 1;
      class A { h(a, { b }, ...c) {} i(a, b, c, d, e) {} }
      const j = (a, b, c, d) => 1;`;
    expect(longParameterLists(of(['lib/a.ts', source])).map(({ subject }) => subject)).toEqual([
      'lib/a.ts: f',
      'lib/a.ts: g',
      'lib/a.ts: i',
    ]);
  });

  it('find a function of 41 lines and allow one of 40', () => {
    const lines = (count: number) => `{${'\n'.repeat(count - 1)}}`;
    const source = `function long() ${lines(41)}\nconst short = () => ${lines(40)};`;
    expect(longFunctions(of(['lib/a.ts', source])).map(({ subject }) => subject)).toEqual(['lib/a.ts: long']);
  });

  it('find a name that is exported at the end of its file, and leave one that is handed on', () => {
    const files = of(
      ['lib/a.ts', 'const one = 1, two = 2;\nexport { one, two as three };'],
      ['lib/b.ts', 'export const one = 1, two = 2, three = 3;'],
      ['lib/c.ts', "export { two } from './b.ts';"],
      ['lib/d.ts', "import { one } from './b.ts';\nexport { one };"],
    );
    expect(doubleNames(files).map(({ subject }) => subject)).toEqual([
      'one: lib/a.ts, lib/b.ts',
      'three: lib/a.ts, lib/b.ts',
    ]);
  });

  it('find a folder that has no place in the order, also where it imports nothing itself', () => {
    const files = of(
      ['lib/pim/other/a.ts', 'export const a = 1;'],
      ['lib/pim/time/a.ts', "import { a } from '../other/a.ts';"],
    );
    expect(upwardImports(files).map(({ subject }) => subject)).toEqual([
      'lib/pim/time/a.ts -> lib/pim/other/a.ts',
    ]);
  });

  it.each([
    "if (state.phase === 'init') f();",
    'switch (session.state.phase) {}',
    'const { phase: now } = state;',
    'const f = ({ phase }) => TABLE[phase];',
    "const now = state['phase'];",
    "const isOpen = ['init', 'sync'].includes(state.phase);",
    "state.phase = 'done';",
  ])('find a phase that is named: %s', (source) => {
    expect(namedPhases(of(['lib/engine/a.ts', source]))).toHaveLength(1);
    expect(namedPhases(of(['lib/app/a.ts', source]))).toHaveLength(1);
    expect(namedPhases(of(['lib/engine/state/package-phase.ts', source]))).toEqual([]);
  });

  it('leave the word in a text, in a comment and in another word', () => {
    const source = "// The phase.\nconst advancePhase = 'phase';\nimport('./state/package-phase.ts');";
    expect(namedPhases(of(['lib/engine/a.ts', source]))).toEqual([]);
  });

  it.each([
    "if (datastore.progress === 'received') f();",
    "const isSlow = (kind) => kind === 'slow';",
    "const f = (to) => 'sending' !== to;",
    "switch (x) { case 'two-way': f(); }",
  ])('find a state that is compared: %s', (source) => {
    expect(comparedStates(of(['lib/engine/a.ts', source]))).toHaveLength(1);
    expect(comparedStates(of(['lib/engine/state/sync-kind.ts', source]))).toEqual([]);
  });

  it('leave an event that is told to a table, and what is no state', () => {
    const source = "note(datastore, 'announced'); if (chunk.kind === 'whole') f();";
    expect(comparedStates(of(['lib/engine/a.ts', source]))).toEqual([]);
  });

  it.each([
    'const text = content.storedText;',
    "const text = content?.['storedText'];",
    'const { type, storedText } = content;',
    'const f = ({ storedText: text }) => text;',
    "const content = Content.ofText('text/plain', 'a');",
    'const read = Content.ofRow;',
  ])('find who opens the text of an item: %s', (source) => {
    for (const file of ['lib/engine/receive/a.ts', 'lib/pim/merge/a.ts', 'lib/filter/a.ts'])
      expect(openedTexts(of([file, source]))).toHaveLength(1);
    expect(openedTexts(of(['lib/pim/content.ts', source]))).toEqual([]);
  });

  it('leave the text of an item to writers and rows', () => {
    const source = 'const text = content.storedText;';
    const files = [
      'lib/pim/device/format-item.ts',
      'lib/store/rows/shapes.ts',
      'lib/store/step-io/writer.ts',
    ];
    for (const file of files) expect(openedTexts(of([file, source]))).toEqual([]);
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
    ['lib/pim/a.ts', "import { c } from './c.ts'; import { b } from '../codec/b.ts';"],
    ['lib/pim/a.ts', "type B = import('../codec/b.ts').B;"],
    ['lib/pim/a.ts', "export * from '../codec/b.ts';"],
    ['lib/pim/a.ts', 'const b = await import(path);'],
    ['lib/pim/a.ts', "import fs = require('fs');"],
    ['functions/a/b.ts', "import { step } from '../../lib/engine/step.ts';"],
    ['functions/lambda/b.ts', "import './c/main.ts';"],
    ['functions/cli/a.ts', "import { startServer } from '../../infra/local/server.ts';"],
    ['functions/cli/a.ts', "import middy from '@middy/core';"],
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
    ['functions/cli/a.ts', "import { openStore } from '../open-store.ts';"],
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
    'const month = when.getMonth();',
    'const at = new Date(2026, 0, 1);',
  ])('refuse in the engine: %s', (source) => {
    expect(engineComplaints('lib/engine/a.ts', source)).toHaveLength(1);
  });

  it.each([
    'const at = new Date(now).toISOString();',
    'const month = when.getUTCMonth();',
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

describe('the test files', () => {
  /** Modules are kept between the files of a worker: what is replaced, set or counted in one is so in the next. */
  const CHANGES_OTHERS =
    /\bvi\.(?:mock|doMock|hoisted|stubEnv|stubGlobal)\(|\/(?:work|calls|planting)\.ts'|assign\(process\.env/;

  it('that change what others see, and no others, stand alone', () => {
    for (const file of readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.test.ts') || file === 'architecture.test.ts') continue;
      const isAlone = CHANGES_OTHERS.test(readFileSync(join(ROOT, 'test', file), 'utf8'));
      expect(file.endsWith('.alone.test.ts'), file).toBe(isAlone);
    }
  });
});
