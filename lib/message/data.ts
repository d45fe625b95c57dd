/**
 * Reads the data of an Item or a Cred, in all ways in which peers write it.
 *
 * Owns: Format, embedded documents and credential schemes. Must not know: accounts, digests, item formats.
 */
import { decode } from '../codec/codec.ts';
import { CodecError } from '../codec/tree.ts';
import { bytesToText, fromBase64, textToBytes } from './bytes.ts';
import type { DevInf } from './devinf-model.ts';
import type { AnchorPair, Cred, Data, MessageItem } from './model.ts';
import { parseDevInf } from './parse/devinf.ts';
import { localNameOf } from './parse/read.ts';

const isContent = (data: Data | undefined): data is string | Uint8Array =>
  typeof data === 'string' || data instanceof Uint8Array;

/**
 * The text of an item. Base64 is decoded (C32), bytes are read as UTF-8. Undefined without Data, and for a structure.
 */
export function itemText(item: MessageItem): string | undefined {
  const data = itemData(item);
  return data instanceof Uint8Array ? bytesToText(data) : data;
}

/** The data of an item as text, or as the bytes that came. The reader of the format knows their charset. */
export function itemData(item: MessageItem): string | Uint8Array | undefined {
  if (!isContent(item.data)) return undefined;
  if (item.meta?.format?.toLowerCase() !== 'b64') return item.data;
  const text = typeof item.data === 'string' ? item.data : bytesToText(item.data);
  return fromBase64(text) ?? text;
}

/**
 * Device information in an item: as elements, as escaped text or CDATA, or as a document in opaque data (B.5, W07).
 */
export function itemDevInf(item: MessageItem): DevInf | undefined {
  const data = item.data;
  if (data === undefined) return undefined;
  if (!isContent(data)) return 'devInf' in data ? data.devInf : undefined;
  const bytes = typeof data === 'string' ? textToBytes(data.trim()) : data;
  try {
    // No WBXML document begins with '<': it has a version byte of 1 to 3 (W01).
    const { root } = decode(bytes, bytes[0] === 0x3c ? 'xml' : 'wbxml');
    return localNameOf(root) === 'devinf' ? parseDevInf(root) : undefined;
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

/** The anchors in an Alert's item: from its Meta [SP11 2.2.1], else from its Data, where a Status has them. */
export function alertAnchor(item: MessageItem): AnchorPair | undefined {
  if (item.meta?.anchor !== undefined) return item.meta.anchor;
  return typeof item.data === 'object' && 'anchor' in item.data ? item.data.anchor : undefined;
}

export type Credentials =
  | { readonly type: 'basic'; readonly user: string; readonly password: string }
  | { readonly type: 'md5'; readonly digest: Uint8Array }
  | { readonly type: 'unsupported'; readonly name: string };

const credText = (cred: Cred): string => (typeof cred.data === 'string' ? cred.data : bytesToText(cred.data));

/** Reads base64 of `user:password` (U03). A pair in clear text has a colon, which base64 never has. */
function basic(cred: Cred): Credentials {
  const content = credText(cred);
  const bytes = fromBase64(content);
  const pair = bytes === undefined ? content : bytesToText(bytes);
  const colon = pair.indexOf(':');
  const [user, password] = colon < 0 ? [pair, ''] : [pair.slice(0, colon), pair.slice(colon + 1)];
  return { type: 'basic', user, password };
}

/** Reads 16 raw bytes in WBXML, else base64 (U20). Other data becomes a digest that matches no password. */
function md5(cred: Cred): Credentials {
  const raw = cred.data instanceof Uint8Array && cred.data.length === 16 ? cred.data : undefined;
  return { type: 'md5', digest: raw ?? fromBase64(credText(cred)) ?? new Uint8Array(0) };
}

/** Reads a Cred (B.1). Without a Type it is Basic (U02). */
export function credentials(cred: Cred): Credentials {
  const name = cred.meta?.type ?? 'syncml:auth-basic';
  switch (name.toLowerCase()) {
    case 'syncml:auth-basic':
      return basic(cred);
    case 'syncml:auth-md5':
      return md5(cred);
    default:
      return { type: 'unsupported', name };
  }
}
