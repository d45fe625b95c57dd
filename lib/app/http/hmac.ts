/** The header `x-syncml-hmac`: credentials that also cover the body (U28). It is not an RFC 2104 HMAC. */

import { createHash } from 'node:crypto';
import type { Request } from '../../engine/io/request.ts';

/** Reads `algorithm=MD5, username="anna", mac=...`. Undefined for any other text, which counts as no credentials. */
export function parseMac(header: string, body: Uint8Array): Request['mac'] {
  const field = (name: string): string | undefined =>
    new RegExp(`(?:^|[,\\s])${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,"]+))`, 'i')
      .exec(header)
      ?.slice(1)
      .find(Boolean);
  const user = field('username');
  const mac = field('mac');
  const algorithm = field('algorithm') ?? 'MD5';
  if (user === undefined || mac === undefined || algorithm.toUpperCase() !== 'MD5') return undefined;
  return { user, mac, body: createHash('md5').update(body).digest('base64') };
}
