/** What a device can hold in items of one content type [DI12 5.3; D13-D16, D19]. Writers of items keep to it. */
import type { VcalendarNeeds } from '../formats/vcalendar/frames.ts';

export interface PropertyLimits {
  /** The most values of this property in an item. Undefined: any number. */
  readonly maxOccur?: number;
  /** The most bytes of a value. */
  readonly maxSize?: number;
  /** A longer value is left out instead of cut. */
  readonly noTruncate?: boolean;
  /** The only values that the device takes. Empty: any value. */
  readonly values: readonly string[];
}

export interface DeviceCapabilities {
  /** Does the device take times in UTC (D13)? Otherwise times are written as local times. */
  readonly utc: boolean;
  readonly charset: 'utf-8' | 'iso-8859-1';
  /** Does the device take only one event in an item of iCalendar 2.0? Then a series is written without its exceptions. */
  readonly oneEvent?: boolean;
  /** What the device needs in vCalendar 1.0 that others do not. */
  readonly vcalendar?: VcalendarNeeds;
  /** Is a long line of the first generation not broken into several (E32, E46)? */
  readonly unfolded?: boolean;
  /**
   * The last day (`yyyymmdd`) up to which the dates of a series are listed whose rule the format cannot say. Undefined: the
   * device gets such a series as a single event.
   */
  readonly datesUntil?: string;
  /**
   * The properties that the device lists, by their names in upper case. Undefined if it lists none: then everything is
   * sent, and a property that lacks in an item from the device was not deleted by the user (D19).
   */
  readonly properties?: ReadonlyMap<string, PropertyLimits>;
}

export const ALL: DeviceCapabilities = { utc: true, charset: 'utf-8' };
