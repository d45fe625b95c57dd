/**
 * Alarms for which a device has no room, as with properties (room.ts): more alarms than it has slots, an action that it
 * does not know, the texts of an alarm.
 */
import { NO_CAPACITY } from '../device/capacity.ts';
import { isOfRinging } from '../properties/table.ts';
import { type Component, sameComponent, sameLists, valueIn } from '../vobject/model.ts';
import { type Alarm, alarmsOf, isAlarm, MANY_ALARMS, pairedAlarms } from './alarms.ts';
import type { Merging, Sides } from './sides.ts';
import { leftOut } from './slots.ts';

/** The component that the device sent, with its alarms in it as the device would have sent them if it had room. */
export function withAlarmsInRoom(
  { seen, sent }: Sides<Component>,
  { capacities, union }: Pick<Merging, 'capacities' | 'union'>,
): Component {
  if (capacities === undefined || union) return sent;
  const [shown, told] = [alarmsOf(seen), alarmsOf(sent)];
  const isSame = sameLists(shown, told, (one, other) => sameComponent(one.part, other.part));
  if (shown.length === 0 || isSame || Math.max(shown.length, told.length) > MANY_ALARMS) return sent;
  const capacity = capacities.get('VALARM') ?? NO_CAPACITY;
  const pairs = pairedAlarms(shown, told);
  const mended = told.map((made) => {
    const saw = pairs.get(made);
    if (saw === undefined) return made.part;
    const isKnown = capacity.slots.has(actionOf(saw)) || capacity.types?.has(actionOf(saw)) === true;
    return isKnown ? withTexts(saw.part, made.part, capacity.params) : withRinging(saw, made);
  });
  const taken = new Set(pairs.values());
  const missing = shown.filter((one) => !taken.has(one));
  const back = leftOut({ missing, shown, sent: told, capacity, slotOf: actionOf });
  const others = sent.components.filter((part) => !isAlarm(part));
  return { ...sent, components: [...others, ...mended, ...back.map(({ part }) => part)] };
}

const actionOf = ({ part }: Alarm): string => valueIn(part, 'ACTION') ?? '';

/** The sent alarm with those properties of the shown one that the device has never sent in an alarm. */
function withTexts(saw: Component, made: Component, known: ReadonlySet<string>): Component {
  const lost = saw.properties.filter(
    ({ name }) => !isOfRinging(name) && !known.has(name) && valueIn(made, name) === undefined,
  );
  return lost.length === 0 ? made : { ...made, properties: [...made.properties, ...lost] };
}

/** The shown alarm at the time of the sent one. */
function withRinging(saw: Alarm, made: Alarm): Component {
  if (saw.offset === made.offset) return saw.part;
  const ringing = made.part.properties.filter(({ name }) => isOfRinging(name));
  return {
    ...saw.part,
    properties: [
      ...saw.part.properties.filter((one) => !ringing.some(({ name }) => name === one.name)),
      ...ringing,
    ],
  };
}
