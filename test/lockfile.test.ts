import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly optional?: boolean;
  readonly optionalDependencies?: { readonly [name: string]: string };
}

it('the lock file names every platform package, also those that the registry at hand does not carry', () => {
  const file = new URL('../package-lock.json', import.meta.url);
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: { [path: string]: Locked } };
  const missing = Object.values(packages)
    .flatMap((entry) => Object.entries(entry.optionalDependencies ?? {}))
    // Platform packages are pinned to the version of their parent.
    .flatMap(([name, version]) => (/^\d/.test(version) ? [name] : []))
    .filter((name) => packages[`node_modules/${name}`] === undefined);
  // `npm install` drops what it cannot fetch, and `npm ci` then refuses the lock file everywhere: put them back.
  expect(missing).toEqual([]);
});
