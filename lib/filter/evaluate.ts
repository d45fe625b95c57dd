/**
 * Does an item match a record filter? (F13, B.9)
 *
 * Owns: how terms compare with the content of an item. Must not know: sessions, EXCLUSIVE and INCLUSIVE. A value that
 * is neither a date nor a number is compared letter by letter, and nothing throws.
 */

import { assertNever } from '../message/assert-never.ts';
import type { Content } from '../pim/content.ts';
import { CHANGE_NAMES, valueTypeOf } from '../pim/properties/table.ts';
import type { Component } from '../pim/vobject/model.ts';
import type { Expression, Keyword, Operator, Term } from './ast.ts';
import { type Moment, parseDate } from './dates.ts';
import { isOwn, type Line, linesOf, textOf } from './lines.ts';
import { beginsBefore, datedParts, liesIn, reaches, type TimeWindow } from './spans.ts';

export interface FilterItem {
  readonly content: Content;
  /** The client's id of the item; absent if the client does not have it. */
  readonly luid?: string;
  /** Date of the last change in any ISO form, for items that do not have it in their content. */
  readonly modifiedAt?: string;
}

interface View {
  readonly item: FilterItem;
  /** The text of a note. */
  readonly text: string | undefined;
  readonly lines: readonly Line[];
  /** Events, tasks and dated notes. */
  readonly parts: readonly Component[];
}

export function matches(filter: Expression, item: FilterItem): boolean {
  const { objects, note } = item.content;
  return holds(filter, {
    item,
    lines: linesOf(objects).filter(isOwn),
    parts: datedParts(objects),
    text: note?.text,
  });
}

function holds(filter: Expression, view: View): boolean {
  switch (filter.kind) {
    case 'and':
      return allHold(filter.parts, view);
    case 'or':
      return filter.parts.some((part) => holds(part, view));
    case 'term':
      return termHolds(filter, view);
    default:
      return assertNever(filter);
  }
}

/** Do all parts hold? SINCE and BEFORE together are one window: one occurrence must lie in it. */
function allHold(parts: readonly Expression[], view: View): boolean {
  const [since, before] = (['SINCE', 'BEFORE'] as const).map((name) =>
    parts.find((part) => part.kind === 'term' && part.of === 'keyword' && part.name === name),
  );
  if (since?.kind !== 'term' || before?.kind !== 'term') return parts.every((part) => holds(part, view));
  const others = parts.filter((part) => part !== since && part !== before);
  const window = { since: boundOf(since), before: boundOf(before) };
  return inWindow(window, view) && others.every((part) => holds(part, view));
}

function termHolds(term: Term, view: View): boolean {
  switch (term.of) {
    case 'luid':
      return valuesHold(term, view.item.luid === undefined ? [] : [view.item.luid]);
    case 'property':
      return valuesHold(term, valuesOf(view, term.name));
    case 'keyword':
      return keywordHolds(term.name, term, view);
    default:
      return assertNever(term);
  }
}

function keywordHolds(keyword: Keyword, term: Term, view: View): boolean {
  switch (keyword) {
    case 'GROUP':
      return valuesHold(term, valuesOf(view, 'CATEGORIES'));
    case 'UNSEEN':
      // The server does not keep whether an item is read, so that UNSEEN always holds.
      return true;
    case 'SINCE':
      return inWindow({ since: boundOf(term) }, view);
    case 'BEFORE':
      return inWindow({ before: boundOf(term) }, view);
    default:
      return assertNever(keyword);
  }
}

/** The bound of SINCE or BEFORE; undefined, which is no bound, for a value that is no date. */
const boundOf = ({ value }: Term): Moment | undefined => parseDate(value ?? '');

/** Does the item lie in the window? An item without a date of its own counts by its last change. */
function inWindow({ since, before }: TimeWindow, view: View): boolean {
  const { parts, item } = view;
  if (parts.length > 0) return parts.some((part) => liesIn(part, parts, { since, before }));
  const [changed = item.modifiedAt] = CHANGE_NAMES.flatMap((name) => valuesOf(view, name));
  const moment = parseDate(changed ?? '');
  const span = { start: moment, end: moment };
  if (moment === undefined) return true;
  return (
    (since === undefined || reaches(span, since)) && (before === undefined || beginsBefore(span, before))
  );
}

/**
 * All values of a property, with the members of lists. A note has two properties: SUMMARY, which is its title or its
 * first line, and BODY.
 */
function valuesOf({ lines, text }: View, name: string): string[] {
  if (text !== undefined && name === 'BODY') return [text.trim()];
  if (text !== undefined && name === 'SUMMARY' && lines.every((line) => line.name !== name))
    return [text.trim().split('\n')[0]?.trim() ?? ''];
  return lines
    .filter((line) => line.name === name)
    .flatMap((line) => (valueTypeOf(name) === 'list' ? [textOf(line), ...membersOf(line)] : [textOf(line)]));
}

function membersOf(line: Line): string[] {
  const members = line.value.match(/(?:\\.|[^,;\\])+/g) ?? [];
  return members.length < 2 ? [] : members.map((value) => textOf({ ...line, value }));
}

/** Does the term hold for these values? NE and NCON hold if no value fits EQ or CON; all others if any value fits. */
function valuesHold(term: Term, values: readonly string[]): boolean {
  const { op, value } = term;
  if (value === null) return (values.length === 0) === (op === 'EQ');
  const any = (positive: Operator) =>
    values.some((actual) => compares(positive, fold(term, actual), fold(term, value)));
  if (op === 'NE') return !any('EQ');
  return op === 'NCON' ? !any('CON') : any(op);
}

const fold = ({ ignoreCase }: Term, text: string): string => (ignoreCase ? text.toLowerCase() : text);

function compares(op: Operator, actual: string, wanted: string): boolean {
  switch (op) {
    case 'CON':
    case 'NCON':
      return actual.includes(wanted) === (op === 'CON');
    case 'EQ':
      return order(actual, wanted, false) === 0;
    case 'NE':
      return order(actual, wanted, false) !== 0;
    case 'GT':
      return order(actual, wanted, true) > 0;
    case 'GE':
      return order(actual, wanted, true) >= 0;
    case 'LT':
      return order(actual, wanted, true) < 0;
    case 'LE':
      return order(actual, wanted, true) <= 0;
    default:
      return assertNever(op);
  }
}

const NUMBER = /^-?\d{1,15}(?:\.\d+)?$/;

/**
 * Negative, 0 or positive. Two dates are compared as instants. Two numbers are compared by size if `bySize`, which is
 * not set for equality: 007 is not 7.
 */
function order(actual: string, wanted: string, bySize: boolean): number {
  const [a, b] = [parseDate(actual)?.ms, parseDate(wanted)?.ms];
  if (a !== undefined && b !== undefined) return a - b;
  if (bySize && NUMBER.test(actual) && NUMBER.test(wanted)) return Number(actual) - Number(wanted);
  return actual === wanted ? 0 : actual < wanted ? -1 : 1;
}
