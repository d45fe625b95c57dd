/**
 * Meta content [MI12], credentials and challenges: element -> typed.
 *
 * Owns: the MetInf elements. Must not know: which command the Meta belongs to.
 */
import type { Element } from '../../codec/tree.ts';
import { bytesToText, fromBase64, textToBytes } from '../bytes.ts';
import type { AnchorPair, Chal, Cred, Mem, Meta } from '../model.ts';
import {
  child,
  defined,
  elements,
  flagIn,
  localNameOf,
  nonEmpty,
  numberOf,
  text,
  textIn,
  textsOf,
} from './read.ts';

/** The element with the children of its MetInf wrapper, if it has one, as its own (W06). */
export function unwrapMetInf(el: Element): Element {
  const wrappers = elements(el).filter((inner) => localNameOf(inner) === 'metinf');
  return wrappers.length === 0
    ? el
    : { ...el, children: [...el.children, ...wrappers.flatMap((w) => w.children)] };
}

/** Reads an Anchor element, or Next and Last without an Anchor around them (B.5). */
export function parseAnchor(parent: Element): AnchorPair | undefined {
  const wrapper = child(parent, 'Anchor');
  const anchor = defined<AnchorPair>({
    last: textIn(wrapper ?? parent, 'Last'),
    next: textIn(wrapper ?? parent, 'Next'),
  });
  return wrapper === undefined && anchor.last === undefined && anchor.next === undefined ? undefined : anchor;
}

function parseMem(parent: Element): Mem | undefined {
  const el = child(parent, 'Mem');
  if (el === undefined) return undefined;
  return defined<Mem>({
    sharedMem: flagIn(el, 'SharedMem'),
    freeMem: numberOf(el, 'FreeMem'),
    freeId: numberOf(el, 'FreeID'),
  });
}

/** Reads base64 [MI12 5.2.14]. Other text is taken as the octets of the nonce. */
function parseNonce(parent: Element): Uint8Array | undefined {
  const value = textIn(parent, 'NextNonce');
  return value === undefined ? undefined : (fromBase64(value) ?? textToBytes(value));
}

/** An empty Type or Format counts as absent, so that the defaults apply (Q10). */
const worded = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

/** Reads a Meta; undefined when it has no known element. */
export function parseMeta(meta: Element | undefined): Meta | undefined {
  if (meta === undefined) return undefined;
  const el = unwrapMetInf(meta);
  const parsed = defined<Meta>({
    format: worded(textIn(el, 'Format')),
    type: worded(textIn(el, 'Type')),
    mark: textIn(el, 'Mark'),
    size: numberOf(el, 'Size'),
    anchor: parseAnchor(el),
    version: textIn(el, 'Version'),
    nextNonce: parseNonce(el),
    maxMsgSize: numberOf(el, 'MaxMsgSize'),
    maxObjSize: numberOf(el, 'MaxObjSize'),
    mem: parseMem(el),
    emi: nonEmpty(textsOf(el, 'EMI')),
    fieldLevel: flagIn(el, 'FieldLevel'),
  });
  return Object.keys(parsed).length === 0 ? undefined : parsed;
}

/**
 * Reads the Data of a Cred. Opaque data that is no printable text stays bytes, because it may be a raw digest (U20).
 */
function parseCredData(el: Element | undefined): string | Uint8Array {
  if (el === undefined) return '';
  const [first, ...rest] = el.children;
  if (!(first instanceof Uint8Array) || rest.length > 0) return text(el);
  return /^[\x20-\x7e\s]*$/.test(bytesToText(first)) && first.length !== 16 ? text(el) : first;
}

export function parseCred(el: Element | undefined): Cred | undefined {
  if (el === undefined) return undefined;
  return defined<Cred>({ meta: parseMeta(child(el, 'Meta')), data: parseCredData(child(el, 'Data')) });
}

const CHALLENGES = ['syncml:auth-basic', 'syncml:auth-md5', 'syncml:auth-MAC'] as const;

/** Reads a challenge; undefined when its kind is unknown. Without a Type it is Basic (U02). */
export function parseChal(el: Element | undefined): Chal | undefined {
  if (el === undefined) return undefined;
  const meta = parseMeta(child(el, 'Meta'));
  const named = (meta?.type ?? 'syncml:auth-basic').toLowerCase();
  const type = CHALLENGES.find((known) => known.toLowerCase() === named);
  if (type === undefined) return undefined;
  return defined<Chal>({ type, format: 'b64', nextNonce: meta?.nextNonce });
}
