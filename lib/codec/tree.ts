/**
 * The neutral element tree between the two wires (XML, WBXML) and the typed messages.
 *
 * Owns: the shape of a decoded document. Must not know: any SyncML command.
 * SyncML, MetInf and DevInf use no attributes, so an element is a name in a namespace and its children.
 */

/** `syncml` is the message namespace of any version, `metinf` Meta content, `devinf` device information. */
export type Namespace = 'syncml' | 'metinf' | 'devinf';

/** A string is character data, a Uint8Array is WBXML opaque data that was not decoded. */
export type Node = Element | string | Uint8Array;

export interface Element {
  readonly name: string;
  readonly space: Namespace;
  readonly children: readonly Node[];
}

/** The two encodings of a message ([HB12 5.3.3]). */
export type Wire = 'xml' | 'wbxml';

/** Protocol versions by their VerDTD spelling. */
export type Version = '1.0' | '1.1' | '1.2';

/** The error of bytes that are no document. `reason` quotes no content, so it can be shown. */
export class CodecError extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.name = 'CodecError';
    this.reason = reason;
  }
}

export const isElement = (node: Node): node is Element =>
  typeof node !== 'string' && !(node instanceof Uint8Array);

export function element(space: Namespace, name: string, children: readonly Node[] = []): Element {
  return { name, space, children };
}
