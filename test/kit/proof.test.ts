import { describe, expect, it } from 'vitest';
import { sectionIn, withSection } from './proof.ts';

const DOCUMENT = '# Title\n\nWritten by hand.\n';

describe('a section of a document', () => {
  it('that is not there comes last, and is found', () => {
    const once = withSection(DOCUMENT, 'board', '| a |\n');
    expect(once.startsWith(DOCUMENT)).toBe(true);
    expect(sectionIn(once, 'board')).toBe('| a |');
    expect(sectionIn(DOCUMENT, 'board')).toBeUndefined();
  });

  it('takes the place of the one before, and leaves all others as they are', () => {
    const both = withSection(withSection(DOCUMENT, 'board', 'old'), 'runs', 'stories');
    const tail = '\nMore by hand.\n';
    const changed = withSection(`${both}${tail}`, 'board', 'new\n\nand longer');
    expect(sectionIn(changed, 'board')).toBe('new\n\nand longer');
    expect(sectionIn(changed, 'runs')).toBe('stories');
    expect(changed.startsWith(DOCUMENT) && changed.endsWith(tail)).toBe(true);
    expect(withSection(changed, 'board', 'old')).toBe(`${both}${tail}`);
  });

  it('may hold what a replacement would take for a sign', () => {
    expect(sectionIn(withSection(withSection(DOCUMENT, 'board', 'a'), 'board', "$& $1 $'"), 'board')).toBe(
      "$& $1 $'",
    );
  });

  it.each([
    ['has no end', (text: string) => text.slice(0, text.indexOf('old'))],
    ['has no beginning', (text: string) => text.slice(text.indexOf('old'))],
    ['is there twice', (text: string) => `${text}${text}`],
  ])('is not written where it %s', (_, spoil) => {
    const spoiled = spoil(withSection('', 'board', 'old'));
    expect(() => withSection(spoiled, 'board', 'new')).toThrow('"board"');
  });
});
