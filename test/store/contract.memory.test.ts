import { describe } from 'vitest';
import { memoryStore } from '../kit/memory-store.ts';
import { storeContract } from './contract.ts';

describe('the store on maps', () => {
  const open = async ({ now }: { readonly now: () => number }) => {
    const store = memoryStore({ now });
    return { store, rival: store, close: () => store.close() };
  };
  storeContract(open, { streams: false });
});
