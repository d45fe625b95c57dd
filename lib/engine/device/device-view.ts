/**
 * What follows from the device for one datastore: in which format it gets items, what it can hold of them, which
 * properties it lists and has sent. Derived once a step, from its device information, its anchor and its database.
 */
import { printFilter } from '../../filter/print.ts';
import type { DevInfDataStore } from '../../message/devinf-model.ts';
import type { Content } from '../../pim/content.ts';
import type { DeviceCapabilities } from '../../pim/device/capabilities.ts';
import { type Capacities, united } from '../../pim/device/capacity.ts';
import { readCapacities } from '../../pim/device/capacity-words.ts';
import { type FormattedItem, seenOf, writeItem } from '../../pim/device/format-item.ts';
import { isListed, type SeriesThen, seriesThen } from '../../pim/device/series-forms.ts';
import { digest } from '../../pim/digest.ts';
import { type Format, writtenAs } from '../../pim/formats/registry.ts';
import { isAliased, otherNames } from '../../pim/formats/vcard/aliases.ts';
import { isStoredOtherwise, OF_SERIES } from '../../pim/properties/table.ts';
import type { Got, ItemView } from '../changes/peer-context.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { datastoreNamed, isCalendar } from '../model/datastores.ts';
import type { Guid } from '../model/ids.ts';
import type { Learned } from '../model/learned.ts';
import type { Anchor } from '../model/records.ts';
import type { SessionState } from '../model/session-state.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { capabilitiesOf } from './capabilities.ts';
import { type DateWindow, dateWindow } from './date-window.ts';
import { acceptedTypes, databaseNamed, formatTaken } from './formats.ts';
import type { KnownDevice } from './known-device.ts';
import { learnedBy } from './learned.ts';
import { hasOldSeries, lacking, namesListed, newNames } from './listed-names.ts';
import { toldCapacities } from './told-capacity.ts';

interface DeviceFacts {
  readonly device: KnownDevice;
  readonly session: Pick<SessionState, 'version' | 'maxMsgSize' | 'maxObjSize'>;
  readonly datastore: DatastoreState;
  readonly anchor: Anchor | undefined;
  /** Epoch ms. */
  readonly now: number;
}

export class DeviceView {
  private readonly of: DeviceFacts;
  private readonly devInf: KnownDevice['devInf'];
  private readonly typeSentInSession: string | undefined;
  private readonly kind: DatastoreState['kind'];
  /** The entry of the client's database in the device information (D02). */
  readonly database: DevInfDataStore | undefined;
  /** Names of all properties that the device lists, sorted. Undefined when it lists none: then it may hold all. */
  readonly listedProperties: readonly string[] | undefined;
  /** What the device with this software has shown of itself by the items that it sent. */
  readonly learned: Learned;
  /** Properties that the device has sent so far (D19). */
  readonly sentProperties: ReadonlySet<string>;
  /**
   * Names that the device lists now and did not list when it last got items: its items still lack these properties.
   */
  readonly newlyListed: ReadonlySet<string>;
  /** Does the device have its series in the form of before? */
  readonly hasOldSeries: boolean;
  /** The ends of the lists of dates that the device has and gets in place of rules. */
  readonly dateWindow: DateWindow;
  private readonly capabilities = new Map<string, DeviceCapabilities>();
  private newForm: boolean | undefined;
  private room: Capacities | undefined;

  constructor(of: DeviceFacts) {
    const { device, datastore, anchor, now } = of;
    this.of = of;
    this.devInf = device.devInf;
    this.typeSentInSession = datastore.client.lastSentType;
    this.kind = datastore.kind;
    this.dateWindow = dateWindow(anchor, now, !traitsOf(datastore).isComplete);
    this.database = databaseNamed(device.devInf, datastore.uris.client);
    this.listedProperties = device.options.ignoreCTCap === true ? undefined : namesListed(this.database);
    this.learned = learnedBy(device.devInf, anchor);
    this.sentProperties = new Set(this.learned.sentProperties);
    this.newlyListed = newNames(anchor, this.listedProperties, this.newlyNamed());
    this.hasOldSeries = isCalendar(datastore.name) && hasOldSeries(anchor);
  }

  /** Was the view derived from this device information and this anchor, in a sync of this kind? */
  isOf(device: KnownDevice, anchor: Anchor | undefined): boolean {
    const { datastore } = this.of;
    const isOf = this.devInf === device.devInf && this.of.anchor === anchor && this.kind === datastore.kind;
    return isOf && this.typeSentInSession === datastore.client.lastSentType;
  }

  /** Content type of the item that the device sent last, with its version if it is not the usual one. */
  get lastSentType(): string | undefined {
    return this.typeSentInSession ?? this.of.anchor?.lastSentType;
  }

  /**
   * The format for items that are stored under this type; undefined when the device takes none that they can have.
   */
  formatFor(stored: string): Format | undefined {
    return formatTaken(this.of.datastore.name, this.database, this.lastSentType, stored);
  }

  /** The item as the device gets it, with lists of dates up to this day. */
  written(content: Content, guid: Guid, until = this.dateWindow.written): FormattedItem {
    const format = this.formatFor(content.type);
    return writeItem(content, format, format && this.capabilitiesFor(format, until), guid);
  }

  /** Does the device get the item with a list of dates in place of its rule, now or later? */
  getsDates(content: Content): boolean {
    const format = this.formatFor(content.type);
    return format !== undefined && isListed(content, format, this.capabilitiesFor(format));
  }

