import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../kinds/kind.ts';
import { KINDS } from '../kinds/kinds.ts';
import { analysed, type Profile } from './analysis.ts';
import { profileOf } from './run.ts';
import { profileTable } from './table.ts';

type Calls = { readonly [call: string]: Calls | number };

/** Calls by `name@file`; a number is the milliseconds in the call itself. */
function profile(calls: Calls): Profile {
  const [nodes, samples, timeDeltas]: [Profile['nodes'], number[], number[]] = [[], [], []];
  const visit = (call: string, inner: Calls | number): number => {
    const [functionName = '', file] = call.split('@');
    const callFrame = {
      functionName,
      url: file === undefined ? '' : file.startsWith('node:') ? file : `file:///root/${file}`,
      scriptId: '1',
      lineNumber: 6,
      columnNumber: 0,
    };
    const children: number[] = [];
    const node = { id: nodes.length + 1, callFrame, children };
    nodes.push(node);
    if (typeof inner === 'number') {
      samples.push(node.id);
      timeDeltas.push(inner * 1000);
    } else for (const [name, below] of Object.entries(inner)) children.push(visit(name, below));
    return node.id;
  };
  visit('(root)', calls);
  return { nodes, samples, timeDeltas, startTime: 0, endTime: 1 };
}

const DECODE = 'decode@lib/codec/codec.ts';
const FOUND = analysed(
  profile({
    '(garbage collector)': 5,
    'send@test/bench/line.ts': {
      [DECODE]: 7,
      'serve@lib/app/serve.ts': { [DECODE]: 2, 'read@lib/message/read-message.ts': { [DECODE]: 1 } },
    },
    // After an await the caller of the server is no longer on the stack.
    'transact@lib/store/sqlite/store.ts': { 'deflate@node:zlib': { write: 4 } },
  }),
  '/root',
);

describe('the analysis of a profile', () => {
  it('tells the server from the device, which uses the same codecs', () => {
    expect(FOUND.owners).toEqual({ server: 7, device: 7, runtime: 5 });
    expect(FOUND.runtime).toEqual([{ name: '(garbage collector)', place: 'built in', ms: 5 }]);
  });

  it('adds up each function of the server, whoever called it', () => {
    expect(FOUND.functions).toEqual([
      { name: 'write', place: 'built in, for lib/store/sqlite/store.ts', ms: 4 },
      { name: 'decode', place: 'lib/codec/codec.ts:7', ms: 3 },
    ]);
  });

  it('counts what is built in for the folder that called it', () => {
    expect(FOUND.folders).toEqual([
      { folder: 'lib/store/sqlite', ms: 4 },
      { folder: 'lib/codec', ms: 3 },
    ]);
  });

  it('is printed with shares of the server', () => {
    const table = profileTable(FOUND);
    expect(table).toContain('      4.0 ms   57.1 %  lib/store/sqlite');
    expect(table).toContain('      3.0 ms   42.9 %  decode  lib/codec/codec.ts:7');
    expect(table).toContain('      5.0 ms   26.3 %  (garbage collector)');
  });
});

it('a real profile finds the folders of the server', async () => {
  const root = join(import.meta.dirname, '..', '..', '..');
  const { owners, folders } = analysed(await profileOf(KINDS.upload as Kind, 100), root);
  expect(owners.server).toBeGreaterThan(0);
  expect(folders.map(({ folder }) => folder)).toContain('lib/pim/vobject');
});
