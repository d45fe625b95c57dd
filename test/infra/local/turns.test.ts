/** Turns of users, and what is refused when too much waits. */
import { describe, expect, it } from 'vitest';
import { createTurns, FullError, type TurnLimits } from '../../../infra/local/turns.ts';

const WIDE: TurnLimits = { atOnce: 1, waiting: 1_000, waitingBytes: 1_000_000 };

/** Turns whose work notes its name when it begins, and ends at once. */
function watched(limits: Partial<TurnLimits> = {}) {
  const turns = createTurns({ ...WIDE, ...limits });
  const begun: string[] = [];
  const take = (who: string, name = who, bytes = 0): Promise<string> =>
    turns.take({
      who,
      bytes,
      run: async () => {
        begun.push(name);
        return name;
      },
    });
  return { take, begun };
}
const many = (count: number, who: string): string[] => Array.from({ length: count }, (_, n) => `${who}${n}`);
const outcomes = async (all: Promise<string>[]): Promise<string[]> =>
  (await Promise.allSettled(all)).map((one) =>
    one.status === 'fulfilled' ? one.value : (one.reason as Error).name,
  );

describe('turns', () => {
  it('a user with one message waits for one message of each other, however many they have', async () => {
    const { take, begun } = watched();
    const all = [...many(100, 'a').map((name) => take('a', name)), take('b'), take('c')];
    await Promise.all(all);
    expect(begun.slice(0, 4)).toEqual(['a0', 'a1', 'b', 'c']);
    expect(begun.slice(4)).toEqual(many(100, 'a').slice(2));
  });

  it('the messages of a user stay in their order, and each gets its own result', async () => {
    const { take } = watched();
    const names = many(20, 'a');
    expect(await Promise.all(names.map((name) => take('a', name)))).toEqual(names);
  });

  it('no more is worked on at once than may be', async () => {
    const turns = createTurns({ ...WIDE, atOnce: 3 });
    let now = 0;
    let most = 0;
    const run = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise(setImmediate);
      now -= 1;
    };
    await Promise.all(many(20, 'u').map((who) => turns.take({ who, bytes: 0, run })));
    expect([most, now]).toEqual([3, 0]);
  });

  it('work that fails fails by itself', async () => {
    const turns = createTurns(WIDE);
    const failing = turns.take({ who: 'a', bytes: 0, run: () => Promise.reject(new Error('broken')) });
    await expect(failing).rejects.toThrow('broken');
    await expect(turns.take({ who: 'a', bytes: 0, run: async () => 1 })).resolves.toBe(1);
  });
});

describe('when too much waits', () => {
  it('the user with the most is refused the newest, not the one who comes', async () => {
    const { take } = watched({ waiting: 4 });
    const all = [...many(5, 'a').map((name) => take('a', name)), take('b'), take('c')];
    expect(await outcomes(all)).toEqual(['a0', 'a1', 'a2', 'FullError', 'FullError', 'b', 'c']);
  });

  it('by bytes too', async () => {
    const { take } = watched({ waitingBytes: 100 });
    const all = [take('a', 'a0', 90), take('a', 'a1', 90), take('a', 'a2', 90), take('b', 'b', 10)];
    expect(await outcomes(all)).toEqual(['a0', 'a1', 'FullError', 'b']);
  });

  it('there is room again when some of it is done', async () => {
    const { take } = watched({ waiting: 1 });
    const all = [take('a', 'a0'), take('a', 'a1'), take('a', 'a2')];
    await expect(all[2]).rejects.toThrow(FullError);
    await Promise.all(all.slice(0, 2));
    await expect(take('a', 'a3')).resolves.toBe('a3');
  });
});
