/** Who and what a story is made of: devices of several abilities, a server whose store and network fail, a CRM. */
import { POLICIES } from '../../lib/engine/model/datastores.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { Device, type DeviceOptions } from '../kit/device.ts';
import { restorableStore } from '../kit/restorable-store.ts';
import { startServer, type TestServer, USER } from '../kit/server.ts';
import { type Copies, noCopies } from './copies.ts';
import {
  cutNetwork,
  deadlyStore,
  type Faults,
  faultyNetwork,
  faultyStore,
  harshNetwork,
  slowStore,
} from './faults.ts';
import { breakingNetwork, type IndexFaults, laggingStore } from './index-faults.ts';
import { KINDS, type KindName } from './item-kinds.ts';
import { nameIn, readFrom } from './item-texts.ts';
import { createRandom, type Random } from './random.ts';
import { newRestores, type Restores } from './restores.ts';
import { withRoom } from './small.ts';

/** What stories are about: as often as it stands here. */
const MIX: readonly KindName[] = ['contacts', 'contacts', 'calendar', 'tasks'];

export const ABILITIES = [
  {},
  { wire: 'wbxml', perMessage: 3 },
  { maxMsgSize: 4_000, perMessage: 5, chunkBytes: 2_000 },
  { version: '1.1', wire: 'wbxml' },
  { version: '1.0', largeObjects: false, numberOfChanges: false },
  { perMessage: 2, maxMsgSize: 6_000, wire: 'wbxml' },
  { perMessage: 1, maxMsgSize: 3_000, chunkBytes: 1_000, wire: 'wbxml' },
] as const;
/** What a harsh story adds to the abilities of some devices. */
const ODDITIES = [{}, {}, { lateMaps: true }, { maxGuidSize: 8 }, { auth: 'md5' }] as const;

export interface Story {
  readonly seed: number;
  readonly lines: string[];
}

export interface World {
  readonly random: Random;
  /** Of a harsh story: late and cut messages, dying processes, sessions at the same time, time that passes. */
  readonly dice: Random | undefined;
  readonly faults: Faults;
  /** Of a story in which the match index breaks. */
  readonly index: IndexFaults | undefined;
  /** Of a story in which tables are restored. */
  readonly restores: Restores | undefined;
  /** Of a story in which devices hold items twice. */
  readonly copies: Copies | undefined;
  /** Of a story with many large objects: some devices append, sizes of messages change. */
  readonly parts: Random | undefined;
  readonly store: Store;
  readonly server: TestServer;
  /** What the story is about. Contacts alone have stories that are not rich. */
  readonly datastore: KindName;
  readonly devices: Device[];
  /** Every name ever given to an item, with every value that anybody wrote for it. */
  readonly written: Map<string, Set<string>>;
  /** Who wrote it, and the last value of all. */
  readonly authors: Map<string, Set<string>>;
  readonly latest: Map<string, string>;
  readonly deleted: Set<string>;
  /** Devices whose refresh (203) broke: its messages may still come, and throw away what was written meanwhile. */
  readonly refreshing: Set<string>;
  readonly crmRecords: string[];
  readonly story: Story;
  names: number;
  /** Nothing fails, and no refresh brought back what once was. */
  calm: boolean;
  /** The sessions of devices expired: what a device got and did not name is known by its content alone. */
  forgotten: boolean;
  /** Items may change what they are about. */
  readonly renames: boolean;
  readonly twins: boolean;
  /** Items have many fields, and devices dialects and lists of properties of their own. */
  readonly rich: Rich | undefined;
}

/** What happened to the values of a rich story. */
export interface Rich {
  readonly random: Random;
  /** Values that somebody took away, or put another in the place of. */
  readonly removed: Set<string>;
  /** A refresh threw away what one side had of these names. */
  readonly refreshed: Set<string>;
  /** Values that a device that can delete took away since the last complete sync, with the name of their item. */
  readonly deleted: Map<string, string>;
  /** Some devices have little room. */
  readonly small: boolean;
  /** Of a wide story: more dialects, and lists that grow. */
  readonly wide: Random | undefined;
  next: number;
}

export interface WorldOptions {
  /** What the story is about: contacts, where it is not said; `any`: the seed decides. */
  readonly kind?: KindName | 'any' | undefined;
  /** Undefined: the seed decides. */
  readonly rich?: boolean | undefined;
  /** Of a rich story; undefined: the seed decides. */
  readonly wide?: boolean | undefined;
  /** Of a rich story: devices with little room; undefined: the seed decides. */
  readonly small?: boolean | undefined;
  /** Undefined: the seed decides. */
  readonly harsh?: boolean | undefined;
  /** Slow stores and devices with Atomics; undefined: some harsh stories have them. */
  readonly stress?: boolean | undefined;
  /** The match index breaks, rows of it come late; undefined: the seed decides. */
  readonly broken?: boolean | undefined;
  /** Tables are restored to an earlier moment; undefined: the seed decides. */
  readonly restored?: boolean | undefined;
  /** Devices restore backups; undefined: the seed decides. */
  readonly copies?: boolean | undefined;
  /** Large objects to devices that append; undefined: the seed decides. */
  readonly parts?: boolean | undefined;
  /** SQLite in memory when there is none. */
  readonly store?: Store | undefined;
}

