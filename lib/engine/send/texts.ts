/**
 * Texts in part rows of the candidates for package #4. A text is read when its item is about to be sent. Texts of the
 * candidates behind it are read in the same round, about as many as the message has room for.
 */
import type { DatastoreSync } from '../context/datastore-sync.ts';
import { readKey } from '../io/facts.ts';
import type { Item } from '../model/records.ts';
import { type Candidate, decisionFor, type SendDecision } from './candidates.ts';
import type { Sending } from './outgoing.ts';
import { whyNotNow } from './send-item.ts';

/** The size of a text in part rows; 0 for all other items. */
const sizeOf = ({ content }: Item): number => (content === undefined || content.isWhole ? 0 : content.size);

/** Is the text of the item asked for in this run (`missing`), or was it read in an earlier one (`known`)? */
function isIn({ step, name }: DatastoreSync, item: Item, which: 'missing' | 'known'): boolean {
  if (item.content === undefined) return false;
  const { hash, parts } = item.content;
  const { user } = step.session;
  return step.facts[which].has(
    readKey({ read: 'body', user, datastore: name, guid: item.guid, hash, parts }),
  );
}

/** Does a text that was not read yet have to wait for the next message? */
export const mustWait = ({ sync, texts }: Sending, item: Item): boolean =>
  texts.isSpent && sizeOf(item) > 0 && !isIn(sync, item, 'known');

/** Asks for the text of an item that is to be sent. `later`: there is most likely no room for it. */
export function askText(sending: Sending, decision: SendDecision): 'asked' | 'later' {
  const { sync, reply, texts } = sending;
  if (decision.op === 'skip' || decision.op === 'delete') return 'asked';
  const { guid, content } = decision.item;
  const size = sizeOf(decision.item);
  if (content === undefined || size === 0 || whyNotNow(sync, decision) !== undefined) return 'asked';
  const { maxObjSize } = sync.device;
  if (!isIn(sync, decision.item, 'known') && !texts.mayFit(size, reply.room, maxObjSize)) return 'later';
  sync.step.changes.wholeOf(sync.name, guid, content);
  return 'asked';
}

/** Counts a candidate that is dealt with in this run. */
export function noteText({ sync, texts }: Sending, item: Item): void {
  if (sizeOf(item) > 0 && isIn(sync, item, 'known')) texts.noteMet(sizeOf(item));
}

/** Asks for the texts of these candidates, in order, until they are enough for a round. */
export function readTexts(sending: Sending, candidates: readonly Candidate[]): void {
  const { sync, reply, texts } = sending;
  const most = texts.roundFor(reply.room);
  let bytes = 0;
  for (const candidate of candidates) {
    const item = sync.step.changes.itemAt(sync.name, candidate.guid);
    const size = item === undefined ? 0 : sizeOf(item);
    if (item === undefined || size === 0 || isIn(sync, item, 'known')) continue;
    if (bytes > 0 && bytes + size > most) return;
    askText(sending, decisionFor(sync, candidate));
    if (isIn(sync, item, 'missing')) bytes += size;
  }
}

/** Bytes of the texts that have to be read to decide which of these candidates the client is told of. */
export function textBytes(sync: DatastoreSync, candidates: readonly Candidate[]): number {
  const { step, datastore, device } = sync;
  const isRead = device.hasUnseen || device.dateWindow.isDue;
  if (datastore.client.filter === undefined && !isRead) return 0;
  return candidates.reduce((bytes, { guid }) => {
    const item = step.changes.itemAt(sync.name, guid);
    return bytes + (item === undefined ? 0 : sizeOf(item));
  }, 0);
}