  /** What the device sees of items. */
  get itemView(): ItemView {
    const unseen = this.newlyListed;
    return {
      seen: (content, guid) => this.seen(content, guid),
      ...(unseen.size > 0 && { seenThen: (content, guid) => this.seen(content, guid, unseen) }),
      got: (content, guid) => this.got(content, guid),
      heldProperties: this.listedProperties === undefined ? this.sentProperties : 'all',
      capacities: this.heldCapacities,
      unseenIn: (content) => this.unseenIn(content),
      changed: this.hasNewForm,
    };
  }

  /** Names of properties of the item that the device can hold, or gets in another form, and did not get like this. */
  unseenIn(content: Content): ReadonlySet<string> {
    return this.seriesThen(content) ? new Set([...this.newlyListed, ...OF_SERIES]) : this.newlyListed;
  }

  private got(content: Content, guid: Guid): Got {
    const then = this.seriesThen(content);
    const unseen = new Set([...this.newlyListed, ...(then?.unseen ?? [])]);
    return { seen: this.seen(then?.content ?? content, guid), unseen };
  }

  private seriesThen(content: Content): SeriesThen | undefined {
    const format = this.hasOldSeries ? this.formatFor(content.type) : undefined;
    return format && seriesThen(content, format, this.capabilitiesFor(format));
  }

  /** May there be items that the device got otherwise than it would get them now? */
  get hasUnseen(): boolean {
    return this.newlyListed.size > 0 || this.hasOldSeries;
  }

  private seen(content: Content, guid: Guid, without?: ReadonlySet<string>): Content {
    const format = this.formatFor(content.type);
    const all = format && this.capabilitiesFor(format, this.dateWindow.seen);
    return seenOf(content, format, without ? all && lacking(all, without) : all, guid);
  }

  /** How much of each property the device holds: what it has shown, and what its device information tells. */
  private get heldCapacities(): Capacities {
    const { device } = this.of;
    this.room ??= united(
      readCapacities(this.learned.capacities ?? []),
      toldCapacities(this.database, device.options),
    );
    return this.room;
  }

  /**
   * Does the device get items in another form than last time: another content type, other limits of the properties that
   * it listed then? Properties that it lists only now are in `newlyListed`.
   */
  get hasNewForm(): boolean {
    this.newForm ??= this.compareForms();
    return this.newForm;
  }

  /**
   * A short hash of the content type and of the limits of these properties, by default of all that the device lists.
   * Undefined when the device takes no format of the datastore. `isEarlier`: as it was before devices got properties under
   * the names that they list for them.
   */
  formHashFor(names: readonly string[] | undefined, isEarlier = false): string | undefined {
    const { name } = this.of.datastore;
    const format = this.formatFor(datastoreNamed(name)?.types[0].type ?? '');
    if (format === undefined) return undefined;
    const { properties } = this.capabilitiesFor(format);
    const listed = properties && (names ?? [...properties.keys()].sort());
    const limits = listed?.map((one) => properties?.get(one) ?? 0);
    const renamed = !isEarlier && listed?.some(isAliased) === true ? ['renamed'] : [];
    return digest(JSON.stringify([writtenAs(format), limits ?? 'all', ...renamed])).slice(0, 8);
  }

  /** A short hash of what the device information says of the database; undefined when it says nothing. */
  get description(): string | undefined {
    const { database } = this;
    return database && digest(JSON.stringify([database.rxPref, database.rx, database.ctCaps])).slice(0, 8);
  }

  /** The client's MaxObjSize for the datastore (L02, L13), bytes. */
  get maxObjSize(): number | undefined {
    return this.of.datastore.client.maxObjSize ?? this.of.session.maxObjSize;
  }

  /** Can the client take chunks? Without device information every client of 1.1 and later is believed to (L14). */
  get takesChunks(): boolean {
    const { devInf } = this;
    return this.of.session.version !== '1.0' && (devInf === undefined || devInf.supportLargeObjs === true);
  }

  /**
   * What the sync set is chosen by, as a text for the anchor: content types, largest object, filter. When it has
   * changed since the last session the whole datastore is looked at. So items that the client could not take need not
   * be remembered.
   */
  get syncSet(): string {
    const { filter } = this.of.datastore.client;
    const asked = filter && `${filter.inclusive ? 'I' : 'E'} ${printFilter(filter.record)}`;
    // Without chunks an item must fit a message.
    const messageSize = this.takesChunks ? '' : `${this.of.session.maxMsgSize ?? 'any'}`;
    return [acceptedTypes(this.database).join(','), this.maxObjSize ?? '', messageSize, asked ?? '']
      .join(' ')
      .trim();
  }

  private capabilitiesFor({ type }: Format, datesUntil = this.dateWindow.written): DeviceCapabilities {
    const key = `${type} ${datesUntil}`;
    const known = this.capabilities.get(key);
    if (known !== undefined) return known;
    const { device, anchor } = this.of;
    const of = { database: this.database, type, sentProperties: anchor?.sentProperties };
    const made = { ...capabilitiesOf(device, of), datesUntil };
    this.capabilities.set(key, made);
    return made;
  }

  private compareForms(): boolean {
    const { formHash, listedProperties } = this.of.anchor ?? {};
    if (formHash === undefined) return false;
    // The values of BEGIN are parts of items. Other new names matter where items are stored under another name.
    const hasNewNames = [...this.newlyListed].some((name) => name === 'BEGIN' || isStoredOtherwise(name));
    return (
      hasNewNames ||
      [false, true].every((isEarlier) => formHash !== this.formHashFor(listedProperties, isEarlier))
    );
  }

  /** Names of the item for what the device lists under others, if it never got it under those. */
  private newlyNamed(): readonly string[] {
    const { formHash, listedProperties: names } = this.of.anchor ?? {};
    if (formHash === undefined || names?.some(isAliased) !== true) return [];
    return formHash === this.formHashFor(names, true) ? otherNames(names) : [];
  }
}
