/** A sent property that is what the device has of a shown one: with shorter texts, fewer parts, fewer parameters. */
import { type Capacity, isPreferred, knowsSlot, slotOf, textsIn } from '../device/capacity.ts';
import { bitOf } from '../device/shown-capacity.ts';
import { hasFreeParts, isDay, valueTypeOf } from '../properties/table.ts';
import { sameSpelling } from '../same.ts';
import { isDate } from '../time/item-time.ts';
import { isEmbedded, type Param, type Property, sameProperty, typesOf, withParam } from '../vobject/model.ts';
import { escapeText, joinParts, textParts } from '../vobject/text.ts';
import { withRoomless } from './cuts.ts';

/** Is each text of `made` that of `saw`, or what the device has of it? */
export function isCopy(saw: Property, made: Property, capacity: Capacity): boolean {
  const [shown, sent] = [textsIn(saw), textsIn(made)];
  if (shown.length === 0 || sent.every((text) => text === '')) return false;
  const isOne = hasFreeParts(saw.name) || sent.length === shown.length;
  return isOne && completedCopy(saw, made, capacity).value === saw.value;
}

/** The sent form of a shown property, with that of it for which the device has no room. */
export function completedCopy(saw: Property, made: Property, capacity: Capacity): Property {
  if (isDayOfDue(saw, made, capacity)) return saw;
  const value = valueFor(saw, made, capacity);
  const full = { ...made, value };
  const params = paramsFor(saw, full, capacity);
  if (value === made.value && params === made.params) return made;
  return sameProperty({ ...full, params }, saw) ? saw : { ...full, params };
}

/** Is it the day alone of a time at which a task is due? Many devices have no time of day there, and never send one. */
const isDayOfDue = (saw: Property, made: Property, { characters }: Capacity): boolean =>
  isDueOnDay(saw, made) && characters <= made.value.length;

/** Does `time` say when on that day a task is due, and `day` the day alone? */
export const isDueOnDay = (time: Property, day: Property): boolean =>
  time.name === 'DUE' && day.name === 'DUE' && isDate(day) && time.value.startsWith(`${day.value}T`);

function valueFor(saw: Property, made: Property, capacity: Capacity): string {
  if (saw.value === made.value || textsIn(saw).length === 0 || isEmbedded(made)) return made.value;
  if (hasFreeParts(saw.name)) return partsFor(saw, made, capacity);
  const [shown = '', sent = ''] = [textsIn(saw)[0], textsIn(made)[0]];
  const text = withRoomless(shown, sent, capacity);
  if (text === sent) return made.value;
  if (text === shown) return saw.value;
  return valueTypeOf(saw.name) === 'uri' ? text : escapeText(text);
}

function partsFor(saw: Property, made: Property, capacity: Capacity): string {
  const [shown, sent] = [textParts(saw.value), textParts(made.value)];
  if (isInOneField(shown, sent, capacity)) return saw.value;
  const full = Array.from({ length: Math.max(shown.length, sent.length) }, (_, n) => {
    const [had = '', has = ''] = [shown[n], sent[n]];
    const isUnknown = has.trim() === '' && (capacity.parts & bitOf(n)) === 0;
    return isUnknown ? had : withRoomless(had, has, capacity);
  });
  if (full.every((text, n) => text === (shown[n] ?? ''))) return saw.value;
  return full.every((text, n) => text === (sent[n] ?? '')) ? made.value : joinParts(full);
}

/** Does a device that has one field for all parts send in it what was in several: `Ada Byron` for `Byron;Ada`? */
function isInOneField(shown: readonly string[], sent: readonly string[], { parts }: Capacity): boolean {
  const [only = 0, ...others] = sent.flatMap((text, n) => (text.trim() === '' ? [] : [n]));
  if (others.length > 0 || parts !== bitOf(only)) return false;
  const [all, own] = [wordsIn(shown.join(' ')), wordsIn(shown[only] ?? '')];
  const words = wordsIn(sent[only] ?? '');
  return words.size > own.size && isWithin(own, words) && isWithin(words, all);
}

const wordsIn = (text: string): ReadonlySet<string> =>
  new Set(text.split(/[\s,]+/).filter((word) => word !== ''));
const isWithin = (some: ReadonlySet<string>, more: ReadonlySet<string>): boolean =>
  [...some].every((word) => more.has(word));

/** Parameters that belong to the way in which a value is written. */
const OF_SPELLING: readonly string[] = ['TYPE', 'VALUE', 'ENCODING', 'CHARSET', 'TZID'];

function paramsFor(saw: Property, made: Property, capacity: Capacity): readonly Param[] {
  if (valueTypeOf(saw.name) === 'time' && !isDay(saw.name)) return made.params;
  const typed = typesFor(saw, made, capacity);
  // What is said of one value may be wrong for another.
  const isSame = saw.value === made.value || (!isEmbedded(made) && sameSpelling(saw, made));
  const lost = saw.params.filter(
    ({ name }) =>
      isSame &&
      !OF_SPELLING.includes(name) &&
      !capacity.params.has(name) &&
      !made.params.some((param) => param.name === name),
  );
  if (lost.length === 0) return typed;
  return [...typed, ...lost].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The parameters with the types that the device cannot tell: a combination that it never had, or a preference. */
function typesFor(saw: Property, made: Property, capacity: Capacity): readonly Param[] {
  const [shown, sent] = [typesOf(saw), typesOf(made)];
  const [slot, kept] = [slotOf(saw), slotOf(made)];
  const isPart = kept === '' || kept.split(',').every((type) => shown.includes(type));
  const lacksTypes = slot !== kept && isPart && !knowsSlot(capacity, slot);
  const lacksPreference = isPreferred(saw) && !isPreferred(made) && !capacity.params.has('PREF');
  const back = shown.filter(
    (type) =>
      !sent.includes(type) && ((lacksTypes && type !== 'PREF') || (lacksPreference && type === 'PREF')),
  );
  if (back.length === 0) return made.params;
  const { params } = withParam(made, 'TYPE', ...[...sent, ...back].sort());
  return [...params].sort((a, b) => (a.name < b.name ? -1 : 1));
}
