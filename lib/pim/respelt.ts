/** Is one content another in the spelling of a program? */
import type { Content } from './content.ts';
import { isOutsideKey, isUsual } from './properties/table.ts';
import { isRespelling, without } from './same.ts';
import { type Component, type Property, sameComponent } from './vobject/model.ts';

/** Do both contents say the same, as `isRespelt` has it? A content that cannot be parsed says what it says to the letter. */
export function saysTheSame(was: Content, made: Content): boolean {
  const [note, other] = [was.note, made.note];
  if (note !== undefined && other !== undefined)
    return note.text === other.text && areRespelt(counted(note.rest), counted(other.rest));
  return was.tree !== undefined && made.tree !== undefined && isRespelt(was.tree, made.tree);
}

/**
 * Does `made` say what `was` says, in the spelling of another program? Each property of one then has one of the other with
 * the same spelling, whose parameters add nothing; properties that programs rewrite by themselves (REV, PRODID) do not
 * count, nor do those that say what an item without them says (CLASS:PUBLIC).
 */
function isRespelt(was: Component, made: Component): boolean {
  if (sameComponent(was, made)) return true;
  if (was.name !== made.name || was.components.length !== made.components.length) return false;
  if (!areRespelt(counted(was.properties), counted(made.properties))) return false;
  return was.components.every((one, n) => {
    const other = made.components[n];
    return other !== undefined && isRespelt(one, other);
  });
}

const counted = (properties: readonly Property[]): readonly Property[] =>
  properties.filter(({ name, value }) => !isOutsideKey(name) && !isUsual(name, value));

function areRespelt(was: readonly Property[], made: readonly Property[]): boolean {
  if (was.length !== made.length) return false;
  const left = [...without(was, made)];
  return without(made, was).every((one) => {
    const at = left.findIndex(
      (other) =>
        other.name === one.name && (other.group ?? '') === (one.group ?? '') && isRespelling(other, one),
    );
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}
