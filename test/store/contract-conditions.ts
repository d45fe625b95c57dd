/** Every write under every condition against a row that is absent, expired or live, alone and in a transaction. */
import { describe, expect, it } from 'vitest';
import type { Condition, Key, Row, Write } from '../../lib/store/port/port.ts';
import type { Bench } from './contract.ts';

const STATES = ['absent', 'expired', 'live'] as const;
type State = (typeof STATES)[number];

const VERSION = 3;
const CONDITIONS = {
  absent: 'absent',
  exists: 'exists',
  any: 'any',
  'its version': { version: VERSION },
  'another version': { version: VERSION + 1 },
} as const satisfies { [name: string]: Condition };
type ConditionName = keyof typeof CONDITIONS;

const OPS = {
  put: ['absent', 'exists', 'any', 'its version', 'another version'],
  set: ['exists', 'any', 'its version', 'another version'],
  delete: ['exists', 'any', 'its version', 'another version'],
  check: ['absent', 'exists', 'its version', 'another version'],
} as const satisfies { [op in Write['op']]: readonly ConditionName[] };

function writeOf(op: Write['op'], key: Key, name: ConditionName): Write {
  const condition = CONDITIONS[name];
  if (op === 'put') return { op, row: { ...key, version: 9, attributes: { name: 'new' } }, condition };
  return { op, key, ...(op === 'set' ? { attributes: { name: 'new' } } : {}), condition } as Write;
}

function expectation(op: Write['op'], name: ConditionName, state: State): 'committed' | 'conflict' {
  const live = state === 'live';
  const holds = {
    absent: !live,
    exists: live,
    // Setting attributes of a row that is not there would create half a row.
    any: op === 'set' ? live : true,
    'its version': live,
    'another version': false,
  };
  return holds[name] ? 'committed' : 'conflict';
}

function rowAfter(op: Write['op'], before: Row | undefined, key: Key): Row | undefined {
  if (op === 'put') return { ...key, version: 9, attributes: { name: 'new' } };
  if (op === 'set' && before !== undefined) {
    return { ...before, version: VERSION + 1, attributes: { ...before.attributes, name: 'new' } };
  }
  return op === 'delete' ? undefined : before;
}

export function conditionContract(bench: Bench): void {
  async function seed(state: State): Promise<Key> {
    const key = bench.freshKey();
    if (state === 'absent') return key;
    const row: Row = { ...key, version: VERSION, attributes: { name: 'old', other: 1 } };
    await bench.put(state === 'expired' ? { ...row, expires: bench.clock.seconds() - 60 } : row);
    return key;
  }

  describe.each(STATES)('a row that is %s', (state) => {
    describe.each(Object.keys(OPS) as Write['op'][])('%s', (op) => {
      it.each(OPS[op])('under the condition: %s', async (name) => {
        for (const inTransaction of [false, true]) {
          const key = await seed(state);
          const companion = { ...key, sk: 'companion', version: 1, attributes: {} };
          const writes = [writeOf(op, key, name)];
          if (inTransaction) writes.push({ op: 'put', row: companion, condition: 'absent' });
          const before = await bench.read(key);
          const expected = expectation(op, name, state);

          expect(await bench.subject().store.transact(writes)).toBe(expected);
          const after = expected === 'committed' ? rowAfter(op, before, key) : before;
          expect(await bench.read(key)).toEqual(after);
          // All or nothing: the other write shares its fate.
          const written = inTransaction && expected === 'committed';
          expect(await bench.read(companion)).toEqual(written ? companion : undefined);
        }
      });
    });
  });
}
