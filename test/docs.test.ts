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
  const guides = ['architecture', 'clients', 'clients.de', 'deploy'].map((name) => `docs/${name}.md`);
  const adrs = readdirSync(new URL('docs/adr', root)).map((name) => `docs/adr/${name}`);
  for (const from of ['README.md', ...guides, ...adrs]) {
    const links = [...textOf(from).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path ?? '');
    expect(links.filter((path) => !existsSync(new URL(path, new URL(from, root))))).toEqual([]);
  }
});

it('every file that the round trip in docs/architecture.md walks through exists', () => {
  const named = [...textOf('docs/architecture.md').matchAll(/`((?:lib|functions)\/[\w/-]+\.ts)`/g)];
  expect(named.length).toBeGreaterThan(5);
  expect(named.map(([, path]) => path ?? '').filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

it('the code uses every word of the glossary, which is sorted', () => {
  const rows = [...textOf('docs/glossary.md').matchAll(/^\| (?!word \|)([^|-][^|]*?) \|/gm)];
  const names = rows.map(([, name = '']) => name);
  const terms = names.flatMap((name) => name.split(', '));
  const sources = readdirSync(new URL('lib', root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => textOf(`lib/${file}`));
  const code = sources.join('\n');
  expect(terms.length).toBeGreaterThan(40);
  const isUsed = (term: string): boolean =>
    new RegExp(`\\b${term.replace(' ', ' ?').replace(/y$/, '(?:y|ies)')}s?\\b`, 'i').test(code);
  expect(terms.filter((term) => !isUsed(term))).toEqual([]);
  const sorted = names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  expect(names).toEqual(sorted);
});

it('the README names every script that people call', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: { [name: string]: string } };
  const readme = textOf('README.md');
  const missing = Object.keys(scripts).filter((name) => !new RegExp(`npm (run )?${name}\\b`).test(readme));
  expect(missing).toEqual(['lint']);
});
