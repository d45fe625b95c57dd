/** What the properties of one item have in common while they are read from vCalendar 1.0, or written in it. */

import type { DayClock } from '../../time/all-day.ts';
import type { Times } from '../../time/times.ts';
import type { Component, Property } from '../../vobject/model.ts';

/** How the times of an item that came from a device are to be read. */
export interface TimeFrame {
  /** The zone of times that name none. */
  readonly zone: string | undefined;
  /** Of an all-day item: tells the day that a time stands for. */
  readonly clock: DayClock | undefined;
  /** The item is a series: its times in UTC are kept in its zone, so that the series follows the clocks of that zone. */
  readonly repeats: boolean;
  /** The object around the item, which may define the zones that the item names. */
  readonly calendar: Component;
}

export interface ReadFrame extends TimeFrame {
  /** VEVENT, VTODO ... */
  readonly kind: string;
  /** The start of the item, as it is stored. */
  readonly start: Property | undefined;
}

/** What a device takes of vCalendar 1.0. */
export interface VcalendarDevice {
  /** The device takes times in UTC. */
  readonly utc: boolean;
  /** Upper-case names of the properties that it takes for alarms; undefined: whichever. */
  readonly alarms?: readonly string[] | undefined;
}

/** How the properties of a stored item are to be written. */
export interface WriteFrame extends VcalendarDevice {
  /** By its clocks times are told: the zone of the series in the object, else the one that the start names. */
  readonly zone: string | undefined;
  readonly times: Times;
  readonly start: Property | undefined;
}
