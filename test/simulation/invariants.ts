/** What must hold after quiet time, checked against what everybody did (docs/architecture.md, what holds). */
import { readReviews, readVersions } from '../../lib/app/changes.ts';
import type { Guid } from '../../lib/engine/model/ids.ts';
import { isUsual } from '../../lib/pim/properties/table.ts';
import { inventoryRanges, partKey } from '../../lib/store/rows/keys.ts';
import { itemFromRow } from '../../lib/store/rows/shapes.ts';
import { queryAll } from '../../lib/store/step-io/reader.ts';
import { type ContentOf, wholeContents } from '../../lib/store/step-io/whole-contents.ts';
import type { Device } from '../kit/device.ts';
import { USER } from '../kit/server.ts';
import { hasCopies } from './copies.ts';
import {
  comparable,
  isOfMany,
  linesOf,
  nameIn,
  readFrom,
  seenBy,
  valuesOf,
  writtenFor,
} from './item-texts.ts';
import { deletedStaysAway, isShownAs } from './small.ts';
import type { Rich, World } from './world.ts';

/** Throws with the first invariant that does not hold. */
export async function checkInvariants(world: World): Promise<void> {
  const { devices, store, datastore } = world;
  const at = { user: USER, datastore };
  const rows = (await Promise.all(inventoryRanges(at).map((range) => queryAll(store, range)))).flat();
  const items = rows.map((row) => itemFromRow(row.sk.slice(2) as Guid, row));
  const live = items.flatMap(({ guid, content }) => (content ? [{ guid, content }] : []));
  const contents = await wholeContents(store, at, live);
  if (contents.includes(undefined)) throw new Error('the text of an item is gone');
  await noTextExpires(world, live);
  const server = contents.flatMap((content) => content?.storedText ?? []).sort();
  for (const device of devices) {
    const { options, contents } = device;
    const [held, expected] =
      world.rich === undefined
        ? [contents, server]
        : [
            contents.map((text) => comparable(readFrom(options, text))),
            server.map((body) => comparable(keptBy(device, seenBy(options, body)))),
          ];
    if (world.copies === undefined) same(held.sort(), expected.sort(), `${options.device} and the server`);
    else same(once(held), once(expected), `${options.device} and the server`);
  }
  const names = server.map(nameIn);
  const doubles = names.filter((name, n) => names.indexOf(name) !== n && !isParted(world, name));
  const apart = await keptApart(world, live, contents);
  if (doubles.some((name) => !apart.has(name) && !isMoved(world, server, name)) && !world.twins)
    throw new Error(`doubles: ${doubles.join(', ')}`);
  for (const [name, values] of world.written) {
    if (!world.deleted.has(name) && !names.includes(name)) throw new Error(`lost: ${name}`);
    const own = server.filter((candidate) => nameIn(candidate) === name);
    const alone =
      world.authors.get(name)?.size === 1 &&
      !world.deleted.has(name) &&
      !world.twins &&
      !isParted(world, name);
    if (alone && world.rich === undefined && own[0] !== world.latest.get(name))
      throw new Error(`its only author wrote ${name} later than what stands:\n${own[0]?.slice(0, 200)}`);
    // Of changes on both sides some of the one may stand beside some of the other.
    const known = new Set([...values].flatMap(valuesOf).flatMap((value) => [value, withoutTypes(value)]));
    for (const value of own.flatMap(valuesOf))
      if (!known.has(value) && !((world.rich?.wide || world.rich?.small) && known.has(withoutTypes(value))))
        throw new Error(`nobody wrote this for ${name}:\n${value.slice(0, 200)}`);
    if (world.rich !== undefined) nothingAddedIsLost(world, world.rich, name, own);
    deletedStaysAway(world, name, own);
  }
  await checkVersions(
    world,
    items.map((item) => item.guid),
    server,
  );
  for (const device of devices) {
    const { received } = await device.sync(200);
    if (received.Add + received.Replace + received.Delete > 0) throw new Error('a quiet sync sends changes');
  }
}

/** May the name be two items? A copy of an item that somebody deleted is a new item. */
const isParted = ({ copies, deleted }: World, name: string): boolean =>
  copies !== undefined && (copies.parted.has(name) || (deleted.has(name) && hasCopies(copies, name)));

/**
 * May the name be two items because its time was changed? An appointment or a task without an id is known by its title and its
 * time where the mapping is lost, and where a copy of it was restored. With an id it is another one if the CRM deleted the first
 * and saved the name anew, which made an id of its own.
 */
function isMoved(world: World, server: readonly string[], name: string): boolean {
  const { restores, copies, forgotten, dice } = world;
  if (world.datastore === 'contacts' || !(restores || copies || forgotten || dice)) return false;
  const own = server.filter((body) => nameIn(body) === name);
  // Also where one of the two got the time of the other later.
  const texts = [...own, ...(world.written.get(name) ?? [])];
  const times = texts.map((body) => linesOf(body).find((line) => /^(DUE|DTSTART)[:;]/.test(line)));
  if (new Set(times).size === 1) return false;
  const ids = own.flatMap((body) => /^UID:Name-.*$/m.exec(body)?.[0] ?? []);
  const isAnother = world.deleted.has(name) && new Set(ids).size === own.length;
  return ids.length < own.length || isAnother;
}

