import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { credentials } from '../../lib/message/data.ts';
import { parseMeta } from '../../lib/message/parse/meta.ts';
import { markup } from './markup.ts';

const md5Type = { type: 'syncml:auth-md5', format: 'b64' };
const bruce = { type: 'basic', user: 'Bruce2', password: 'OhBehave' };
const hash = (...parts: (string | Uint8Array)[]) => {
  const md5 = createHash('md5');
  for (const part of parts) md5.update(part);
  return md5.digest();
};
const verifier = hash('Bruce2:OhBehave').toString('base64');
const plain = (bytes: Uint8Array) => new Uint8Array(bytes);

describe('Basic [RP12 6.1.6]', () => {
  it.each([
    ['named', { meta: { type: 'syncml:auth-basic', format: 'b64' }, data: 'QnJ1Y2UyOk9oQmVoYXZl' }],
    ['by default (U02)', { data: 'QnJ1Y2UyOk9oQmVoYXZl' }],
    ['without Format (U04)', { meta: { type: 'Syncml:auth-basic' }, data: 'QnJ1Y2UyOk9oQmVoYXZl' }],
    ['in opaque data', { data: new TextEncoder().encode('QnJ1Y2UyOk9oQmVoYXZl') }],
    ['in clear', { meta: { format: 'chr' }, data: 'Bruce2:OhBehave' }],
  ])('%s', (_, cred) => {
    expect(credentials(cred)).toEqual(bruce);
  });
  it('splits at the first colon', () => {
    const data = Buffer.from('ann:a:b').toString('base64');
    expect(credentials({ data })).toEqual({ type: 'basic', user: 'ann', password: 'a:b' });
  });
  it('decodes once: Format b64 does not mean twice (U03)', () => {
    const twice = Buffer.from('QnJ1Y2UyOk9oQmVoYXZl').toString('base64');
    expect(credentials({ meta: { format: 'b64' }, data: twice })).toEqual({
      type: 'basic',
      user: 'QnJ1Y2UyOk9oQmVoYXZl',
      password: '',
    });
  });
});

describe('MD5 [RP12 5.3]', () => {
  it.each([
    ['1.1 and later', 'Zz6EivR3yeaaENcRN6lpAQ==', hash(verifier, ':Nonce')],
    ['1.0', 'UmkqAAZhiQvXXhfaf/u+OQ==', hash('Bruce2:OhBehave:Nonce')],
  ])('the digest of %s', (_, data, digest) => {
    expect(credentials({ meta: md5Type, data })).toEqual({ type: 'md5', digest: plain(digest) });
  });
  it('a nonce of any octets comes out of NextNonce as they are [MI12 5.2.14]', () => {
    const meta = parseMeta(markup('<Meta><NextNonce>LG3iZQhhdmKNHg==</NextNonce></Meta>'));
    const digest = hash(verifier, ':', meta?.nextNonce ?? '');
    expect(credentials({ meta: md5Type, data: 'LAK2i25Fh0nxxGGaAzRRpg==' })).toEqual({
      type: 'md5',
      digest: plain(digest),
    });
  });
  it('takes 16 raw bytes and base64 in opaque data (U20)', () => {
    const digest = plain(hash('x'));
    const text = new TextEncoder().encode(Buffer.from(digest).toString('base64'));
    expect(credentials({ meta: md5Type, data: digest })).toEqual({ type: 'md5', digest });
    expect(credentials({ meta: md5Type, data: text })).toEqual({ type: 'md5', digest });
  });
  it('of garbage matches nothing', () => {
    expect(credentials({ meta: md5Type, data: '!' })).toEqual({ type: 'md5', digest: new Uint8Array(0) });
  });
});

it('names a scheme that is not supported (U23)', () => {
  expect(credentials({ meta: { type: 'syncml:auth-MAC' }, data: 'x' })).toEqual({
    type: 'unsupported',
    name: 'syncml:auth-MAC',
  });
});
