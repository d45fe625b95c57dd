/** What stands in a bundle, by its name, for a package of which little or nothing is used. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const PACKAGE = join(ROOT, 'node_modules', 'libphonenumber-js');

/** Made anew by each call, in `node_modules`. */
export function standIns(): { readonly [name: string]: string } {
  return {
    'is-unsafe': join(import.meta.dirname, 'no-entities.mjs'),
    '@nodable/entities': join(import.meta.dirname, 'no-entities.mjs'),
    'path-expression-matcher': join(import.meta.dirname, 'tag-path.mjs'),
    strnum: join(import.meta.dirname, 'no-numbers.mjs'),
    'libphonenumber-js/mobile/metadata': phoneMetadata(),
  };
}

/** Where a country's record has the ways in which its numbers are written: half of the metadata, and nobody writes any. */
const FORMATS = 4;

type Country = readonly unknown[];
interface Metadata {
  readonly countries: { readonly [code: string]: Country };
}

function phoneMetadata(): string {
  const metadata = JSON.parse(readFileSync(join(PACKAGE, 'metadata.mobile.json'), 'utf8')) as Metadata;
  const withoutFormats = (country: Country) => country.map((part, at) => (at === FORMATS ? 0 : part));
  const countries = Object.fromEntries(
    Object.entries(metadata.countries).map(([code, country]) => [code, withoutFormats(country)]),
  );
  const folder = join(ROOT, 'node_modules', '.stand-ins');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'phone-metadata.json');
  writeFileSync(file, JSON.stringify({ ...metadata, countries }));
  return file;
}
