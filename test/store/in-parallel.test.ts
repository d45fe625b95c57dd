import { describe, expect, it } from 'vitest';
import { inParallel } from '../../lib/store/port/in-parallel.ts';

/** Calls that end when they are told to. */
function calls() {
  const begun: number[] = [];
  const ends = new Map<number, { resolve: (value: string) => void; reject: (error: Error) => void }>();
  const call = (input: number): Promise<string> => {
    begun.push(input);
    return new Promise((resolve, reject) => ends.set(input, { resolve, reject }));
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (input: number) => {
    ends.get(input)?.resolve(`of ${input}`);
    await turn();
  };
  const fail = async (input: number) => {
    ends.get(input)?.reject(new Error(`at ${input}`));
    await turn();
  };
  return { begun, call, end, fail };
}

describe('calls in parallel', () => {
  it('are no more than so many, and their results are in order', async () => {
    const { begun, call, end } = calls();
    const done = inParallel([1, 2, 3], 2, call);
    expect(begun).toEqual([1, 2]);
    await end(2);
    expect(begun).toEqual([1, 2, 3]);
    await end(3);
    await end(1);
    expect(await done).toEqual(['of 1', 'of 2', 'of 3']);
  });

  it('end with the first error when those that run have ended; no other is begun', async () => {
    const { begun, call, end, fail } = calls();
    let ended = false;
    const done = inParallel([1, 2, 3], 2, call).finally(() => {
      ended = true;
    });
    done.catch(() => {});
    await fail(1);
    expect([ended, begun]).toEqual([false, [1, 2]]);
    await end(2);
    await expect(done).rejects.toThrow('at 1');
    expect(begun).toEqual([1, 2]);
  });

  it('of nothing are done', async () => {
    expect(await inParallel([], 2, async () => 1)).toEqual([]);
  });
});
