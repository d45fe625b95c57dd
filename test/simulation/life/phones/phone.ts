/** A program that holds items of one kind on a device which we did not build: how it reads, shows and writes them. */
import type { DeviceOptions } from '../../../kit/device.ts';
import type { Facts, LifeKind } from '../facts.ts';

export interface Phone {
  readonly name: string;
  readonly kind: LifeKind;
  /** What it says of itself: the content type, its properties and how much of them it holds, where it tells that. */
  readonly options: Pick<DeviceOptions, 'type' | 'typeVersion' | 'properties' | 'most' | 'sizes'>;
  /** What its user sees of an item that came, or that it wrote itself. */
  readonly read: (text: string) => Facts;
  /** As it writes what its user sees. */
  readonly write: (facts: Facts) => string;
  /** What it can hold of these facts. What it holds as it is: `holds(holds(facts))` is `holds(facts)`. */
  readonly holds: (facts: Facts) => Facts;
  /**
   * Kinds of facts that it sends back narrower than it got them, without its user's doing: a due time as its day, a
   * series as its first occurrence. Nobody can tell that from an edit.
   */
  readonly narrows?: readonly string[];
  /** An item that comes in the place of one that it has; where it is not said, the old one is gone. */
  readonly over?: (text: string, before: string) => string;
  /** Kinds of facts for which it has fields that it sends empty, too: that they are gone is believed from the first time on. */
  readonly sendsEmpty?: readonly string[];
  /** It tells no zone: others know the steady clock alone by which a series of it began (ADR 24). */
  readonly tellsNoZone?: boolean;
  /**
   * Kinds of facts of many of which it has room for some, or slots of certain kinds. Which of them it has, is the server's
   * choice, which may lend a slot of another kind to a value.
   */
  readonly roomy?: readonly string[];
}

/** What the program keeps of an item that it gets, in the place of `before`: the text is its own from then on. */
export function kept(phone: Phone, text: string, before?: string): string {
  const whole = before === undefined || phone.over === undefined ? text : phone.over(text, before);
  return phone.write(phone.holds(phone.read(whole)));
}

/** Does it take the items of the plug-ins of Outlook? */
export const isOutlook = ({ options }: Phone): boolean => options.type?.startsWith('text/x-s4j') === true;
