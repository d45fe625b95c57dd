/**
 * `npm run differential`: stories of two devices, played by the real client on this server and on the client's own server,
 * and what each device then holds, compared by meaning. Exit code 1 for a difference that nobody has judged.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, UsageError } from '../../functions/cli/options.ts';
import { buildShim } from '../client/tools-setup.ts';
import { differences, differenceText } from './differences.ts';
import { DIALECTS, type Dialect, itemDifferenceTexts } from './items/compare-items.ts';
import { JUDGED } from './judged/judged.ts';
import { type Judged, judge, stale } from './judging.ts';
import { missingForItems, missingForStories } from './needed.ts';
import { type DifferentialOptions, differentialOptions, HELP } from './options.ts';
import { KEEPS, play, type Tools } from './play.ts';
import { type Outcome, reportText } from './report.ts';
import { SCENES } from './scenes/scenes.ts';
import type { Scene } from './scenes/step.ts';
import { type OpenAccount, openTheirs, startOurs, stopAll } from './servers.ts';

await runCommand(async () => {
  const names = SCENES.map(({ name }) => name);
  const options = differentialOptions(process.argv.slice(2), names);
  if (options === 'help') return console.log(HELP);
  if (options.list) return console.log(listText());
  await compare(options);
});

/** Throws a UsageError that names what is not installed. */
function demand(missing: string | undefined): void {
  if (missing !== undefined) throw new UsageError(missing);
}

function listText(): string {
  const width = Math.max(...SCENES.map(({ name }) => name.length));
  return SCENES.map(({ name, about }) => `${name.padEnd(width)}  ${about}`).join('\n');
}

async function compare(options: DifferentialOptions): Promise<void> {
  if (options.items) demand(missingForItems());
  const items = options.items ? DIALECTS.map(compareItems) : [];
  const outcomes = [...items, ...(await playAll(options))];
  const found: readonly Judged[] = outcomes.flatMap((outcome) => outcome.found);
  const played = outcomes.filter(({ failure }) => failure === undefined).map(({ scene }) => scene);
  console.log(reportText(outcomes, stale(played, found, JUDGED)));
  const isClean =
    played.length === outcomes.length && found.every(({ judgement }) => judgement !== undefined);
  if (!isClean) process.exitCode = 1;
}

function compareItems(dialect: Dialect): Outcome {
  const started = performance.now();
  const found = judge(dialect.name, itemDifferenceTexts(dialect), JUDGED);
  const outcome = { scene: dialect.name, seconds: (performance.now() - started) / 1000, found };
  console.error(progressText(outcome, DIALECTS.indexOf(dialect) + 1, DIALECTS.length));
  return outcome;
}

/** Outcomes in the order of the stories. */
async function playAll({ scenes: names, jobs }: DifferentialOptions): Promise<Outcome[]> {
  const scenes = SCENES.filter(({ name }) => names.includes(name));
  if (scenes.length === 0) return [];
  demand(missingForStories());
  const tools = await buildShim();
  const { directory } = tools;
  const tidy = async (): Promise<void> => {
    await stopAll();
    if (KEEPS) console.error(`kept: ${directory}`);
    else rmSync(directory, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void tidy().then(() => process.exit(1)));
  const ours = await startOurs(join(directory, 'data'), names);
  const outcomes = new Map<Scene, Outcome>();
  const waiting = [...scenes];
  const work = async (): Promise<void> => {
    for (let scene = waiting.shift(); scene !== undefined; scene = waiting.shift()) {
      const outcome = await playBoth(scene, ours, tools);
      outcomes.set(scene, outcome);
      console.error(progressText(outcome, outcomes.size, scenes.length));
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs }, work));
  } finally {
    await tidy();
  }
  return scenes.flatMap((scene) => outcomes.get(scene) ?? []);
}

async function playBoth(scene: Scene, open: OpenAccount, tools: Tools): Promise<Outcome> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const ends = await Promise.allSettled([play(scene, open, tools), play(scene, openTheirs, tools)]);
  const [ours, theirs] = ends;
  if (ours.status === 'fulfilled' && theirs.status === 'fulfilled') {
    const texts = differences(ours.value, theirs.value).map((one) => differenceText(one));
    return { scene: scene.name, seconds: seconds(), found: judge(scene.name, texts, JUDGED) };
  }
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
  return { scene: scene.name, seconds: seconds(), found: [], failure: failures.join('\n') };
}

/** How far the run has come, and at once what nobody has judged: a run takes minutes. */
function progressText({ scene, seconds, found, failure }: Outcome, done: number, all: number): string {
  const open = found.filter(({ judgement }) => judgement === undefined).map(({ text }) => `\n    ${text}`);
  const judged = found.length === 0 ? 'the same' : `${found.length} differ, ${open.length} not judged`;
  const said = failure === undefined ? judged : 'could not be played';
  return `${done} of ${all}  ${scene}: ${said} (${seconds.toFixed(1)} s)${open.join('')}`;
}
