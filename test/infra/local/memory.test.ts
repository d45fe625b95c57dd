import { describe, expect, it } from 'vitest';
import { createLook } from '../../../infra/local/memory.ts';

/** What a look does while the process holds so many megabytes, of which so many stay. */
function looksAt(...states: readonly (readonly [held: number, left: number])[]): number[] {
  let state: readonly [number, number] = [0, 0];
  let freed = 0;
  const look = createLook({
    used: () => state[0] * 1_000_000,
    free: () => {
      freed += 1;
      state = [state[1], state[1]];
    },
  });
  return states.map((next) => {
    state = next;
    look();
    return freed;
  });
}

describe('the memory of the server', () => {
  it('is left alone while there is little', () => {
    expect(looksAt([100, 90], [249, 90])).toEqual([0, 0]);
  });

  it('is given back when there is much of it', () => {
    expect(looksAt([600, 200], [240, 200], [600, 200])).toEqual([1, 1, 2]);
  });

  it('is not collected again and again where it is in use', () => {
    expect(looksAt([600, 500], [510, 500], [520, 500], [540, 520])).toEqual([1, 1, 1, 2]);
  });
});
