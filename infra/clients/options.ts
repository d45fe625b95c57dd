/** The options that both clients take, and the private folder in which a client keeps all that it has. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AFTER_DASHES, parse, UsageError, userOf } from '../../functions/cli/options.ts';
import { FOLDERS } from './datastores.ts';

export interface ClientOptions {
  /** The device's id. */
  readonly name: string;
  readonly url: string;
  readonly login: string;
  readonly password: string;
  /** Absolute; its parts are for their owner alone. */
  readonly folder: string;
  readonly example: boolean;
  readonly slow: boolean;
  /** Each message is printed. */
  readonly show: boolean;
}

export const OPTIONS_HELP = `  NAME                      the name of the device, and of its folder in .devices
  --url URL                 where the server takes messages (http://127.0.0.1:8080/syncml)
  --user LOGIN:PASSWORD     (demo:demo)
  --dir DIR                 another folder
  --example                 puts a contact into a folder without contacts
  --slow                    compares all items, as a first sync does`;

/** Throws a UsageError. */
export function clientOptions(args: readonly string[], usual: string): ClientOptions | 'help' {
  const { values, positionals } = parse({
    args: [...args],
    allowPositionals: true,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:8080/syncml' },
      user: { type: 'string', default: 'demo:demo' },
      dir: { type: 'string' },
      example: { type: 'boolean', default: false },
      slow: { type: 'boolean', default: false },
      show: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const [name = usual, ...others] = positionals;
  const sentence = 'A device has one name: up to 40 letters, digits, dots and hyphens.';
  if (others.length > 0) throw new UsageError(`${sentence} ${AFTER_DASHES}`);
  if (!/^\w[\w.-]{0,39}$/.test(name)) throw new UsageError(sentence);
  const { url, dir, example, slow, show } = values;
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new UsageError(`--url takes a URL, not "${url}".`);
  const folder = resolve(dir ?? join('.devices', name));
  return { name, url, ...userOf(values.user), folder, example, slow, show };
}

/** What a client has in its folder once it has run, and what another kind of client would have there. */
export interface Marks {
  readonly own: string;
  readonly other: string;
}

/** Makes the folder, which is for its owner alone, and those of the datastores. Throws a UsageError. */
export function openFolder({ folder, example }: ClientOptions, { own, other }: Marks): void {
  if (existsSync(join(folder, other)))
    throw new UsageError(`${folder} belongs to another client; give this one another name.`);
  const isKnown = existsSync(join(folder, own));
  privateFolder(folder);
  for (const { datastore } of FOLDERS) {
    const path = join(folder, datastore);
    // All that was in it would be deleted everywhere.
    if (isKnown && !existsSync(path))
      throw new UsageError(`${path} is gone. Put it back, or delete ${join(folder, own)} to begin anew.`);
    privateFolder(path);
  }
  if (example) writeExample(join(folder, 'contacts'));
}

export function privateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

function writeExample(contacts: string): void {
  if (readdirSync(contacts).length > 0) return;
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'N:Example;Anna;;;',
    'FN:Anna Example',
    'TEL;TYPE=CELL:+49 171 1234567',
  ];
  writeFileSync(join(contacts, 'Anna Example.vcf'), [...lines, 'END:VCARD', ''].join('\r\n'), {
    mode: 0o600,
  });
}
