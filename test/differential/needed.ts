/** What the command needs of the system, and how it is said that something is missing. */
import { spawnSync } from 'node:child_process';
import { programPath } from '../../infra/clients/syncevolution/preload.ts';
import { missingForPeer } from '../bench/peer-server.ts';

/** The system's own Python, for which Debian's packages are. */
export const PYTHON = '/usr/bin/python3';
const PACKAGES = 'syncevolution syncevolution-http python3-twisted dbus gcc libc6-dev';

/** A sentence that names the packages; undefined when stories can be played. */
export function missingForStories(): string | undefined {
  const programs = ['syncevolution', 'gcc'].filter((program) => programPath(program) === undefined);
  const missing = [...programs, ...(hasModule('twisted') ? [] : ['twisted'])];
  const peer = missingForPeer();
  if (missing.length === 0 && peer === undefined) return undefined;
  const said = [missing.length === 0 ? [] : [`${missing.join(', ')} cannot be found`], peer ?? []].flat();
  return `Stories need the real client and its server, but ${said.join('; ')}: "apt-get install ${PACKAGES}" (Debian).`;
}

/** As missingForStories, for the second reader. */
export const missingForItems = (): string | undefined =>
  hasModule('vobject')
    ? undefined
    : 'The second reader of old formats is missing: "apt-get install python3-vobject" (Debian).';

const hasModule = (name: string): boolean => spawnSync(PYTHON, ['-c', `import ${name}`]).status === 0;
