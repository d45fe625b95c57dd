/** `npm run bench -- --profile KIND`: one kind of sync in this process under V8's CPU profiler. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kind } from '../kinds/kind.ts';
import { KINDS } from '../kinds/kinds.ts';
import { warmed } from '../kinds/measure.ts';
import { createWorld } from '../world.ts';
import { analysed, type Profile } from './analysis.ts';
import { profileTable } from './table.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SIZE = 3_000;
const INTERVAL_MICROSECONDS = 200;

export async function printProfile(
  { kind: name, size: asked }: { readonly kind: string; readonly size?: number },
  progress: (text: string) => void,
): Promise<void> {
  const kind = KINDS[name];
  if (kind === undefined) throw new Error(`there is no kind ${name}`);
  const size = asked ?? kind.sizes?.at(-1) ?? SIZE;
  progress(`${kind.title}: profile of ${size}`);
  const profile = await warmed(kind, size, () => profileOf(kind, size));
  const file = join(tmpdir(), `syncml-${name}-${size}.cpuprofile`);
  writeFileSync(file, JSON.stringify(profile));
  progress('done');
  console.log(
    `${kind.title}, ${size}\n\n${profileTable(analysed(profile, ROOT))}\n\nThe profile is in ${file}`,
  );
}

/** Of the part that is measured alone. */
export async function profileOf(kind: Kind, size: number): Promise<Profile> {
  const session = new Session();
  session.connect();
  const world = await createWorld(false);
  try {
    const run = await kind.prepare(world, size);
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS });
    await session.post('Profiler.start');
    await run();
    const { profile } = await session.post('Profiler.stop');
    return profile;
  } finally {
    session.disconnect();
    await world.close();
  }
}
