/**
 * What a step is given: the message as lib/app hands it over, and the values that a deterministic step cannot make
 * itself.
 */
import type { Message, Wire } from '../../message/model.ts';
import type { WalkPlace } from '../model/records.ts';

export interface Request {
  readonly message: Message;
  /** The encoding of the answer. */
  readonly wire: Wire;
  /** The message as it came. It is stored if there is no time to carry it out. */
  readonly arrived: Arrived;
  /** User and MAC of `x-syncml-hmac`, and B64(MD5(body)) (U28). */
  readonly mac?: { readonly user: string; readonly mac: string; readonly body: string } | undefined;
  /** Hash of the message's bytes. */
  readonly digest: string;
  readonly userAgent?: string;
  /** User and secret of the RespURI that the client came to; absent when it came to another URL. */
  readonly ticket?: { readonly user: string; readonly secret: string };
  /** Absolute URL of this server, for the RespURI. */
  readonly endpoint: string;
}

export interface Arrived {
  readonly bytes: Uint8Array;
  readonly wire: Wire;
  /** The charset that the transport names. */
  readonly charset?: string;
}

/** Part of the keys of the rows that belong to one message. */
export const rowTag = (request: Request): string => request.digest.slice(0, 8);

/** What is new in each exchange. `nonce`: 16 octets; `secret`: a URL-safe word; `now`: epoch milliseconds. */
export interface Environment {
  readonly now: number;
  readonly nonce: Uint8Array;
  readonly secret: string;
  /** Random, and new in each exchange: the ids of commits are made of it. */
  readonly seed: string;
  /**
   * The time for this answer is nearly over: changes for the client wait for the next message, and so does the end of
   * package #2 if a match index is not ready.
   */
  readonly hurry?: boolean;
  /** Where walks through all items go on that runs before this one began for the same message, by datastore. */
  readonly places?: { readonly [datastore: string]: WalkPlace };
  /**
   * Version of the session's row as an earlier run for the same message read it: all rows that this run reads are at
   * least as new as that version.
   */
  readonly sessionRead?: number;
}
