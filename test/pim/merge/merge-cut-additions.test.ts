/**
 * A value that others added reached a device with little room in a message whose answer got lost. The device sends what it has
 * of the value, and the server does not know that it ever had it.
 */
import { describe, expect, it } from 'vitest';
import type { Capacities } from '../../../lib/pim/device/capacity.ts';
import { mergeEdit, type TextItem } from '../../kit/items.ts';
import { card, event, linesOf } from './merging.ts';

/** A device that has shown nothing of its room. */
const UNKNOWN: Capacities = new Map();
const ADA = ['N:Byron;Ada;;;', 'FN:Ada Byron'];
const TEA = ['UID:1', 'SUMMARY:Tea', 'DTSTART:20300304T090000Z'];

/** `mayHoldNews`: a session broke in which the device may have got what others added. */
function merged(base: TextItem, current: TextItem, sent: TextItem, mayHoldNews = true): string[] {
  const known = { item: base, seen: base };
  const edit = {
    current,
    base: known,
    sent,
    held: 'all',
    unseen: new Set<string>(),
    winner: 'client',
  } as const;
  return linesOf(mergeEdit({ ...edit, capacities: UNKNOWN, mayHoldNews }).item).sort();
}

describe.each([
  ['an address of many', 'EMAIL;TYPE=HOME:ada@example.org', 'EMAIL:ada@exam'],
  ['a number of many', 'TEL;TYPE=CELL:+491701234567', 'TEL:+49170123'],
  ['a value that is there once', 'TITLE:Countess of Lovelace', 'TITLE:Countess of'],
])('%s', (_, full, cut) => {
  it('stays as others added it, where the device has never shown more', () => {
    expect(merged(card(...ADA), card(...ADA, full), card(...ADA, cut))).toEqual([...ADA, full].sort());
  });

  it('is the one of the device, too, where that cannot have got it', () => {
    const lines = merged(card(...ADA), card(...ADA, full), card(...ADA, cut), false);
    expect(lines).toContain(cut);
  });
});

it('another value of the device is added beside', () => {
  const both = merged(
    card(...ADA),
    card(...ADA, 'EMAIL:ada@example.org'),
    card(...ADA, 'EMAIL:ada@exam', 'EMAIL:countess@example.org'),
  );
  expect(both).toEqual([...ADA, 'EMAIL:ada@example.org', 'EMAIL:countess@example.org'].sort());
});

it('a text stays as others added it', () => {
  const added = event(...TEA, 'DESCRIPTION:with cake and jam');
  expect(merged(event(...TEA), added, event(...TEA, 'DESCRIPTION:with cake'))).toEqual(linesOf(added).sort());
});
