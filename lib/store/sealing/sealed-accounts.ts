/**
 * A store whose accounts have their verifiers sealed: they are sealed in whatever is written, and opened in whatever is read. So
 * nobody above it knows of sealing. Accounts of before, with verifiers that are not sealed, are read as they are.
 */
import type { Attribute, Row, Store, Write } from '../port/port.ts';
import type { Sealer } from './sealer.ts';

/** Attributes of a password that let in whoever reads them. */
const SECRETS = ['verifier', 'san'] as const;

type Attributes = Row['attributes'];
type StoredPassword = { readonly [name: string]: Attribute };
/** Seals or opens a text under its context. */
type Change = (text: string, context: string) => Promise<string>;

export const withSealedAccounts = (store: Store, sealer: Sealer): Store => ({
  get: async (keys) => openedRows(await store.get(keys), sealer),
  query: async (range) => {
    const page = await store.query(range);
    return { ...page, rows: await openedRows(page.rows, sealer) };
  },
  transact: async (writes) =>
    store.transact(
      writes.some(writesAccount)
        ? await Promise.all(writes.map((write) => sealedWrite(write, sealer.seal)))
        : writes,
    ),
  close: () => store.close(),
});

/** The passwords in the attributes of an account; undefined for any other row. */
export function passwordsIn(table: string, { passwords }: Attributes): readonly StoredPassword[] | undefined {
  return table === 'accounts' && Array.isArray(passwords) ? (passwords as StoredPassword[]) : undefined;
}

/** The texts of a password that are to be sealed. */
export const secretsIn = (password: StoredPassword): string[] =>
  SECRETS.map((name) => password[name]).filter((text) => typeof text === 'string');

async function openedRows(rows: readonly Row[], sealer: Sealer): Promise<Row[]> {
  if (!rows.some(({ table, attributes }) => passwordsIn(table, attributes))) return [...rows];
  return Promise.all(
    rows.map(async (row) => ({ ...row, attributes: await changed(row, row.attributes, sealer.open) })),
  );
}

const partsOf = (write: Write) =>
  write.op === 'put'
    ? { key: write.row, attributes: write.row.attributes }
    : write.op === 'set'
      ? { key: write.key, attributes: write.attributes }
      : undefined;

function writesAccount(write: Write): boolean {
  const parts = partsOf(write);
  return parts !== undefined && passwordsIn(parts.key.table, parts.attributes) !== undefined;
}

async function sealedWrite(write: Write, seal: Change): Promise<Write> {
  if (write.op === 'put')
    return {
      ...write,
      row: { ...write.row, attributes: await changed(write.row, write.row.attributes, seal) },
    };
  if (write.op === 'set') return { ...write, attributes: await changed(write.key, write.attributes, seal) };
  return write;
}

async function changed(
  { table, pk }: { readonly table: string; readonly pk: string },
  attributes: Attributes,
  change: Change,
): Promise<Attributes> {
  const found = passwordsIn(table, attributes);
  if (found === undefined) return attributes;
  const passwords: StoredPassword[] = [];
  for (const password of found) {
    const secrets: { [name: string]: Attribute } = {};
    for (const name of SECRETS) {
      const text = password[name];
      if (typeof text === 'string') secrets[name] = await change(text, contextOf(pk, password, name));
    }
    passwords.push({ ...password, ...secrets });
  }
  return { ...attributes, passwords };
}

const contextOf = (pk: string, { id }: StoredPassword, name: string): string =>
  JSON.stringify([pk, id, name]);
