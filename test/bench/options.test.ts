import { describe, expect, it } from 'vitest';
import { benchOptions } from './options.ts';

const KNOWN = { groups: ['store', 'memory'], kinds: ['upload', 'update'] };
const options = (...args: string[]) => benchOptions(args, KNOWN);

describe('the options of the bench', () => {
  it('are all kinds at small sizes where nothing is said', () => {
    expect(options()).toEqual({
      groups: [],
      kinds: ['upload', 'update'],
      sizes: [300, 1_000, 3_000],
      store: 'sqlite',
      client: false,
      counts: [100, 1_000, 10_000],
    });
  });

  it('take lists', () => {
    expect(options('store', 'memory', '--kinds', 'update', '--sizes', '1000,100000')).toMatchObject({
      groups: ['store', 'memory'],
      kinds: ['update'],
      sizes: [1_000, 100_000],
    });
  });

  it('take a kind to profile, and its size', () => {
    expect(options('--profile', 'upload')).toMatchObject({ profile: { kind: 'upload' } });
    expect(options('--profile', 'upload', '--size', '50')).toMatchObject({
      profile: { kind: 'upload', size: 50 },
    });
  });

  it.each([
    ['a group', ['stores'], 'There is no group "stores"; there are store, memory.'],
    ['a kind', ['--kinds', 'upload,uplaod'], 'There is no kind "uplaod"'],
    ['a store', ['--store', 'dynamo'], 'There is no store "dynamo"; there are sqlite, dynamodb.'],
    ['a kind to profile', ['--profile', 'store'], 'There is no kind "store"'],
    ['a size', ['--sizes', '300,'], '"" is no number of items'],
    ['a size of the profile', ['--profile', 'upload', '--size', '1e3'], '"1e3" is no number of items'],
    ['a size without a profile', ['--size', '50'], '--size belongs to --profile'],
    ['an option', ['--peer'], '--peer'],
  ])('say what is wrong with %s', (_, args, message) => {
    expect(() => options(...args)).toThrow(message);
  });

  it('give help', () => expect(options('--help')).toBe('help'));
});
