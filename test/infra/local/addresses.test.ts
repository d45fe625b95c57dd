import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { localUrl, networkUrls } from '../../../infra/local/addresses.ts';

const address = (text: string, internal = false): NetworkInterfaceInfo => {
  const common = { address: text, netmask: '', mac: '', internal, cidr: null };
  return text.includes(':') ? { ...common, family: 'IPv6', scopeid: 0 } : { ...common, family: 'IPv4' };
};
const interfaces = {
  lo: [address('127.0.0.1', true), address('::1', true)],
  wlan0: [address('192.168.1.5'), address('fe80::1'), address('169.254.7.7')],
  eth0: [address('10.0.0.7')],
};

it.each([
  ['0.0.0.0', ['http://192.168.1.5:8080/syncml', 'http://10.0.0.7:8080/syncml']],
  ['::', ['http://192.168.1.5:8080/syncml', 'http://10.0.0.7:8080/syncml']],
  ['127.0.0.1', []],
  ['192.168.1.5', []],
])('a server on %s is reached from the network at these URLs', (host, urls) => {
  expect(networkUrls({ host, port: 8080 }, interfaces)).toEqual(urls);
});

it.each([
  ['0.0.0.0', 'http://127.0.0.1:1/syncml'],
  ['::', 'http://127.0.0.1:1/syncml'],
  ['::1', 'http://[::1]:1/syncml'],
  ['192.168.1.5', 'http://192.168.1.5:1/syncml'],
])('a server on %s is reached from this machine at one', (host, url) => {
  expect(localUrl({ host, port: 1 })).toBe(url);
});
