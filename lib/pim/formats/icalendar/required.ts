/**
 * What iCalendar 2.0 requires [RFC 5545 3.6], for items that lack it: other formats have no ids, no writer and alarms
 * without texts. It is made of the item, so that an item that nobody changed is written as it was before.
 */

import { isEmpty } from '../../properties/parameters.ts';
import { type Component, firstOf, type Property, property, valueIn, withEach } from '../../vobject/model.ts';

const PRODUCT = '-//Serverless SyncML//EN';
/** The time of writing of an item that tells no time. The clock would make a new item of it each time. */
const NO_TIME = '19700101T000000Z';
/** The text of an alarm of an item without a title. */
const NO_TITLE = 'Reminder';

/** The states of each component [RFC 5545 3.8.1.11]. A component that is not listed has none. */
const STATES: { readonly [component: string]: readonly string[] } = {
  VEVENT: ['TENTATIVE', 'CONFIRMED', 'CANCELLED'],
  VTODO: ['NEEDS-ACTION', 'COMPLETED', 'IN-PROCESS', 'CANCELLED'],
  VJOURNAL: ['DRAFT', 'FINAL', 'CANCELLED'],
};

const ALL_STATES = new Set(Object.values(STATES).flat());

/** The name of a state that the component does not have: of an event that is not begun, of a task that was sent. */
const OTHER_STATE = 'X-STATUS';

/**
 * The properties of a component that was written here, with such a state under its own name. A state that a device set wins.
 * Another program's property of this name, with another value, stays as it is.
 */
export function withOtherState(properties: readonly Property[]): readonly Property[] {
  const isOther = ({ name, value }: Property) => name === OTHER_STATE && ALL_STATES.has(value);
  const other = properties.find(isOther);
  if (other === undefined) return properties;
  const hasState = properties.some(({ name }) => name === 'STATUS');
  return properties.flatMap((one) => {
    if (!isOther(one)) return [one];
    return one === other && !hasState ? [{ ...one, name: 'STATUS' }] : [];
  });
}

/** Is it written even if the device does not list it? */
export const isRequired = (name: string): boolean => ['UID', 'DTSTAMP', 'PRODID'].includes(name);

/** The calendar with all that is required, and with its states. `uid` makes an id where there is none. */
export function withRequired(calendar: Component, uid: () => string): Component {
  const known = calendar.components.map((part) => valueIn(part, 'UID') ?? '').find((id) => id !== '');
  const id = known ?? (calendar.components.some(({ name }) => name in STATES) ? uid() : '');
  const components = withEach(calendar.components, (part) =>
    part.name in STATES ? partWithRequired(part, id) : part,
  );
  const properties = withMissing(calendar.properties, [property('PRODID', PRODUCT)]);
  const isWhole = components === calendar.components && properties === calendar.properties;
  return isWhole ? calendar : { ...calendar, properties, components };
}

function partWithRequired(part: Component, uid: string): Component {
  const states = STATES[part.name] ?? [];
  const own = withEach(part.properties, (one) =>
    one.name !== 'STATUS' || states.includes(one.value) ? one : { ...one, name: OTHER_STATE },
  );
  const properties = withMissing(own, [property('UID', uid), property('DTSTAMP', stampOf(part))]);
  const title = valueIn(part, 'SUMMARY') ?? '';
  const components = withEach(part.components, (inner) =>
    inner.name === 'VALARM' ? alarmWithRequired(inner, title.trim() === '' ? NO_TITLE : title) : inner,
  );
  const isWhole = components === part.components && properties === part.properties;
  return isWhole ? part : { ...part, properties, components };
}

const stampOf = (part: Component): string =>
  ['LAST-MODIFIED', 'CREATED']
    .map((name) => valueIn(part, name) ?? '')
    .find((time) => /^\d{8}T\d{6}Z$/.test(time)) ?? NO_TIME;

/** The list with those of `required` whose names it lacks. An empty property counts as none. */
function withMissing(list: readonly Property[], required: readonly Property[]): readonly Property[] {
  const missing = required.filter(({ name }) => !list.some((one) => one.name === name && !isEmpty(one)));
  return missing.length === 0 ? list : [...list, ...missing];
}

/** An alarm that shows has a text; one that sends a mail has a title, a text and a mailbox, or else it shows [RFC 5545 3.6.6]. */
function alarmWithRequired(alarm: Component, title: string): Component {
  const action = valueIn(alarm, 'ACTION')?.trim().toUpperCase() ?? '';
  const isMail = action === 'EMAIL' && firstOf(alarm, 'ATTENDEE') !== undefined;
  const isShown = action === 'DISPLAY' || action === '' || (action === 'EMAIL' && !isMail);
  if (!isMail && !isShown) return alarm;
  const own =
    isShown && action !== 'DISPLAY'
      ? alarm.properties.filter(({ name }) => name !== 'ACTION')
      : alarm.properties;
  const texts = isMail ? ['DESCRIPTION', 'SUMMARY'] : ['DESCRIPTION'];
  const properties = withMissing(own, [
    property('ACTION', 'DISPLAY'),
    ...texts.map((name) => property(name, title)),
  ]);
  return properties === alarm.properties ? alarm : { ...alarm, properties };
}
