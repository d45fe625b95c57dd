/** The addresses of the server in URLs: for this machine, and for others in its network. */
import type { networkInterfaces } from 'node:os';
import { SYNC_PATH } from '../../functions/lambda/routes.ts';

type Interfaces = ReturnType<typeof networkInterfaces>;
interface Listening {
  readonly host: string;
  readonly port: number;
}

const EVERYWHERE: readonly string[] = ['0.0.0.0', '::'];
const urlOf = (host: string, port: number): string => `http://${host}:${port}${SYNC_PATH}`;

/** That of this machine when the server listens on all. */
export function localUrl({ host, port }: Listening): string {
  if (EVERYWHERE.includes(host)) return urlOf('127.0.0.1', port);
  return urlOf(host.includes(':') ? `[${host}]` : host, port);
}

/** What others in the network take, when the server listens on all addresses: those of IPv4, which every phone knows. */
export function networkUrls({ host, port }: Listening, interfaces: Interfaces): string[] {
  if (!EVERYWHERE.includes(host)) return [];
  return Object.values(interfaces)
    .flatMap((addresses = []) => addresses)
    .filter(
      ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
    )
    .map(({ address }) => urlOf(address, port));
}
