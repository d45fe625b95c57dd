/**
 * Whether a task is done: STATUS, COMPLETED and PERCENT-COMPLETE are one state. Devices write one of them, or two, and some
 * leave the others as they were.
 */
import { instantOfTime, itemTime, utcTime, withTime } from '../../time/item-time.ts';
import { type Component, type Property, property, withoutParams } from '../../vobject/model.ts';

const [STATUS, DATE, PERCENT] = ['STATUS', 'COMPLETED', 'PERCENT-COMPLETE'];
/** The STATUS of a task that is done. It is spelt as the property with the date. */
const DONE = 'COMPLETED';
/** The properties that are this state. */
export const TASK_STATE: readonly string[] = [STATUS, DATE, PERCENT];

type Properties = readonly Property[];

/** The value in the state, in upper case; empty if there is none. */
export const stateValue = (properties: Properties, name: string): string =>
  properties
    .find((one) => one.name === name)
    ?.value.trim()
    .toUpperCase() ?? '';

/** Is a task done? Its STATUS says so. Without one, the date of completion does, or all of the per cent. */
export function isDone(properties: Properties): boolean {
  const status = stateValue(properties, STATUS);
  if (status !== '') return status === DONE;
  return stateValue(properties, DATE) !== '' || stateValue(properties, PERCENT) === '100';
}

/** Brings the state of a task to the stored form: a STATUS where the task is done, and the date as a time in UTC. */
export function canonicalTask(part: Component): Component {
  if (part.name !== 'VTODO') return part;
  const properties = part.properties.map((one) => (one.name === DATE ? inUtc(one) : one));
  return { ...part, properties: isDone(properties) ? asDone(properties) : properties };
}

/**
 * A day becomes its noon in UTC, which is on that day in nearly all zones. A time without a zone counts as in UTC. One in a
 * zone that only the item defines stays.
 */
function inUtc(source: Property): Property {
  const [of, time] = [withoutParams(source, 'VALUE'), itemTime(source)];
  if (time.kind === 'day') return withTime(of, { kind: 'utc', local: `${time.local}T120000` });
  const at = time.kind === 'own-zone' ? undefined : instantOfTime(time);
  return at === undefined ? source : withTime(of, utcTime(at));
}

/** Says that the task is done: in its STATUS, and in the per cent if it has them. */
function asDone(properties: Properties): Properties {
  const all = properties.map((one) => (one.name === PERCENT ? { ...one, value: '100' } : one));
  return withStatus(all, DONE);
}

/** Takes away what says that the task is done. */
function asOpen(properties: Properties): Properties {
  const open = properties.filter(
    ({ name, value }) => name !== DATE && (name !== PERCENT || value.trim() !== '100'),
  );
  return stateValue(open, STATUS) === DONE ? withStatus(open, 'NEEDS-ACTION') : open;
}

function withStatus(properties: Properties, value: string): Properties {
  if (stateValue(properties, STATUS) === value) return properties;
  if (stateValue(properties, STATUS) === '') return [...properties, property(STATUS, value)];
  return properties.map((one) => (one.name === STATUS ? { ...one, value } : one));
}

/** The properties of a task, of which none contradicts the state. */
export const withTaskState = (properties: Properties, done: boolean): Properties =>
  done ? asDone(properties) : asOpen(properties);
