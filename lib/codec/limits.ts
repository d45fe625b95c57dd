/**
 * How much the server reads of a message, and the count of what it has read.
 *
 * Owns: the limits, and the error when one is passed. Must not know: the encodings.
 */
import { CodecError } from './tree.ts';

export interface Limits {
  /** Octets of a document. Also octets of its text, which may be longer when strings of the table are repeated. */
  readonly bytes: number;
  /** Elements within elements, embedded documents included. */
  readonly depth: number;
  /** Octets of a WBXML string table. */
  readonly stringTable: number;
  /** Elements and pieces of text together. */
  readonly nodes: number;
}

export const defaultLimits: Limits = {
  bytes: 6 * 1024 * 1024,
  depth: 64,
  stringTable: 64 * 1024,
  nodes: 200_000,
};

/** A limit was passed. This ends the decoding, also that of a message around an embedded document. */
export class LimitError extends CodecError {}

/** The count for one decoded message and the documents embedded in it. */
export interface Budget {
  readonly limits: Limits;
  node(): void;
  text(octets: number): void;
}

export function budgetOf(limits: Limits): Budget {
  let nodes = 0;
  let octets = 0;
  return {
    limits,
    node() {
      nodes += 1;
      if (nodes > limits.nodes) throw new LimitError('the document has too many elements');
    },
    text(added) {
      octets += added;
      if (octets > limits.bytes) throw new LimitError('the document stands for too much text');
    },
  };
}

export function checkSize(octets: number, limits: Limits): void {
  if (octets > limits.bytes) throw new LimitError('the document is too large');
}

export function checkDepth(depth: number, limits: Limits): void {
  if (depth > limits.depth) throw new LimitError('the document is nested too deeply');
}
