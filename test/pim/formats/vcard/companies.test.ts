/** Cards of companies: the name in full is that of the company, and there is no family name. */
import { describe, expect, it } from 'vitest';
import { ALL } from '../../../../lib/pim/device/capabilities.ts';
import { readItem, writeItem } from '../../../kit/items.ts';
import { card, linesOf } from '../../merge/merging.ts';
import { FOUR, OLD, THREE } from './vcards.ts';

describe('a company', () => {
  const FIRMS: [string, string[]][] = [
    ['whose name is that in full', ['FN:Ada GmbH', 'ORG:Ada GmbH']],
    ['with a department in its name', ['FN:Ada GmbH Sales', 'ORG:Ada GmbH;Sales']],
    ['that Apple marks', ['FN:Ada', 'ORG:Ada GmbH', 'X-ABSHOWAS:COMPANY']],
    ['that vCard 4.0 marks', ['FN:Ada', 'KIND:org']],
  ];
  it.each(FIRMS)('%s has no family name on any device', (_, lines) => {
    const item = card('N:;;;;', ...lines);
    expect(linesOf(item)).toEqual(lines);
    for (const to of [OLD, THREE, FOUR]) {
      const told = linesOf(writeItem(item, to));
      expect(told).toContain('N:;;;;');
      expect(told).toContain(lines[0]);
      expect(readItem(to.type, writeItem(item, to).body)).toEqual(item);
    }
    expect(writeItem(item, { type: 'text/x-s4j-sifc' }).body).toContain('<LastName></LastName>');
  });

  it('without a name in full gets that, and no family name', () => {
    for (const to of [OLD, THREE, FOUR])
      expect(linesOf(writeItem(card('ORG:Ada GmbH'), to))).toEqual(['ORG:Ada GmbH', 'FN:Ada GmbH', 'N:;;;;']);
  });

  it('has a family name where the device shows nothing else, and where it is a person', () => {
    const few = { ...ALL, properties: new Map([['N', { values: [] }]]) };
    const firm = card('FN:Ada GmbH', 'ORG:Ada GmbH');
    expect(linesOf(writeItem(firm, OLD, few))).toEqual(['N:Ada GmbH;;;;']);
    expect(linesOf(writeItem(card('FN:Ada', 'ORG:Ada GmbH'), OLD))).toContain('N:Ada;;;;');
  });
});
