/**
 * The 35 server tests of the SyncML Conformance Test Suite 3.1.2 (SyncML 1.1, HTTP, text notes), as transcripts in
 * `scts/`, one file a group. Groups are played in order on one server, each once, whichever tests are asked for.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readGaps } from './gaps.ts';
import { type Failures, World } from './play.ts';
import { type Line, readTranscript } from './transcript.ts';

const here = (path: string) => new URL(path, import.meta.url);
const transcripts = readdirSync(here('scts'))
  .sort()
  .map((name) => readTranscript(name, readFileSync(here(`scts/${name}`), 'utf8')));
const gaps = readGaps(readFileSync(here('gaps.yaml'), 'utf8'));
const ids = transcripts.flatMap((transcript) => [...transcript.ids.keys()]);

const world = new World();
const played: (() => Promise<Failures>)[] = [];
for (const [at, transcript] of transcripts.entries()) {
  let result: Promise<Failures> | undefined;
  const before = played[at - 1];
  played.push(() => {
    result ??= (async () => {
      await before?.();
      return world.play(transcript);
    })();
    return result;
  });
}

describe.each(transcripts.map((transcript, at) => ({ transcript, at })))('$transcript.name', (group) => {
  it.each([...group.transcript.ids])('SCTS %s %s (E52)', async (id) => {
    const failures = (await played[group.at]?.())?.get(id);
    if (gaps.has(id)) expect(failures, `${id} passes: take it out of gaps.yaml`).not.toEqual([]);
    else expect(failures).toEqual([]);
  });
});

it('the transcripts have the 35 ids of the suite, each once, and gaps.yaml names no other', () => {
  expect(new Set(ids).size).toBe(35);
  expect(ids).toHaveLength(35);
  expect([...gaps.keys()].filter((id) => /^\d/.test(id) && !ids.includes(id))).toEqual([]);
});

it('where a group has several ids, each is named by a line that it alone depends on', () => {
  const named = new Set<string | undefined>();
  const visit = (line: Line): void => {
    named.add(line.id);
    line.children.forEach(visit);
  };
  for (const { steps } of transcripts) steps.forEach(visit);
  const shared = transcripts.filter((transcript) => transcript.ids.size > 1);
  expect(shared.flatMap((transcript) => [...transcript.ids.keys()]).filter((id) => !named.has(id))).toEqual(
    [],
  );
});
