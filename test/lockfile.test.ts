import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly optionalDependencies?: { readonly [name: string]: string };
}

const file = new URL('../package-lock.json', import.meta.url);
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: { [path: string]: Locked } };

it('the lock file names every platform package, also those that the registry at hand does not carry', () => {
  const missing = Object.values(packages)
    .flatMap((entry) => Object.entries(entry.optionalDependencies ?? {}))
    // Platform packages are pinned to the version of their parent.
    .flatMap(([name, version]) => (/^\d/.test(version) ? [name] : []))
    .filter((name) => packages[`node_modules/${name}`] === undefined);
  // `npm install` drops what it cannot fetch, and `npm ci` then refuses the lock file everywhere: put them back.
  expect(missing).toEqual([]);
});

it('the lock file names no registry: whoever installs uses the one that npm is set to', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

it('the packages of the AWS SDK are of one version, so that they share what they are built on', () => {
  const sdk = ['client-dynamodb', 'client-dynamodb-streams', 'lib-dynamodb'];
  const versions = sdk.map((name) => packages[`node_modules/@aws-sdk/${name}`]?.version);
  expect(new Set(versions).size).toBe(1);
});
