/**
 * Devices that hold items twice: a user imports a backup beside what is there, deletes items and restores them, or restores a
 * backup by which the old LUIDs are gone without anybody saying so. Nobody else may get a double of it.
 *
 * Two items of one name are right only where a copy was changed by itself, or came in a comparison before the server knew it
 * for a copy.
 */
import type { Device } from '../kit/device.ts';
import type { Random } from './random.ts';

type Names = Map<string, Set<string>>;

export interface Copies {
  readonly dice: Random;
  /**
   * By device: names of which it has, or had, copies; those that no two-way sync has told yet, and those among them of which
   * the copy alone is left; LUIDs that hide lost ones.
   */
  readonly made: Names;
  readonly untold: Names;
  readonly moved: Names;
  readonly hiding: Names;
  /** Names that may rightly be two items. */
  readonly parted: Set<string>;
}

export const noCopies = (dice: Random): Copies => ({
  ...{ dice, made: new Map(), untold: new Map(), moved: new Map(), hiding: new Map(), parted: new Set() },
});

const note = (names: Names, label: string, name: string): void => {
  names.set(label, (names.get(label) ?? new Set()).add(name));
};

/** Makes copies of some items of the device. `deleted` gets the names that it deletes first. Gives a line for the story. */
export function makeCopies(
  copies: Copies,
  device: Device,
  deleted: Set<string>,
  nameOn: (text: string) => string,
): string {
  const { dice, made, untold, moved, hiding } = copies;
  const label = device.options.device ?? '';
  const how = dice.pick(['imports', 'restores before deleting', 'restores', 'loses and restores'] as const);
  const luids = [...device.items.keys()].filter(() => dice.chance(0.5));
  const lines = luids.flatMap((luid) => {
    const text = device.items.get(luid) ?? '';
    const name = nameOn(text);
    // A backup has what the last sync left, and what hides a lost item is not lost, too.
    if (device.isEdited(luid) || device.isUnmapped(luid) || !isFreeToEdit(copies, label, luid)) return [];
    if (how === 'loses and restores') device.lose(luid);
    if (how === 'restores') {
      device.delete(luid);
      deleted.add(name);
    }
    const copy = device.add(text);
    if (how === 'loses and restores') note(hiding, label, copy);
    if (how === 'restores before deleting') {
      device.delete(luid);
      note(moved, label, name);
    }
    note(made, label, name);
    note(untold, label, name);
    return [`${name} (${luid}) as ${copy}`];
  });
  return `${label} ${how} ${lines.join(', ')}`;
}

/** A copy that stands for a lost one is not edited: its server still takes the lost one for a copy that was not edited. */
export const isFreeToEdit = ({ hiding }: Copies, label: string, luid: string): boolean =>
  hiding.get(label)?.has(luid) !== true;

/**
 * Did a device lose an item without a word whose restored copy may stand for an equal item of another device? Then only a
 * comparison tells that it misses one of them.
 */
export const hidesLoss = (
  { hiding, parted }: Copies,
  device: Device,
  nameOn: (text: string) => string,
): boolean =>
  [...(hiding.get(device.options.device ?? '') ?? [])].some((luid) =>
    parted.has(nameOn(device.items.get(luid) ?? '')),
  );

/** A copy that was edited before it was told is no copy. Where it alone is left, the item itself was deleted. */
export function noteEdited(
  { made, moved, parted }: Copies,
  { label, name, deleted }: { label: string; name: string; deleted: Set<string> },
): void {
  if (made.get(label)?.has(name) === true) parted.add(name);
  if (moved.get(label)?.has(name) === true) deleted.add(name);
}

/** A device compares, or is told of changes before it tells of its copies: what it has not told yet is new then. */
export function noteCompared({ untold, parted }: Copies, label: string, code: number): void {
  if (code === 201 || code === 203 || code === 204)
    for (const name of untold.get(label) ?? []) parted.add(name);
}

export function noteSynced({ untold, moved, hiding }: Copies, label: string, code: number): void {
  if (code !== 204) for (const names of [untold, moved]) names.delete(label);
  if (code === 201 || code === 203 || code === 205) hiding.delete(label);
}

/** So much time has passed that versions are gone, by which copies are known. */
export function noteSeason({ made, parted }: Copies): void {
  for (const names of made.values()) for (const name of names) parted.add(name);
}

/** Did any device have copies of it? */
export const hasCopies = ({ made }: Copies, name: string): boolean =>
  [...made.values()].some((names) => names.has(name));
