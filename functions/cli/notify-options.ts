/** The options of `npm run notify`. */

import type { NotifyOptions } from '../../lib/app/notify.ts';
import type { StorePlace } from '../open-store.ts';
import { parse, STORE_HELP, STORE_OPTIONS, storePlace, UsageError } from './options.ts';

export const NOTIFY_HELP = `npm run notify -- USER DEVICE [options]    prints the bytes that ask a device to synchronise
  --type 206..210           two-way, one-way or refresh from client, one-way or refresh from server (206)
  --ui 0..3                 not specified, in the background, with a hint, asking the user (1)
  --session N               session id, 1 to 65535; 0 leaves it to the device
  --version 1.0|1.1|1.2     protocol version (the device's, or 1.2)
  --url URL                 this server's address at the device, for 1.0 and 1.1
  --password PASSWORD       this server's password at the device, for 1.2
  --nonce BASE64            the nonce that the device expects from this server, for 1.2
${STORE_HELP}`;

const VERSIONS = ['1.0', '1.1', '1.2'] as const;
const UI_MODES = [0, 1, 2, 3] as const;

export interface NotifyCommand {
  readonly place: StorePlace;
  readonly to: { readonly login: string; readonly device: string };
  readonly options: NotifyOptions;
}

/** `help` when that is asked for. Throws a UsageError. */
export function notifyOptions(args: readonly string[]): NotifyCommand | 'help' {
  const text = { type: 'string' } as const;
  const own = { type: text, ui: text, session: text, version: text, url: text, password: text, nonce: text };
  const { values, positionals } = parse({
    args: [...args],
    options: { ...STORE_OPTIONS, ...own },
    allowPositionals: true,
  });
  if (values.help) return 'help';
  const [login = '', device = '', ...others] = positionals;
  if (login === '' || device === '' || others.length > 0)
    throw new UsageError('It is used like this: npm run notify -- USER DEVICE [options]');
  const { type, ui, session, version, url, password, nonce } = values;
  const options: NotifyOptions = {
    ...(type !== undefined && { type: numberOf('type', type, 206, 210) }),
    ...(ui !== undefined && { uiMode: UI_MODES[numberOf('ui', ui, 0, 3)] ?? 0 }),
    ...(session !== undefined && { sessionId: numberOf('session', session, 0, 65_535) }),
    ...(version !== undefined && { version: versionNamed(version) }),
    ...(url !== undefined && { url: urlOf(url) }),
    ...(password !== undefined && { password }),
    ...(nonce !== undefined && { nonce: octetsOf(nonce) }),
  };
  return { place: storePlace(values), to: { login, device }, options };
}

function numberOf(option: string, text: string, least: number, most: number): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`--${option} takes a number from ${least} to ${most}, not "${text}".`);
}

function versionNamed(text: string): (typeof VERSIONS)[number] {
  const found = VERSIONS.find((version) => version === text);
  if (found !== undefined) return found;
  throw new UsageError(`--version takes ${VERSIONS.join(', ')}, not "${text}".`);
}

function urlOf(text: string): string {
  if (URL.canParse(text)) return text;
  throw new UsageError(`--url takes a URL, not "${text}".`);
}

function octetsOf(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') === text) return new Uint8Array(bytes);
  throw new UsageError('--nonce takes base64, as NextNonce has it.');
}
