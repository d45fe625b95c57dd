/** What a device has shown of itself by the items that it sent to a datastore. Plain data in its anchor. */
export interface Learned {
  /** Names of the properties that it has sent, if its device information lists none. */
  readonly sentProperties?: readonly string[];
  /** How much of each property it has shown that it holds (lib/pim/device/capacity-words.ts). */
  readonly capacities?: readonly string[];
  /** Hash of its manufacturer, model and software version. */
  readonly software?: string;
}
