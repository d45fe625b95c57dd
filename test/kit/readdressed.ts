/**
 * For a proxy before a server: the address of the server in a reply leads its client past the proxy, so that it is
 * replaced by the proxy's own. Ports of the same length, so that no encoding minds.
 */
export function readdressed(body: Buffer, from: number, to: number): Buffer {
  const [old, own] = [`127.0.0.1:${from}`, `127.0.0.1:${to}`];
  if (old.length !== own.length) throw new Error('ports of different lengths');
  const copy = Buffer.from(body);
  for (let at = copy.indexOf(old); at >= 0; at = copy.indexOf(old, at + 1)) copy.write(own, at, 'latin1');
  return copy;
}
