/** Who and what a life is made of: a server, devices with their programs, a CRM, and what people typed. */
import type { Store } from '../../../lib/store/port/port.ts';
import { type Cutting, cutting } from '../../kit/cut.ts';
import type { DatabaseOptions } from '../../kit/device-options.ts';
import { Handset } from '../../kit/handset.ts';
import { type RestorableStore, restorableStore, type TableCopy } from '../../kit/restorable-store.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import type { SyncedDatabase } from '../../kit/synced-database.ts';
import { deadlyStore, type Faults, faultyNetwork, faultyStore, harshNetwork } from '../faults.ts';
import { createRandom, type Reseedable } from '../random.ts';
import type { Backup } from './backups.ts';
import type { Facts, LifeKind } from './facts.ts';
import type { Habits } from './habits.ts';
import { largestOf } from './limits.ts';
import { PHONES } from './phones/all-phones.ts';
import { kept, type Phone } from './phones/phone.ts';
import type { Plan, PlannedDevice } from './plan.ts';
import { Room } from './room.ts';
import { checkTold } from './told.ts';
import { Typed } from './typed.ts';

/** A datastore of a device. */
export interface Book {
  readonly phone: Phone;
  readonly database: SyncedDatabase;
  /** As `Typed` calls it. */
  readonly at: string;
  readonly room: Room;
  /** Names of items from which something was taken away that may have had no room: a complete sync leaves that to the device. */
  readonly unsure: Set<string>;
  /** Bytes of the largest object that its device says it takes. */
  readonly largest: number;
  /** How many properties its device lists for it; undefined: it lists none. */
  readonly listed: number | undefined;
}

/** A device with all its datastores, which it synchronises in one session. */
export interface Owned {
  readonly name: string;
  readonly handset: Handset;
  /** Its connection breaks at a message of its own choice. */
  readonly cut: Cutting['cut'];
  readonly books: readonly Book[];
}

export interface Life {
  readonly plan: Plan;
  readonly server: TestServer;
  readonly typed: Typed;
  readonly devices: readonly Owned[];
  readonly dice: Reseedable;
  readonly faults: Faults;
  /** The records of the CRM, by kind and name. */
  readonly records: Map<string, Facts>;
  /** By device. */
  readonly backups: Map<string, readonly Backup[]>;
  /** Of a life in which a table is restored. */
  readonly tables?: { readonly store: RestorableStore; readonly copies: TableCopy[] };
  /** What happened, for people to read. */
  readonly lines: string[];
}

export async function bornLife(plan: Plan, store: Store): Promise<Life> {
  const { seed, policy, kinds, harsh } = plan;
  const dice = createRandom(seed);
  const faults: Faults = { rate: 0 };
  const restores = plan.steps.some(({ does }) => does === 'restores a table');
  const tables = restores ? { store: restorableStore(store), copies: [] } : undefined;
  const faulty = faultyStore(tables?.store ?? store, dice, faults);
  const policies = Object.fromEntries(kinds.map((kind) => [kind, policy]));
  const server = await startServer({ store: harsh ? deadlyStore(faulty, dice, faults) : faulty, policies });
  faults.rate = plan.faults;
  const network = faultyNetwork(harsh ? harshNetwork(server, dice, faults) : server, dice, faults);
  const devices = plan.devices.map((device) => ownedBy(network, device, kinds));
  const lines = [
    `${kinds.join(' and ')}, ${policy}, faults ${plan.faults}${harsh ? ', harsh' : ''}`,
    ...devices.flatMap(described),
  ];
  const [records, backups] = [new Map(), new Map()];
  const own = { plan, server, typed: new Typed(), devices, dice, faults, records, backups, lines };
  return { ...own, ...(tables && { tables }) };
}

const described = ({ name, handset, books }: Owned): string[] => [
  `${name}: ${JSON.stringify(handset.options)}`,
  ...books.map(({ at, phone }) => `${at}: ${phone.name} ${JSON.stringify(phone.options)}`),
];

/** `kinds`: of the life; a device has a program for each. */
export function ownedBy(
  network: TestServer,
  { name, programs, abilities }: PlannedDevice,
  kinds: readonly LifeKind[],
): Owned {
  const phones = kinds.map((kind) => {
    const phone = PHONES[kind].find((one) => one.name === programs[kind]);
    if (phone === undefined) throw new Error(`${name} has no program for ${kind}`);
    return phone;
  });
  const { server, cut } = cutting(network);
  const saidOf = (phone: Phone) => (isOld(abilities) ? toldByType(phone, phones) : phone.options);
  const handset = Handset.of(
    server,
    { ...abilities, device: name },
    phones.map((phone) => databaseOf(phone, saidOf(phone), abilities)),
  );
  const books = phones.map((phone) => ({
    phone,
    database: handset.database(phone.kind),
    at: `${name}-${phone.kind}`,
    room: new Room(phone.sendsEmpty),
    unsure: new Set<string>(),
    largest: largestOf(abilities),
    listed: saidOf(phone).properties?.length,
  }));
  return { name, handset, cut, books };
}

/** A database of the program, of which the device says this. */
function databaseOf(phone: Phone, said: Phone['options'], abilities: Habits): DatabaseOptions {
  const { typeVersion: _, ...rest } = said;
  const { capacity, tellsMemory = false } = abilities;
  return {
    ...said,
    datastore: phone.kind,
    ...(capacity !== undefined && { capacity, tellsMemory }),
    keeps: (text, before) => {
      if (Buffer.byteLength(text) > largestOf(abilities))
        throw new Error(
          `${phone.name} takes ${largestOf(abilities)} bytes, and is sent ${Buffer.byteLength(text)}`,
        );
      checkTold(phone.name, abilities.tellsVersions === false ? rest : said, text);
      return kept(phone, text, before);
    },
  };
}

/** Do the versions of the protocol in which a device says what it holds by content type, and not by datastore? */
const isOld = ({ version = '1.2' }: PlannedDevice['abilities']): boolean => version !== '1.2';

/** What a device says of all its programs with one content type; none says anything where one of them does not. */
function toldByType({ options }: Phone, phones: readonly Phone[]): Phone['options'] {
  const { properties: _, most: __, sizes: ___, ...rest } = options;
  const lists = phones.flatMap((one) => (one.options.type === options.type ? [one.options.properties] : []));
  if (lists.includes(undefined)) return rest;
  return { ...rest, properties: [...new Set(lists.flatMap((list) => list ?? []))] };
}
