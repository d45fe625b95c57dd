/** The table of judged differences: what it takes off a run, and what of it is out of date. */
import { describe, expect, it } from 'vitest';
import { JUDGED } from './judged/judged.ts';
import { type Judgement, judge, stale } from './judging.ts';
import { reportText } from './report.ts';
import { SCENES } from './scenes/scenes.ts';

const TABLE: readonly Judgement[] = [
  { scene: 'one', right: 'ours', why: 'the peer makes doubles', differences: ['a', 'b'] },
  { scene: 'two', right: 'theirs', why: 'a fault', differences: ['a'] },
];

describe('a judgement', () => {
  it('is good for its story and for the difference as it is printed', () => {
    const found = judge('one', ['a', 'c'], TABLE);
    expect(found.map(({ text, judgement }) => [text, judgement?.why])).toEqual([
      ['a', 'the peer makes doubles'],
      ['c', undefined],
    ]);
  });

  it('is out of date where the story was played and the difference does not show', () => {
    const found = judge('one', ['a'], TABLE);
    expect(stale(['one'], found, TABLE).map(({ scene, text }) => [scene, text])).toEqual([['one', 'b']]);
  });
});

describe('the report', () => {
  it('counts by story who is right, and tells what is not judged and what is out of date', () => {
    const found = judge('one', ['a', 'c'], TABLE);
    const wrong = judge('two', ['a'], TABLE);
    const outcomes = [
      { scene: 'one', seconds: 1, found },
      { scene: 'two', seconds: 2.25, found: wrong },
      { scene: 'three', seconds: 3, found: [], failure: 'no server' },
    ];
    expect(reportText(outcomes, stale(['one', 'two'], [...found, ...wrong], TABLE)).split('\n')).toEqual([
      'scene  seconds  differences  ours right  theirs right  either  not judged',
      'one        1.0            2           1                                 1',
      'two        2.3            1                         1',
      'three      3.0       failed',
      'Faults of this server that are known:',
      '  two: a',
      '      a fault',
      'Judged, but they do not show any more. Strike them off:',
      '  one: b',
      'Not judged:',
      '  one: c',
      'three could not be played: no server',
      '3 differences, 1 of them not judged, 1 stories not played',
    ]);
  });
});

describe('the stories', () => {
  it('have names of their own, and so have their judged differences', () => {
    const names = SCENES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const judged = JUDGED.map(({ scene }) => scene).filter((scene) => !scene.startsWith('items-'));
    expect(judged.filter((scene) => !names.includes(scene))).toEqual([]);
    const texts = JUDGED.flatMap(({ scene, differences }) => differences.map((text) => `${scene}: ${text}`));
    expect(new Set(texts).size).toBe(texts.length);
  });
});
