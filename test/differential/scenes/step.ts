/** The words that stories are told in: what two devices do, and when they synchronise. Stories are data. */
import type { Datastore, Mode } from '../../client/syncevolution.ts';

export const DEVICES = ['phone', 'laptop'] as const;
export type DeviceName = (typeof DEVICES)[number];

/** One place of an item's text that a user changes. `from` is looked for in the text without folded lines. */
export interface TextChange {
  readonly from: string | RegExp;
  readonly to: string;
}

interface OnDevice {
  readonly device: DeviceName;
}
interface OfItem extends OnDevice {
  readonly datastore: Datastore;
}

export interface AddStep extends OfItem {
  readonly does: 'add';
  /** The name of the file. */
  readonly file: string;
  readonly text: string;
}
export interface EditStep extends OfItem {
  readonly does: 'edit';
  /** A text that stands in this item of the device and in no other. */
  readonly item: string;
  readonly changes: readonly TextChange[];
}
export interface DeleteStep extends OfItem {
  readonly does: 'delete';
  /** As of an edit. */
  readonly item: string;
}
export interface SyncStep extends OnDevice {
  readonly does: 'sync';
  readonly mode: Mode;
  /** Empty: those of the scene. */
  readonly datastores: readonly Datastore[];
}
export type Step = AddStep | EditStep | DeleteStep | SyncStep;

export interface Scene {
  /** Lower case and hyphens. */
  readonly name: string;
  readonly about: string;
  readonly datastores: readonly Datastore[];
  /** These devices send and take vCard 2.1 and vCalendar 1.0 only. */
  readonly oldFormats?: readonly DeviceName[];
  /** Bytes; 150,000 when it is not said. */
  readonly maxMsgSize?: number;
  /** At the end both devices synchronise until there is no news: that is not said here. */
  readonly steps: readonly Step[];
}

/** `on('phone', 'contacts').edit('Ada', ['+49 1', '+49 2'])` */
export const on = (device: DeviceName, datastore: Datastore) => ({
  add: (file: string, text: string): AddStep => ({ does: 'add', device, datastore, file, text }),
  edit: (item: string, ...changes: (readonly [from: string | RegExp, to: string])[]): EditStep => ({
    ...{ does: 'edit', device, datastore, item },
    changes: changes.map(([from, to]) => ({ from, to })),
  }),
  delete: (item: string): DeleteStep => ({ does: 'delete', device, datastore, item }),
});

export const sync = (
  device: DeviceName,
  mode: Mode = 'two-way',
  ...datastores: readonly Datastore[]
): SyncStep => ({ does: 'sync', device, mode, datastores });

/** The first sync of both, after which both hold the same. */
export const FIRST: readonly Step[] = [sync('phone', 'slow'), sync('laptop', 'slow'), sync('phone')];
/** Both synchronise until there is no news. */
export const SETTLE: readonly Step[] = [sync('phone'), sync('laptop'), sync('phone'), sync('laptop')];
