/**
 * The typed model of a SyncML message: what the DTDs of 1.0, 1.1 and 1.2 can say [RP12 7, MI12, DI12].
 *
 * Owns: shapes. Must not know: behaviour, wires. Only `undefined` means absent. '' and 0 are values: an empty Data and
 * a NumberOfChanges of 0 are legal.
 */
import type { Version, Wire } from '../codec/tree.ts';
import type { AlertCode, StatusCode } from './codes.ts';
import type { DevInf } from './devinf-model.ts';

export type { Version, Wire };

/** Target or Source: LocURI and the optional LocName. */
export interface Location {
  readonly uri: string;
  readonly name?: string;
  /** The Filter in the Target of an Alert of 1.2. lib/filter reads it. */
  readonly filter?: Filter;
}

export interface Filter {
  readonly meta?: Meta;
  readonly field?: MessageItem;
  readonly record?: MessageItem;
  readonly filterType?: string;
}

export interface AnchorPair {
  readonly last?: string;
  readonly next?: string;
}

export interface Mem {
  readonly sharedMem?: boolean;
  readonly freeMem?: number;
  readonly freeId?: number;
}

/** Content of a Meta element [MI12]. Numbers are bytes; `nextNonce` holds the decoded octets. */
export interface Meta {
  readonly format?: string;
  readonly type?: string;
  readonly mark?: string;
  readonly size?: number;
  readonly anchor?: AnchorPair;
  readonly version?: string;
  readonly nextNonce?: Uint8Array;
  readonly maxMsgSize?: number;
  readonly maxObjSize?: number;
  readonly mem?: Mem;
  readonly emi?: readonly string[];
  readonly fieldLevel?: boolean;
}

/** Text as it came, raw opaque bytes, or a structure. Base64 is not decoded here (see data.ts). */
export type Data = string | Uint8Array | { readonly devInf: DevInf } | { readonly anchor: AnchorPair };

export interface MessageItem {
  readonly target?: Location;
  readonly source?: Location;
  readonly sourceParent?: string;
  readonly targetParent?: string;
  readonly meta?: Meta;
  readonly data?: Data;
  readonly moreData?: boolean;
}

export interface MapItem {
  /** The GUID that the server sent. */
  readonly target: string;
  /** The client's LUID. */
  readonly source: string;
}

export interface Cred {
  readonly meta?: Meta;
  /** base64 text, or the raw 16 bytes of a digest in WBXML [RP12 5.3]. */
  readonly data: string | Uint8Array;
}

export interface Chal {
  readonly type: 'syncml:auth-basic' | 'syncml:auth-md5' | 'syncml:auth-MAC';
  readonly format: 'b64';
  readonly nextNonce?: Uint8Array;
}

/** What is wrong with one command. The engine answers the command by this Status, and goes on. */
export interface Fault {
  readonly status: 400 | 412;
  readonly text: string;
}

interface Base {
  /** Unique in its message, never '0' [RP12 6.1.4]. '' when the peer left it out; then `fault` is set. */
  readonly cmdId: string;
  readonly noResp?: boolean;
  readonly cred?: Cred;
  readonly meta?: Meta;
  readonly fault?: Fault;
}

export interface ItemCommand extends Base {
  readonly name: 'Add' | 'Replace' | 'Copy' | 'Move';
  readonly items: readonly MessageItem[];
}
export interface Delete extends Base {
  readonly name: 'Delete';
  readonly archive?: boolean;
  readonly sftDel?: boolean;
  readonly items: readonly MessageItem[];
}
export interface AlertCommand extends Base {
  readonly name: 'Alert';
  /** The number that the peer sent; absent when there was none. */
  readonly code?: AlertCode;
  readonly items: readonly MessageItem[];
}
export interface GetPut extends Base {
  readonly name: 'Get' | 'Put';
  readonly items: readonly MessageItem[];
}
export interface Results extends Base {
  readonly name: 'Results';
  readonly msgRef?: string;
  readonly cmdRef: string;
  readonly targetRef?: string;
  readonly sourceRef?: string;
  readonly items: readonly MessageItem[];
}
export interface MapCommand extends Base {
  readonly name: 'Map';
  readonly target?: Location;
  readonly source?: Location;
  readonly items: readonly MapItem[];
}
export interface Sync extends Base {
  readonly name: 'Sync';
  readonly target?: Location;
  readonly source?: Location;
  readonly numberOfChanges?: number;
  readonly commands: readonly Command[];
}
export interface Container extends Base {
  readonly name: 'Atomic' | 'Sequence';
  readonly commands: readonly Command[];
}
export interface Other extends Base {
  /** Exec and Search are known but not offered; `element` is the name of an unknown command. */
  readonly name: 'Exec' | 'Search' | 'Unknown';
  readonly element?: string;
  readonly items: readonly MessageItem[];
}
export interface StatusCommand extends Base {
  readonly name: 'Status';
  readonly msgRef: string;
  readonly cmdRef: string;
  /** Name of the command answered; 'SyncHdr' for the header. */
  readonly cmd: string;
  readonly targetRefs?: readonly string[];
  readonly sourceRefs?: readonly string[];
  readonly chal?: Chal;
  readonly code: StatusCode;
  readonly items?: readonly MessageItem[];
}

export type Command =
  | ItemCommand
  | Delete
  | AlertCommand
  | GetPut
  | Results
  | MapCommand
  | Sync
  | Container
  | Other
  | StatusCommand;

export interface SyncHdr {
  /** As written, also if it is unsupported. */
  readonly verDTD: string;
  readonly verProto: string;
  /** Opaque, echoed unchanged [RP12 6.1.22]. */
  readonly sessionId: string;
  /** A number [RP12 6.1.15]; absent when there was none. */
  readonly msgId?: number;
  readonly target: Location;
  readonly source: Location;
  readonly respURI?: string;
  readonly noResp?: boolean;
  readonly cred?: Cred;
  readonly meta?: Meta;
}

export interface Message {
  readonly header: SyncHdr;
  readonly commands: readonly Command[];
  readonly final: boolean;
}