export async function createWorld(seed: number, options: WorldOptions = {}): Promise<World> {
  const random = createRandom(seed);
  // Dice of its own, so that a story without is the same story as ever.
  const dice = createRandom(~seed);
  const harsh = options.harsh ?? dice.chance(0.5);
  const faults: Faults = { rate: 0 };
  const store = restorableStore(options.store ?? sqliteStore({ file: ':memory:' }));
  const restoreDice = createRandom(seed ^ 0x6a09e667);
  const restores =
    (options.restored ?? restoreDice.chance(0.25)) ? newRestores(restoreDice, store) : undefined;
  const policy = random.pick(POLICIES);
  const { kind = 'contacts' } = options;
  const datastore = kind === 'any' ? createRandom(seed ^ 0x1f83d9ab).pick(MIX) : kind;
  const { dialects, moreDialects } = KINDS[datastore];
  const policies = { [datastore]: policy };
  const indexDice = createRandom(seed ^ 0x7f4a7c15);
  const index: IndexFaults | undefined =
    (options.broken ?? indexDice.chance(0.4))
      ? { dice: indexDice, at: { user: USER, datastore }, rate: 0.1 }
      : undefined;
  const faulty = faultyStore(index ? laggingStore(store, index) : store, random, faults);
  const more = createRandom(seed ^ 0x2545f491);
  const stress = options.stress ?? (harsh && more.chance(0.4));
  const pass = (ms: number): void => {
    server.time += ms;
  };
  const slow = stress ? slowStore(faulty, more, faults, pass) : faulty;
  const server: TestServer = await startServer({
    store: harsh ? deadlyStore(slow, dice, faults) : slow,
    policies,
  });
  const broken = index ? breakingNetwork(server, store, index) : server;
  const partsDice = createRandom(seed ^ 0x5be0cd19);
  const parts = (options.parts ?? partsDice.chance(0.3)) ? partsDice : undefined;
  const sent = faultyNetwork(harsh ? harshNetwork(broken, dice, faults) : broken, random, faults);
  const network = parts ? cutNetwork(sent, parts, faults) : sent;
  const richDice = createRandom(seed ^ 0x3c6ef372);
  const wideDice = createRandom(seed ^ 0x1b873593);
  const wide = (options.wide ?? wideDice.chance(0.6)) ? wideDice : undefined;
  const copyDice = createRandom(seed ^ 0x61c88647);
  const copies = (options.copies ?? copyDice.chance(0.3)) ? noCopies(copyDice) : undefined;
  const smallDice = createRandom(seed ^ 0x510e527f);
  const isPlain = copies === undefined && restores === undefined;
  const small = options.small ?? (smallDice.chance(0.5) && isPlain && datastore === 'contacts');
  const rich: Rich | undefined =
    (options.rich ?? (richDice.chance(0.4) || datastore !== 'contacts'))
      ? {
          random: richDice,
          removed: new Set(),
          refreshed: new Set(),
          deleted: new Map(),
          small,
          wide,
          next: 0,
        }
      : undefined;
  const renames = random.chance(0.25) && rich === undefined;
  const count = 2 + random.below(3);
  const devices = Array.from({ length: count }, (_, n) => {
    const atomic = stress && more.chance(0.4);
    const drawn = random.pick(ABILITIES);
    // Device information of 1.0 cannot say that a device takes times in UTC.
    const picked = datastore === 'calendar' && 'version' in drawn ? ABILITIES[0] : drawn;
    const { most, sizes, ...dialect } =
      (rich && richDice.pick(wide ? [...dialects, ...moreDialects] : dialects)) ?? {};
    // Older versions do not say how many values they hold.
    const limits = 'version' in picked ? {} : { ...(most && { most }), ...(sizes && { sizes }) };
    const abilities: DeviceOptions = {
      ...{ device: `device-${n}`, datastore, ...picked, ...dialect, ...limits },
      ...(atomic && { atomic }),
      ...(!('version' in picked) && parts?.chance(0.6) && appending(parts)),
    };
    const able = rich?.small ? withRoom(abilities, smallDice) : abilities;
    if (!harsh) return new Device(network, able);
    const odd: DeviceOptions = { ...able, ...dice.pick(ODDITIES) };
    // A digest of 1.0 needs the clear password, which is not kept.
    return new Device(network, abilities.version === '1.0' ? { ...odd, auth: 'basic' } : odd);
  });
  faults.rate = random.pick([0, 0.02, 0.06, 0.12]);
  return {
    random,
    dice: harsh ? dice : undefined,
    faults,
    index,
    restores,
    copies,
    parts,
    store,
    server,
    datastore,
    devices,
    written: new Map(),
    authors: new Map(),
    latest: new Map(),
    deleted: new Set(),
    refreshing: new Set(),
    crmRecords: [],
    story: {
      seed,
      lines: [
        Object.entries({
          ...{
            [datastore]: true,
            [`faults ${faults.rate}`]: true,
            [`${count} devices`]: true,
            [policy]: true,
          },
          ...{ harsh, 'slow and atomic': stress, wide: rich?.wide, rich: rich && !rich.wide },
          ...{ 'little room': rich?.small, 'broken index': index, 'restored tables': restores },
          ...{ copies, 'large objects': parts },
        })
          .filter(([, is]) => is)
          .map(([name]) => name)
          .join(', '),
      ],
    },
    // Two contents of one thing, or a thing that changes its name, may rightly be two items.
    twins: policy === 'keep-both' || renames,
    calm: faults.rate === 0,
    forgotten: false,
    renames,
    rich,
    names: 0,
  };
}

/** A device that appends, and whether the server knows that. */
const appending = (dice: Random): DeviceOptions => ({
  ...{ appends: true, maxMsgSize: 4_000 },
  ...(dice.chance(0.5) && { oem: 'Synthesis AG' }),
});

/** Of an item as the device has it. */
export const nameOn = ({ options }: Device, text: string): string =>
  nameIn(options.type?.includes('sif') ? readFrom(options, text) : text);
