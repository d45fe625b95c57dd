/** Bugs in who holds which item under which LUID. */
import type * as MappingModule from '../../../../lib/engine/changes/mapping.ts';
import { peerOfDevice } from '../../../../lib/engine/model/ids.ts';
import type * as LuidsModule from '../../../../lib/engine/model/luids.ts';
import type { Luids } from '../../../../lib/engine/model/luids.ts';
import type { SessionState } from '../../../../lib/engine/model/session-state.ts';
import type * as HeldEqual from '../../../../lib/engine/receive/held-equal.ts';
import type * as Due from '../../../../lib/engine/state/due.ts';
import type { Write } from '../../../../lib/store/port/port.ts';
import { unpackJson } from '../../../../lib/store/rows/pack.ts';
import { type Bug, plant } from '../bug.ts';
import { smallPortions } from '../small-portions.ts';
import { rowPut, type SpoilWrite, spoiledWrites, withAttributes } from '../spoiled-writes.ts';
import { harsh, life, PLAIN, story } from '../tells.ts';

const layer = 'mapping';
const MAPPING = 'lib/engine/changes/mapping.ts';

/** Of several LUIDs under which a peer holds an item the first one is written. */
const keepFirst: SpoilWrite = (write) => {
  const only = (luids: unknown): Luids =>
    JSON.parse(JSON.stringify(luids), (_, one) => (Array.isArray(one) ? one[0] : one));
  if (write.op === 'set' && /^I#/.test(write.key.sk))
    return { ...write, attributes: { ...write.attributes, luids: only(write.attributes.luids) } };
  const row = rowPut(write, /^I#/);
  return row === undefined ? write : withAttributes(write, row, { luids: only(row.attributes.luids) });
};

/** A LUID that is noted in the settled generation during a comparison counts in the new one, too. */
function mapNames(write: Write, all: readonly Write[]): Write | undefined {
  if (write.op !== 'set' || !/^I#/.test(write.key.sk)) return write;
  const session = all.flatMap((other) => rowPut(other, /^S$/) ?? [])[0];
  if (session === undefined) return write;
  const { device, datastores } = unpackJson(session.blob) as SessionState;
  const [compared] = datastores.filter(({ kind, progress }) => kind === 'slow' && progress === 'receiving');
  const { generation = 0, settled = 0 } = compared?.mapping ?? {};
  const luids = write.attributes.luids as Luids;
  const own = luids[peerOfDevice(device)] ?? {};
  const luid = own[settled];
  if (luid === undefined || own[generation] !== undefined) return write;
  const named = { ...luids, [peerOfDevice(device)]: { ...own, [generation]: luid } };
  return { ...write, attributes: { ...write.attributes, luids: named } };
}

export const MAPPING_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell: story(PLAIN), seeds: [1] },
    name: 'a Map is not kept',
    plants: [spoiledWrites((write) => (write.op === 'set' && /^I#/.test(write.key.sk) ? undefined : write))],
  },
  {
    ...{ layer, tell: story({ ...PLAIN, broken: true }), seeds: [49] },
    name: 'an early Map counts as naming in a comparison',
    plants: [spoiledWrites(mapNames)],
  },
  {
    ...{ layer, tell: story({ ...PLAIN, copies: true, broken: false }), seeds: [7] },
    name: 'the mapping keeps one LUID of an item of which a device has copies',
    plants: [spoiledWrites(keepFirst)],
  },
  {
    ...{ layer, tell: story({ ...PLAIN, broken: true, copies: true }), seeds: [5] },
    name: 'an item that the device holds already is added as a new one',
    plants: [
      smallPortions,
      plant<typeof HeldEqual>('lib/engine/receive/held-equal.ts', () => ({ findHeldEqual: () => undefined })),
    ],
  },
  {
    ...{ layer, tell: harsh, seeds: [20] },
    name: 'a LUID stays with its item when the device deleted its copy',
    plants: [plant<typeof MappingModule>(MAPPING, () => ({ dropLuid: () => {} }))],
  },
  {
    ...{ layer, tell: harsh, seeds: [0] },
    name: 'a Map in a comparison counts for the generation before it',
    plants: [
      plant<typeof MappingModule>(MAPPING, ({ mapLuid }) => ({
        mapLuid: (peer, ...rest) => mapLuid({ ...peer, generation: peer.settled }, ...rest),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a comparison throws the LUIDs of before away when it begins, not when it ends',
    plants: [
      plant<typeof LuidsModule>('lib/engine/model/luids.ts', ({ withLuidsOf }) => ({
        withLuidsOf: (luids, peer, { generation }, values) =>
          withLuidsOf(luids, peer, { generation, settled: generation }, values),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a short GUID is looked for in the session of its Map alone, not in those before',
    plants: [plant<typeof Due>('lib/engine/state/due.ts', () => ({ sessionsBefore: () => [] }))],
  },
];
