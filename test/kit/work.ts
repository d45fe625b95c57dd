/**
 * How much work something is, in counts that are the same on every machine: blocks of JavaScript that ran, and characters
 * that regular expressions passed. Native functions (`includes`, `indexOf`, `sort`) count as nothing.
 *
 * V8 counts the blocks of functions that it compiles from the import of this module on. Whatever runs is slower for it.
 */
import { Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';

/** A regular expression that goes back more often for each character is on its way to the square of the text's length. */
const BACKTRACKS = 20;
/** Characters; a shorter text is no matter. */
const LONG = 1_000;

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** Blocks and characters together. Throws for a regular expression that goes back and back in a long text. */
export function workOf(run: () => unknown): number {
  const { exec } = RegExp.prototype;
  let characters = 0;
  // All that is done with a regular expression goes through this: `replace`, `match`, `test`. `split` asks it at each place.
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    if (text.length >= LONG && goesBack(this, text, from))
      throw new Error(`${this} goes back and back in a text of ${text.length} characters`);
    const found = exec.call(this, text);
    const end = this.sticky ? from + 1 : text.length;
    characters += (found === null ? end : found.index + found[0].length) - from;
    return found;
  };
  try {
    blocks();
    run();
    return blocks() + characters;
  } finally {
    RegExp.prototype.exec = exec;
  }

  /** V8 gives up after so many backtracks, as if there were nothing to find; here one of two alternatives always is. */
  function goesBack({ source, flags, sticky }: RegExp, text: string, from: number): boolean {
    const pattern = sticky ? `(?:${source})|` : `[^]*?(?:${source})|`;
    const limited = limitedTo(BACKTRACKS * text.length, pattern, `${flags.replace(/[gy]/g, '')}y`);
    limited.lastIndex = from;
    // Optimized loops go back without counting.
    setFlagsFromString('--no-regexp-optimization');
    const found = exec.call(limited, text);
    setFlagsFromString('--regexp-optimization');
    return found === null;
  }
}

/** How many times the work of four times the size is that of the size: 4 where it grows with the size, 16 with its square. */
export function growth(size: number, run: (size: number) => () => unknown): number {
  const [one, four] = [run(size), run(4 * size)];
  // Whatever is made once and kept is made now.
  four();
  const before = workOf(one);
  return workOf(four) / before;
}

/** Blocks that ran since this was asked last, but for those of this file. */
function blocks(): number {
  let blocks = 0;
  session.post('Profiler.takePreciseCoverage', (_, { result }) => {
    for (const { url, functions } of result)
      if (!url.endsWith('/kit/work.ts'))
        for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
  });
  return blocks;
}

const limitedOnes = new Map<string, RegExp>();

function limitedTo(backtracks: number, pattern: string, flags: string): RegExp {
  const key = `${backtracks} ${flags} ${pattern}`;
  const known = limitedOnes.get(key) ?? madeByV8(pattern, flags, backtracks);
  limitedOnes.set(key, known);
  return known;
}

function madeByV8(pattern: string, flags: string, backtracks: number): RegExp {
  setFlagsFromString('--allow-natives-syntax');
  const made = new Function('p', 'f', 'n', 'return %NewRegExpWithBacktrackLimit(p, f, n)');
  return made(pattern, flags, backtracks) as RegExp;
}
