/** Records that the CRM saves, one after the other, as its feed brings them. */
import { CONTACTS } from '../material.ts';
import type { Kind } from './kind.ts';

/** Each record is saved twice: new, and then edited. */
export const crmFeed: Kind['prepare'] = async (world, size) => {
  const saved = Array.from({ length: size }, (_, n) => ({
    record: `r${n >> 1}`,
    body: CONTACTS.item(1 + (n >> 1), n % 2),
  }));
  return async () => {
    for (const { record, body } of saved) await world.feed(record, body);
    return { sent: size, received: 0 };
  };
};
