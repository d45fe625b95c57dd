/** Random items, devices and edits on both sides: no value that one side added is lost, nothing else changes. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL, type DeviceCapabilities } from '../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import type { Winner } from '../../../lib/pim/merge/sides.ts';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { card, linesOf, merge } from './merging.ts';

describe('whatever both sides do', () => {
  const digits = fc.stringMatching(/^[1-9][0-9]{8}$/);
  const value = fc.oneof(
    digits.map((tel) => `TEL;TYPE=HOME:${tel}`),
    digits.map((tel) => `TEL;TYPE=WORK:${tel}`),
    digits.map((tel) => `EMAIL:${tel}@example.com`),
    digits.map((tel) => `ADR;TYPE=HOME:;;${tel};;;;`),
    digits.map((tel) => `URL:http://${tel}.example.com`),
    digits.map((tel) => `X-OWN:${tel}`),
  );
  const values = fc.uniqueArray(value, { maxLength: 6 });
  const single = fc.constantFrom('TITLE', 'ROLE', 'BDAY', 'NOTE', 'ORG');
  const edit = fc.record({
    drops: fc.array(fc.nat(11), { maxLength: 3 }),
    adds: values,
    sets: fc.dictionary(single, digits, { maxKeys: 3 }),
  });
  const world = fc.record({
    many: values,
    ones: fc.dictionary(single, digits, { maxKeys: 5 }),
    server: edit,
    device: edit,
    holds: fc.subarray(['TEL', 'EMAIL', 'ADR', 'URL', 'X-OWN', 'TITLE', 'ROLE', 'BDAY', 'NOTE', 'ORG']),
    format: fc.constantFrom<Format>(
      { type: 'text/x-vcard', version: '2.1' },
      { type: 'text/vcard', version: '3.0' },
    ),
    winner: fc.constantFrom<Winner>('client', 'server'),
  });
  const nameOf = (line: string): string => line.split(/[;:]/)[0] ?? '';
  const edited = (
    lines: readonly string[],
    { drops, adds, sets }: { drops: number[]; adds: string[]; sets: object },
  ) => {
    const kept = lines.filter((line, n) => !(drops.includes(n) && n > 1) && !(nameOf(line) in sets));
    return [...new Set([...kept, ...adds, ...Object.entries(sets).map(([name, text]) => `${name}:${text}`)])];
  };

  it('no value that one side added is lost, no field that nobody changed changes, twice is once', () => {
    fc.assert(
      fc.property(world, ({ many, ones, server, device, holds, format, winner }) => {
        const limits = new Map([...holds, 'N', 'FN'].map((name) => [name, { values: [] }]));
        const capabilities: DeviceCapabilities = { ...ALL, properties: limits };
        const view = (item: TextItem) => readItem(format.type, writeItem(item, format, capabilities).body);
        const base = card(
          'N:A;B;;;',
          'FN:Name',
          ...many,
          ...Object.entries(ones).map(([name, text]) => `${name}:${text}`),
        );
        const current = card(...edited(linesOf(base), server));
        const own = edited(linesOf(view(base)), {
          ...device,
          adds: device.adds.filter((line) => holds.includes(nameOf(line))),
          sets: Object.fromEntries(Object.entries(device.sets).filter(([name]) => holds.includes(name))),
        });
        const sent = card(...own);
        const { item, clashes } = merge(base, current, sent, { winner, view });
        const result = linesOf(item);
        const before = linesOf(base);
        for (const side of [current, sent])
          for (const line of linesOf(side).filter((one) => !before.includes(one))) {
            const isMany = ['TEL', 'EMAIL', 'ADR', 'URL'].includes(nameOf(line));
            if (isMany) expect(result).toContain(line);
            else if (clashes === 0)
              expect(result.some((one) => one.includes(line.split(/[:;]/).at(-1) ?? ''))).toBe(true);
          }
        const [theirs, ours, saw] = [linesOf(current), linesOf(sent), linesOf(view(base))];
        for (const line of before) {
          const isKept = theirs.includes(line) && (ours.includes(line) || !saw.includes(line));
          if (isKept) expect(result).toContain(line);
        }
        const again = merge(base, item, sent, { winner, view });
        expect(linesOf(again.item).sort()).toEqual(result.sort());
      }),
      { numRuns: 1_000 },
    );
  });
});
