/** The context of the properties of one item, for reading from vCalendar 1.0 and for writing to it. */

import type { DayClock } from '../../time/all-day.ts';
import type { Times } from '../../time/times.ts';
import type { Component, Property } from '../../vobject/model.ts';

/** How the times of an item from a device are read. */
export interface TimeFrame {
  /** The zone of times that name no zone. */
  readonly zone: string | undefined;
  /** For an all-day item: converts a time to the local time that was meant. */
  readonly clock: DayClock | undefined;
  /** Is the item a series? Then its times in UTC are converted to its zone, because a series keeps its local time there. */
  readonly repeats: boolean;
  /** The object that contains the item. It may define zones. */
  readonly calendar: Component;
}

export interface ReadFrame extends TimeFrame {
  /** VEVENT, VTODO ... */
  readonly kind: string;
  /** The start of the item in the stored form. */
  readonly start: Property | undefined;
}

/** What a device needs in vCalendar 1.0 that others do not. */
export interface VcalendarNeeds {
  /** Does it tell days by the type of an entry in the agenda of Symbian (E05)? */
  readonly entryTypes?: boolean | undefined;
  /** Are its alarms in UTC, even if its times are local (E10)? */
  readonly alarmsInUtc?: boolean | undefined;
  /** Does it read the zone of a series inside the event (E18)? */
  readonly zoneInEvent?: boolean | undefined;
}

/** The capabilities of a device that takes vCalendar 1.0. */
export interface VcalendarDevice extends VcalendarNeeds {
  /** Does the device take times in UTC? */
  readonly utc: boolean;
  /**
   * The names of the properties that the device lists, in upper case. Undefined if it lists none: then any alarm is
   * written.
   */
  readonly listed?: readonly string[] | undefined;
  /** See DeviceCapabilities. */
  readonly datesUntil?: string;
}

/** How the properties of a stored item are written. */
export interface WriteFrame extends VcalendarDevice {
  /** The zone of local times: that of the series in the object, or else that of the start. */
  readonly zone: string | undefined;
  readonly times: Times;
  readonly start: Property | undefined;
}
