/** Every requirement has a test or a reason, and the document says what the tests say. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conformanceText, findings, readRequirements, requirementGaps, titledTests } from './requirements.ts';

describe('the requirements', () => {
  const all = findings();

  it('are 360', () => expect(all).toHaveLength(360));

  it('have a test, or an entry in gaps.yaml', () => {
    expect(all.filter(({ state }) => state === 'unknown').map(({ id }) => id)).toEqual([]);
  });

  it('are not both: an entry whose requirement is tested is stale', () => {
    const tested = titledTests();
    expect([...requirementGaps().keys()].filter((id) => tested.has(id))).toEqual([]);
  });

  it('are all that gaps.yaml speaks of', () => {
    const known = new Set(all.map(({ id }) => id));
    expect([...requirementGaps().keys()].filter((id) => !known.has(id))).toEqual([]);
  });

  it('are in docs/conformance.md as they are: npm run conformance', () => {
    const file = new URL('../../docs/conformance.md', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(conformanceText(all));
  });
});

describe('the list', () => {
  it.each(['Z1 M too short', 'Z01 Z unknown level', 'Z01 M', 'Z01 M a\nZ01 M b'])('refuses %j', (source) => {
    expect(() => readRequirements(source)).toThrow(/requirements\.txt/);
  });
});
