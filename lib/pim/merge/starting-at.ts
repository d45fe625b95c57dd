/** Moves an event or task to another start. It lasts as long as before. */
import { isBound } from '../properties/table.ts';
import { instantOfTime, itemTime, timeLike, withTime } from '../time/item-time.ts';
import { startOf } from '../time/times.ts';
import type { Component, Property } from '../vobject/model.ts';

/** `to` is the start, under any name. The part stays as it is if one of the two times is not known. */
export function startingAt(part: Component, to: Property): Component {
  const start = startOf(part);
  const [from, at] = [start, to].map((one) => one && instantOfTime(itemTime(one)));
  if (start === undefined || from === undefined || at === undefined) return part;
  const properties = part.properties.map((one) => {
    const time = itemTime(one);
    const was = isBound(one.name) ? instantOfTime(time) : undefined;
    return was === undefined ? one : withTime(one, timeLike(time, was + at - from));
  });
  return { ...part, properties };
}
