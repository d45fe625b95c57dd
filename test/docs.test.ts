import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('..', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8');

it('every test that docs/conformance.md names exists', () => {
  const named = [...textOf('docs/conformance.md').matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path ?? '');
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

it('every file that the documents link to exists', () => {
  const adrs = readdirSync(new URL('docs/adr', root)).map((name) => `docs/adr/${name}`);
  for (const from of ['README.md', 'docs/architecture.md', ...adrs]) {
    const links = [...textOf(from).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path ?? '');
    expect(links.filter((path) => !existsSync(new URL(path, new URL(from, root))))).toEqual([]);
  }
});

it('every file that the round trip in docs/architecture.md walks through exists', () => {
  const named = [...textOf('docs/architecture.md').matchAll(/`((?:lib|functions)\/[\w/-]+\.ts)`/g)];
  expect(named.length).toBeGreaterThan(5);
  expect(named.map(([, path]) => path ?? '').filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

it('the README names every script that people call', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: { [name: string]: string } };
  const readme = textOf('README.md');
  const missing = Object.keys(scripts).filter((name) => !new RegExp(`npm (run )?${name}\\b`).test(readme));
  expect(missing).toEqual(['lint']);
});
