import { describe, expect, it } from 'vitest';
import { differentialOptions } from './options.ts';

const KNOWN = ['one', 'two'];
const read = (...args: string[]) => differentialOptions(args, KNOWN);

describe('the options of npm run differential', () => {
  it('are all stories and all items when nothing is said', () => {
    expect(read()).toEqual({ scenes: KNOWN, items: true, jobs: 2, list: false });
  });

  it('choose stories, or items', () => {
    expect(read('--scenes', 'two')).toMatchObject({ scenes: ['two'], items: false });
    expect(read('--items', '--jobs', '3')).toMatchObject({ scenes: [], items: true, jobs: 3 });
    expect(read('--help')).toBe('help');
  });

  it.each([
    [['--scenes', 'three'], 'There is no story "three". --list names them.'],
    [['--scenes', ''], 'There is no story "". --list names them.'],
    [['--items', '--scenes', 'one'], '--items plays no stories: it does not go with --scenes.'],
    [['--jobs', '0'], '--jobs takes a number from 1 to 99, not "0".'],
  ])('%j is answered with a sentence', (args, sentence) => {
    expect(() => read(...args)).toThrow(sentence);
  });
});
