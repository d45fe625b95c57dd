/** Every requirement has a test or a reason, and the document says what the tests say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  conformanceText,
  deviationFindings,
  findings,
  readDeviations,
  readRequirements,
  requirementGaps,
  titledTests,
} from './requirements.ts';

describe('the requirements and deviations', () => {
  const requirements = findings();
  const known = deviationFindings();
  const all = [...requirements, ...known];

  it('are 360, and 71 deviations of devices', () =>
    expect([requirements.length, known.length]).toEqual([360, 71]));

  it('have a test, or an entry in gaps.yaml', () => {
    expect(all.filter(({ state }) => state === 'unknown').map(({ id }) => id)).toEqual([]);
  });

  it('are not both: an entry whose requirement is tested is stale', () => {
    const tested = titledTests();
    expect([...requirementGaps().keys()].filter((id) => tested.has(id))).toEqual([]);
  });

  it('are all that gaps.yaml speaks of', () => {
    const ids = new Set(all.map(({ id }) => id));
    expect([...requirementGaps().keys()].filter((id) => !ids.has(id))).toEqual([]);
  });

  it('are all that comments of lib cite by an id', () => {
    const lib = join(import.meta.dirname, '..', '..', 'lib');
    const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const cited = files.flatMap((file) => {
      const comments = readFileSync(join(lib, file), 'utf8').match(/\/\*[\s\S]*?\*\/|\/\/.*/g) ?? [];
      return comments.join('\n').match(/\b[A-Z]\d{2}\b(?!\()/g) ?? [];
    });
    const ids = new Set(all.map(({ id }) => id));
    expect(cited.length).toBeGreaterThan(200);
    expect([...new Set(cited)].filter((id) => !ids.has(id)).sort()).toEqual([]);
  });

  it('are in docs/conformance.md as they are: npm run conformance', () => {
    const file = new URL('../../docs/conformance.md', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(conformanceText(requirements, known));
  });
});

describe('the list', () => {
  it.each([
    'Z1 M [practice] too short',
    'Z01 Z [practice] unknown level',
    'Z01 M [practice]',
    'Z01 M no clause',
    'Z01 M [practice] a\nZ01 M [practice] b',
  ])('refuses %j', (source) => {
    expect(() => readRequirements(source)).toThrow(/requirements\.txt/);
  });

  it.each(['E99 no devices', 'E99 [devices] nobody knows of it', 'Z01 [devices; somebody] no E'])(
    'of deviations refuses %j',
    (source) => {
      expect(() => readDeviations(source)).toThrow(/deviations\.txt/);
    },
  );
});
