/** From what went over the wire to what a test needs to play a device: the items and the messages that it sent. */
import { decode } from '../../lib/codec/codec.ts';
import type { Wire } from '../../lib/codec/tree.ts';
import type { Command, Message } from '../../lib/message/model.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import type { FixtureItem, Recorded } from './fixture.ts';

export const wireOf = (bytes: Uint8Array): Wire => (bytes[0] === '<'.charCodeAt(0) ? 'xml' : 'wbxml');

const parsed = new WeakMap<Uint8Array, Message>();

export function messageOf(bytes: Uint8Array): Message {
  const message = parsed.get(bytes) ?? parseMessage(decode(bytes, wireOf(bytes)).root);
  parsed.set(bytes, message);
  return message;
}

/** Does a part of an object go with the message, and not its end? */
export const isOpenAt = (bytes: Uint8Array): boolean =>
  messageOf(bytes).commands.some(
    (command) => command.name === 'Sync' && command.commands.some((change) => isChunk(change)),
  );

/** Do some items of more go with the message? */
export function isFirstPart(bytes: Uint8Array): boolean {
  const { commands, final } = messageOf(bytes);
  return !final && commands.some((command) => command.name === 'Sync' && command.commands.length > 0);
}

const isChunk = (change: Command): boolean =>
  (change.name === 'Add' || change.name === 'Replace') && change.items.some((item) => item.moreData === true);

/** base64 of the nonce that the server told last, in any of these answers. */
export function lastNonce(session: readonly Recorded[]): string | undefined {
  const told = session.flatMap(({ answer }) => (answer ? messageOf(answer).commands : []));
  const nonces = told.flatMap((command) =>
    command.name === 'Status' && command.chal?.nextNonce !== undefined ? [command.chal.nextNonce] : [],
  );
  const last = nonces.at(-1);
  return last && Buffer.from(last).toString('base64');
}

/** The items that a device sent in a session, large ones put together. */
export function itemsSent(device: string, session: readonly Recorded[]): FixtureItem[] {
  const items = new Map<string, FixtureItem>();
  for (const { body } of session)
    for (const command of messageOf(body).commands) {
      if (command.name !== 'Sync') continue;
      const datastore = command.target?.uri.replace(/^\.\//, '') ?? '';
      for (const change of command.commands) collect(items, { device, datastore }, change);
    }
  return [...items.values()];
}

function collect(
  items: Map<string, FixtureItem>,
  at: Pick<FixtureItem, 'device' | 'datastore'>,
  change: Command,
): void {
  if (change.name !== 'Add' && change.name !== 'Replace') return;
  for (const { source, data, meta } of change.items) {
    const luid = source?.uri ?? '';
    const key = `${at.datastore} ${luid}`;
    const size = change.meta?.size ?? meta?.size;
    const begun = size === undefined ? items.get(key) : undefined;
    const type = begun?.type ?? change.meta?.type ?? meta?.type ?? '';
    items.set(key, { item: luid, ...at, type, text: (begun?.text ?? '') + String(data ?? '') });
  }
}
