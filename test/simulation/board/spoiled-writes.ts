/** Bugs in what is written: the store of the story gets other rows than the product meant. */
import type { Key, Row, Write } from '../../../lib/store/port/port.ts';
import type * as MemoryStore from '../../kit/memory-store.ts';
import { type Plant, plant } from './bug.ts';

/** Another write in the place of this one, or none. `all`: the whole transaction. */
export type SpoilWrite = (write: Write, all: readonly Write[]) => Write | undefined;

/** `extra`: writes that the bug adds to a transaction. */
export const spoiledWrites = (
  spoil: SpoilWrite,
  extra: (all: readonly Write[]) => readonly Write[] = () => [],
): Plant =>
  plant<typeof MemoryStore>('test/kit/memory-store.ts', (own) => ({
    memoryStore: (options) => {
      const store = own.memoryStore(options);
      return {
        ...store,
        transact: (writes) => {
          const spoiled = writes.flatMap((write) => spoil(write, writes) ?? []);
          return store.transact([...spoiled, ...extra(writes)]);
        },
      };
    },
  }));

/** The row that is put, where its sort key is such. */
export const rowPut = (write: Write, sk: RegExp): Row | undefined =>
  write.op === 'put' && sk.test(write.row.sk) ? write.row : undefined;

export const withAttributes = (write: Write, row: Row, attributes: Row['attributes']): Write =>
  ({ ...write, row: { ...row, attributes: { ...row.attributes, ...attributes } } }) as Write;

export const isAt = (key: Key, write: Write): boolean => {
  const own = 'row' in write ? write.row : write.key;
  return own.table === key.table && own.pk === key.pk && own.sk === key.sk;
};
