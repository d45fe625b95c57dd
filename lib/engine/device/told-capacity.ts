/** How much of each property a device tells that it holds: MaxOccur, MaxSize and the parameters of its CTCap [DI12 5.3]. */
import type { DevInfDataStore, DevInfProperty } from '../../message/devinf-model.ts';
import { type Capacities, type Capacity, NO_CAPACITY, united } from '../../pim/device/capacity.ts';
import { alarmActionOf } from '../../pim/formats/vcalendar/alarms.ts';
import { isPreference } from '../../pim/properties/parameters.ts';
import { storedNameOf } from '../../pim/properties/table.ts';
import type { Options } from './options.ts';

export function toldCapacities(database: DevInfDataStore | undefined, options: Options): Capacities {
  if (database === undefined || options.ignoreCTCap === true) return new Map();
  return database.ctCaps
    .flatMap(({ properties }) => properties)
    .map((one): Capacities => new Map([[nameOf(one), toldOf(one, options)]]))
    .reduce(united, new Map());
}

/** The action is a property of an alarm: a device that lists it has alarms of each action, unless it names some. */
const isAction = ({ name, valEnum }: DevInfProperty): boolean =>
  name.toUpperCase() === 'ACTION' && valEnum.length === 0;

const nameOf = (one: DevInfProperty): string =>
  isAction(one) ? 'VALARM' : storedNameOf(one.name.toUpperCase());

function toldOf(property: DevInfProperty, { ignoreMaxSize }: Options): Capacity {
  const { name, maxOccur, maxSize, params } = property;
  const action = alarmActionOf(name.toUpperCase());
  const names = params.map((param) => param.name.toUpperCase());
  // Some devices name each type as a parameter, as vCard 2.1 writes it.
  const types = params.flatMap((param) =>
    param.valEnum.length === 0 || param.name.toUpperCase() === 'TYPE'
      ? [param.name, ...param.valEnum].map((type) => type.toUpperCase())
      : [],
  );
  const longest = maxSize !== undefined && ignoreMaxSize !== true ? Number.POSITIVE_INFINITY : 0;
  return {
    ...NO_CAPACITY,
    ...(maxOccur !== undefined && { count: maxOccur }),
    ...((maxOccur !== undefined || isAction(property)) && { anyTypes: true }),
    characters: longest,
    bytes: longest,
    params: new Set(types.some(isPreference) ? [...names, 'PREF'] : names),
    ...(action !== undefined && { types: new Set([action]) }),
    ...(types.length > 0 && { types: new Set(types) }),
  };
}
