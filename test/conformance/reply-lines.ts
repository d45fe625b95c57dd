/**
 * A reply in the short form of the transcripts: what it says, all of it, so that nothing more and nothing else passes.
 *
 *   Status SyncHdr 407 chal=md5      Status Add 1 201      Status Alert notes 200 next=03
 *   Alert 200 notes last=$s2 next=$s3    Alert 223 9       Get ./devinf11
 *   Results ./devinf11 type=... version=1.1 large-objects=yes changes=yes datastores=contacts,...
 *   Sync notes changes=2, and in it   Add <GUID> "text"    Replace <LUID> "text"    Delete <LUID>
 *
 * Whatever departs from these forms shows as one more word: `source=` in a Replace or Delete, `target=` in an Add,
 * a `type=` that is not text/plain, `of=` in a Status for an earlier message.
 */
import type {
  AlertCommand,
  Command,
  Message,
  MessageItem,
  Results,
  StatusCommand,
} from '../../lib/message/model.ts';

export interface Told {
  readonly words: readonly string[];
  readonly children: readonly Told[];
}

export function linesOf(reply: Message): Told[] {
  const lines = reply.commands.map((command) => lineOf(command, reply));
  return reply.final ? [...lines, told(['Final'])] : lines;
}

const told = (words: readonly (string | undefined)[], children: readonly Told[] = []): Told => ({
  words: words.filter((word) => word !== undefined),
  children,
});
const key = (name: string, value: string | number | undefined): string | undefined =>
  value === undefined ? undefined : `${name}=${value}`;
const plainName = (uri = ''): string => uri.replace(/^\.\/(?!devinf)/, '');

function lineOf(command: Command, reply: Message): Told {
  switch (command.name) {
    case 'Status':
      return statusLine(command, reply.header.msgId);
    case 'Alert':
      return alertLine(command);
    case 'Results':
      return resultsLine(command);
    case 'Get':
      return told(['Get', ...command.items.map((item) => item.target?.uri)]);
    case 'Sync': {
      const name = plainName(command.target?.uri);
      const source = command.source?.uri;
      const inside = command.commands.map((child) => lineOf(child, reply));
      const other = source === name ? undefined : key('source', source);
      return told(['Sync', name, key('changes', command.numberOfChanges), other], inside);
    }
    case 'Add':
    case 'Replace':
    case 'Delete':
      return told([
        command.name,
        ...command.items.flatMap((item) => itemWords(command.name, item)),
        key('size', command.meta?.size ?? command.items[0]?.meta?.size),
        command.name === 'Delete' ? undefined : typeWord(command.meta?.type ?? command.items[0]?.meta?.type),
      ]);
    default:
      return told([command.name]);
  }
}

const typeWord = (type: string | undefined): string | undefined =>
  type === 'text/plain' ? undefined : `type=${type}`;

/** [C33]: an Add names our GUID in Source, the others the tester's LUID in Target, and neither the other one. */
function itemWords(name: string, { source, target, data, moreData }: MessageItem): (string | undefined)[] {
  const text = data === undefined ? undefined : JSON.stringify(data);
  const more = moreData === true ? 'more' : undefined;
  return name === 'Add'
    ? [source?.uri, text, more, key('target', target?.uri)]
    : [target?.uri, text, more, key('source', source?.uri)];
}

function statusLine(status: StatusCommand, msgId: number | undefined): Told {
  const { cmd, targetRefs = [], sourceRefs = [], code, chal, items, msgRef } = status;
  const ofDatabase = ['Alert', 'Sync', 'Map', 'Get'].includes(cmd);
  const refs = cmd === 'SyncHdr' ? [] : ofDatabase || sourceRefs.length === 0 ? targetRefs : sourceRefs;
  const data = items?.[0]?.data;
  const next = typeof data === 'object' && 'anchor' in data ? data.anchor.next : undefined;
  return told([
    'Status',
    cmd,
    ...refs.map(plainName),
    String(code),
    key('next', next),
    key('chal', chal?.type.replace('syncml:auth-', '')),
    msgRef === String(msgId) ? undefined : key('of', msgRef),
  ]);
}

function alertLine({ code, items }: AlertCommand): Told {
  const [item] = items;
  if (code === 222) return told(['Alert', '222']);
  if (code === 223) return told(['Alert', '223', item?.source?.uri ?? item?.target?.uri]);
  const name = plainName(item?.target?.uri);
  const { anchor, maxObjSize } = item?.meta ?? {};
  return told([
    'Alert',
    String(code),
    name,
    item?.source?.uri === name ? undefined : key('source', item?.source?.uri),
    key('last', anchor?.last),
    key('next', anchor?.next),
    key('max', maxObjSize),
  ]);
}

function resultsLine({ items: [item], meta }: Results): Told {
  const data = item?.data;
  const info = typeof data === 'object' && 'devInf' in data ? data.devInf : undefined;
  const yes = (flag: boolean | undefined) => (flag === true ? 'yes' : 'no');
  return told([
    'Results',
    item?.source?.uri,
    key('type', meta?.type ?? item?.meta?.type),
    key('version', info?.verDTD),
    key('large-objects', yes(info?.supportLargeObjs)),
    key('changes', yes(info?.supportNumberOfChanges)),
    key('datastores', info?.dataStores.map(({ sourceRef }) => plainName(sourceRef)).join(',')),
  ]);
}
