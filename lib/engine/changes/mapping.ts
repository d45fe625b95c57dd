/** Which item a peer means by a LUID: its mapping, as this step leaves it so far. */
import { luid as asLuid, derivedGuid, type Guid, type Luid } from '../model/ids.ts';
import { type Item, luidOf, withLuid } from '../model/records.ts';
import { itemAt, type Ledger, type Side, unitOf } from './change-set.ts';

/** The peer holds the item under this LUID from now on (undefined: no longer). Also writes the way back where needed. */
export function setLuid(ledger: Ledger, side: Side, guid: Guid, luid: Luid | undefined): void {
  const item = itemAt(ledger, side.datastore, guid);
  const known = item === undefined ? undefined : luidOf(item, ledger.peer, side);
  if (known !== luid) {
    const unit = unitOf(ledger, side.datastore, guid);
    const luids = withLuid(unit.item.luids, ledger.peer, side, luid);
    unit.item = { ...unit.item, luids };
  }
  if (luid !== undefined && guidOf(ledger, side, luid) !== guid) mapLuid(ledger, side, guid, luid);
}

const mappedKey = ({ datastore, generation }: Side, luid: Luid): string =>
  JSON.stringify([datastore, generation, luid]);

function mapLuid(ledger: Ledger, side: Side, guid: Guid, luid: Luid): void {
  const key = mappedKey(side, luid);
  const earlier = ledger.mapped.get(key);
  if (earlier !== undefined) {
    const unit = unitOf(ledger, side.datastore, earlier);
    const at = unit.mappings.findIndex((m) => m.luid === luid && m.generation === side.generation);
    if (at >= 0) unit.mappings.splice(at, 1);
  }
  ledger.mapped.set(key, guid);
  unitOf(ledger, side.datastore, guid).mappings.push({ generation: side.generation, luid });
}

/** GUID that this peer's adding of `luid` makes; `salt` makes another one where that is taken. */
export const birthGuid = (ledger: Ledger, side: Side, luid: Luid, salt = ''): Guid =>
  derivedGuid({
    user: ledger.user,
    peer: ledger.peer,
    datastore: side.datastore,
    generation: side.generation,
    luid: salt === '' ? luid : JSON.stringify([luid, salt]),
  });

/** The GUID that a LUID means now: the mapping row's, else the derived one. */
function guidOf(ledger: Ledger, side: Side, luid: Luid): Guid {
  const { datastore, generation } = side;
  const mapped = ledger.mapped.get(mappedKey(side, luid));
  if (mapped !== undefined) return mapped;
  const row = ledger.facts.need({
    read: 'mapping',
    user: ledger.user,
    peer: ledger.peer,
    datastore,
    generation,
    luid,
  });
  return row ?? birthGuid(ledger, side, luid);
}

/**
 * The item that the peer means by a LUID. It counts only while the peer holds it under this LUID, or while it is
 * deleted and the peer does not hold it at all: a LUID that the peer gave up may come back for something else.
 * `also` asks for what will be wanted with the item.
 */
export function resolve(
  ledger: Ledger,
  side: Side,
  text: string,
  also?: (guid: Guid) => void,
): Item | undefined {
  const luid = asLuid(text);
  // Both are asked for at once: the item is wanted in the same round.
  const derived = itemAt(ledger, side.datastore, birthGuid(ledger, side, luid));
  const guid = guidOf(ledger, side, luid);
  also?.(guid);
  const item = guid === derived?.guid ? derived : itemAt(ledger, side.datastore, guid);
  const held = item && luidOf(item, ledger.peer, side);
  return held === luid || (held === undefined && item?.content === undefined) ? item : undefined;
}