/** A device may have copies of an item: they must be equal. */
const once = (values: readonly string[]): string[] => [...new Set(values)].sort();

/**
 * Names of items that were noted for a review. Where a table was restored, or the sessions of a device expired, edited
 * copies may be all that is left of an item, and they may differ so much that a person has to decide.
 */
async function keptApart(
  { store, datastore, rich, restores, forgotten }: World,
  live: readonly ContentOf[],
  contents: readonly (ContentOf['content'] | undefined)[],
): Promise<ReadonlySet<string>> {
  if (rich === undefined || !(forgotten || restores)) return restores?.twice ?? new Set();
  const nameOf = new Map(live.map(({ guid }, n) => [guid, nameIn(contents[n]?.storedText ?? '')]));
  const reviews = await readReviews(store, USER, datastore);
  const pairs = reviews.map(({ guid, other }) => [nameOf.get(guid), nameOf.get(other)]);
  const noted = pairs.flatMap(([name, other]) => (name !== undefined && name === other ? [name] : []));
  return new Set([...(restores?.twice ?? []), ...noted]);
}

/** The text of an item stays as long as the item. */
async function noTextExpires({ store, datastore }: World, live: readonly ContentOf[]): Promise<void> {
  const at = { user: USER, datastore };
  const parts = live.flatMap(({ guid, content: { hash, parts: count } }) =>
    Array.from({ length: count }, (_, n) => partKey(at, guid, hash, n)),
  );
  if ((await store.get(parts)).some(({ expires }) => expires !== undefined))
    throw new Error('the text of an item expires');
}

/** What a device with little room has of it. */
const keptBy = ({ options }: Device, body: string): string =>
  options.keeps === undefined ? body : readFrom(options, options.keeps(writtenFor(options, body)));

/** What somebody added to a field of many is there, unless somebody took it away. */
function nothingAddedIsLost(
  { twins, deleted, written, devices }: World,
  { removed, refreshed, small }: Rich,
  name: string,
  own: readonly string[],
): void {
  if (twins || deleted.has(name) || refreshed.has(name)) return;
  const there = new Set(own.flatMap(valuesOf));
  // A device with SIF shows a value with the types of its field, and writes it so.
  const untyped = new Set(devices.some(isSif) ? [...there].map(withoutTypes) : []);
  // A device with little room sends as a value of its own what it shows of another's.
  const isShown = (value: string) => small && [...there, ...removed].some((full) => isShownAs(full, value));
  for (const value of [...(written.get(name) ?? [])].flatMap(valuesOf))
    if (
      isOfMany(value) &&
      !removed.has(value) &&
      !there.has(value) &&
      !untyped.has(withoutTypes(value)) &&
      !isShown(value)
    )
      throw new Error(`added to ${name}, and lost: ${value}`);
}

/** Invariant 4: what the server once held is held still, as an item or as a version. */
async function checkVersions(
  world: World,
  guids: readonly Guid[],
  current: readonly string[],
): Promise<void> {
  const versions = await Promise.all(
    guids.map((guid) => readVersions(world.store, USER, world.datastore, guid)),
  );
  const kept = new Set([
    ...current,
    ...versions.flat().map(({ content }) => (content.isWhole ? content.storedText : '')),
  ]);
  if (world.rich !== undefined) return checkValues(world, new Set([...kept].flatMap(valuesOf)));
  for (const value of world.devices.flatMap((device) => [...device.acknowledged]))
    if (!kept.has(value))
      throw new Error(`acknowledged, but neither item nor version:\n${value.slice(0, 200)}`);
}

/** As invariant 4, value by value: a device with a dialect, or a short list, sends what is nowhere stored as a whole. */
function checkValues({ devices }: World, kept: ReadonlySet<string>): void {
  const untyped = new Set([...kept].map(withoutTypes));
  for (const { acknowledged, options } of devices)
    for (const value of [...acknowledged].flatMap((text) => valuesOf(readFrom(options, text))))
      if (
        !kept.has(value) &&
        !saysNothing(value) &&
        !(isSif({ options }) && untyped.has(withoutTypes(value))) &&
        !(options.keeps !== undefined && [...kept].some((full) => isShownAs(full, value)))
      )
        throw new Error(`acknowledged, but in no item and no version: ${value.slice(0, 200)}`);
}

/** Does an item without the property say the same? Outlook writes it always, and it is no value of the item. */
function saysNothing(line: string): boolean {
  const at = line.indexOf(':');
  return isUsual(line.slice(0, at), line.slice(at + 1));
}

const isSif = ({ options }: Pick<Device, 'options'>): boolean => options.type?.includes('sif') === true;

/** In SIF an address by mail has no type, and a number may have that of a field which it was lent. */
const withoutTypes = (value: string): string => value.replace(/^(EMAIL|TEL);[^:]*/, '$1');

function same(a: readonly string[], b: readonly string[], who: string): void {
  const missing = b.filter((value) => !a.includes(value)).map((v) => v.slice(0, 120));
  const extra = a.filter((value) => !b.includes(value)).map((v) => v.slice(0, 120));
  if (missing.length + extra.length > 0 || a.length !== b.length)
    throw new Error(
      `${who} differ (${a.length}, ${b.length})\nmissing:\n${missing.join('\n')}\nextra:\n${extra.join('\n')}`,
    );
}
