/**
 * Where the tests of a file keep their data: one DynamoDB Local and one server for each store, started when the first
 * test wants them, ended with the file. Owns: who shares a server, and the account of each test in it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addAccount } from '../../lib/app/accounts.ts';
import { type DynamoDbLocal, startDynamoDbLocal } from '../setup/dynamodb-local-process.ts';
import { createServerProcess, type Server } from './server.ts';
import { openStore } from './versions.ts';

export type StoreKind = 'sqlite' | 'dynamodb';

export interface Account {
  readonly user: string;
  readonly password: string;
}

export interface Place {
  readonly dataDir: string;
  /** Only on DynamoDB. */
  readonly endpoint?: string;
  readonly server: Server;
}

export interface Places {
  /** On the server that the tests of the file share: tests that neither kill it nor set it up take this one. */
  shared(account: Account): Promise<Place>;
  /** On a server of its own, with these environment variables; the caller stops it and removes the directory. */
  own(account: Account, dataDir: string, environment?: Readonly<Record<string, string>>): Promise<Place>;
  /** Ends what was started. */
  close(): Promise<void>;
}

export function createPlaces(kind: StoreKind): Places {
  let emulator: Promise<DynamoDbLocal> | undefined;
  let sharedPlace: Promise<Place> | undefined;
  const directory = mkdtempSync(join(tmpdir(), 'syncml-client-shared-'));

  const own: Places['own'] = async (account, dataDir, environment) => {
    if (kind === 'dynamodb') emulator ??= startDynamoDbLocal();
    const endpoint = (await emulator)?.endpoint;
    const place = endpoint === undefined ? { dataDir } : { dataDir, endpoint };
    const server = await createServerProcess({ ...place, ...account, ...(environment && { environment }) });
    await server.start();
    return { ...place, server };
  };
  return {
    own,
    shared: async (account) => {
      sharedPlace ??= own(account, join(directory, 'data'));
      const place = await sharedPlace;
      const store = openStore({ ...place, user: account.user });
      await addAccount(store, { login: account.user, password: account.password });
      await store.close();
      return place;
    },
    close: async () => {
      await (await sharedPlace)?.server.stop();
      await (await emulator)?.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
