/**
 * How a client of libsynthesis puts large objects together. When it resumes and the first item has the names of its last
 * one, it appends the data to what it holds, whatever Size says; only `datapos` says where the data belongs. If it had
 * all of that item, it repeats its Status, and is done with what it holds. It repeats the Status, too, for another object in
 * chunks that comes first.
 */
import type { MessageItem, Meta } from '../../lib/message/model.ts';

/** An item, or the beginning of one. */
interface Held {
  readonly names: string;
  readonly size: number | undefined;
  readonly data: Buffer;
  /** Its Status, when it is complete. */
  readonly code?: number;
  /** Bytes of the chunk that came last, and where it ends. */
  readonly unconfirmed?: { readonly bytes: number; readonly end: number };
}

interface Taken {
  readonly code: number;
  /** Of an item that is complete. */
  readonly data?: string;
}

interface Piece {
  readonly name: 'Add' | 'Replace';
  readonly item: MessageItem;
  readonly meta?: Meta | undefined;
}

export class AppendingParts {
  private last: Held | undefined;
  private isLoaded = false;
  /** The Status of the last item of before, while an object in chunks that came first is open. */
  private repeated: number | undefined;
  /** How many objects it did not look at so. */
  ignored = 0;

  get isOpen(): boolean {
    return this.last !== undefined && this.last.code === undefined && !this.isLoaded;
  }

  /** A session begins; what is held from before counts only when it resumes. */
  begin(isResume: boolean): void {
    if (!isResume) this.last = undefined;
    this.isLoaded = this.last !== undefined;
    this.repeated = undefined;
  }

  /** Takes an item or a chunk. */
  take({ name, item, meta }: Piece): Taken {
    const names = `${item.source?.uri ?? ''} ${item.target?.uri ?? ''}`;
    const data = Buffer.from(String(item.data ?? ''));
    const isSame = this.last?.names === names;
    const isResumed = this.isLoaded && isSame;
    const isOpen = this.isOpen;
    const before = this.last;
    const isLoaded = this.isLoaded;
    this.isLoaded = false;
    if (isOpen && !isSame) throw new Error(`${names} comes inside of ${before?.names}`);
    if (isResumed && before?.code !== undefined) return { code: before.code };
    if (isLoaded && item.moreData === true) this.repeated = before?.code;
    if (!isResumed && !isOpen) return this.hold({ names, size: meta?.size, data }, { name, item }, false);
    const known = before as Held;
    const at = isResumed ? positionIn(meta) : undefined;
    if (at !== undefined && at > known.data.length) return this.end(known, 412);
    const kept = at === undefined ? known.data : known.data.subarray(0, at);
    const { unconfirmed, ...rest } = known;
    const end = { ...rest, ...(at === undefined && isResumed && unconfirmed ? { unconfirmed } : {}) };
    return this.hold({ ...end, data: Buffer.concat([kept, data]) }, { name, item }, isOpen);
  }

  /** `isPart`: chunks came before it in this session, so that its length is looked at. */
  private hold(held: Held, { name, item }: Piece, isPart: boolean): Taken {
    const bytes = Buffer.byteLength(String(item.data ?? ''));
    if (item.moreData === true) {
      this.last = { ...held, unconfirmed: { bytes, end: held.data.length } };
      return { code: 213 };
    }
    if (this.repeated !== undefined) {
      this.ignored += 1;
      return this.end(held, this.repeated);
    }
    const data = isPart ? withoutDouble(held) : held.data;
    if (data === undefined) return this.end(held, 424);
    return { ...this.end(held, name === 'Add' ? 201 : 200), data: data.toString() };
  }

  private end(held: Held, code: number): Taken {
    this.last = { ...held, code };
    this.repeated = undefined;
    return { code };
  }
}

/** The object, without the chunk that came twice if that explains its length. */
function withoutDouble({ data, size, unconfirmed }: Held): Buffer | undefined {
  if (size === undefined || data.length === size) return data;
  if (unconfirmed === undefined || data.length - size !== unconfirmed.bytes) return undefined;
  const { bytes, end } = unconfirmed;
  return Buffer.concat([data.subarray(0, end - bytes), data.subarray(end)]);
}

function positionIn(meta: Meta | undefined): number | undefined {
  const said = meta?.emi?.find((value) => value.startsWith('datapos='));
  return said === undefined ? undefined : Number(said.slice('datapos='.length));
}
