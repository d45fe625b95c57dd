/**
 * What tells a log from another one with the same sequences, after a table was restored to an earlier moment
 * (docs/adr/0019).
 */
import { digest } from '../../pim/digest.ts';
import type { Peer } from './ids.ts';

/** A commit of a log. `id` is absent for a commit of before, and where there is no commit yet (sequence 0). */
export interface LogPlace {
  readonly sequence: number;
  readonly id?: string;
}

/** The newest commit of a log; sequence 0 where there is none. */
export const newestIn = (head: LogPlace | undefined): LogPlace => ({
  sequence: head?.sequence ?? 0,
  ...(head?.id !== undefined && { id: head.id }),
});

/**
 * The newest commit that an anchor or a session knows of, and the stamp of the mapping. It holds only if the log and its
 * head say the same.
 */
export interface Standing extends LogPlace {
  readonly stamp?: string;
}

/** A random id, renewed with the LUIDs of a device that no commit names. The head has it, and so has the device's standing. */
export interface MappingStamp {
  /** Hash of the peer. */
  readonly peer: string;
  /** The highest generation with LUIDs. */
  readonly generation: number;
  readonly id: string;
}

/** A head has so many stamps at most. A device whose stamp had to go is believed without. */
export const MAX_STAMPS = 20;

export const stampedPeer = (peer: Peer): string => digest(peer).slice(0, 8);

interface Stamped {
  readonly stamps?: readonly MappingStamp[];
}

export const stampOf = (head: Stamped | undefined, peer: Peer): MappingStamp | undefined => {
  const name = stampedPeer(peer);
  return head?.stamps?.find((stamp) => stamp.peer === name);
};

/** The stamps with that of one device renewed. */
export const withStamp = ({ stamps = [] }: Stamped, renewed: MappingStamp): readonly MappingStamp[] =>
  [...stamps.filter(({ peer }) => peer !== renewed.peer), renewed].slice(-MAX_STAMPS);
