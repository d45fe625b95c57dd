/**
 * The tester's commands from their short form.
 *
 *   Put ./devinf11 large-objects=no changes=yes     Get ./devinf11
 *   Alert 200 notes last=02 next=03                 Alert 222
 *   Statuses Get=500                                one for each command of the last reply
 *   Sync notes changes=1                            with Add, Replace and Delete indented under it
 *   Add 1 "Milk" 2 "Bread"                          items: LUID and text
 *   Add 3 size=700 "Mi" more                        a chunk
 *   Map notes $milk=11                              GUID=LUID
 *
 * `$name` is what a line of a reply bound. Final is no command: without it the package goes on.
 */
import type { Command, MessageItem } from '../../lib/message/model.ts';
import { alert, devInf, map, nextMessage, putDevInf, sync } from '../kit/drafts.ts';
import type { Draft, Session } from '../kit/session.ts';
import { type Line, splitWords } from './transcript.ts';

const TYPE = 'text/plain';

export type Variables = ReadonlyMap<string, string>;

export function draftsOf(lines: readonly Line[], session: Session, variables: Variables): Draft[] {
  return lines.filter(({ words: [name] }) => name !== 'Final').flatMap((l) => draftOf(l, session, variables));
}

function draftOf(line: Line, session: Session, variables: Variables): Draft[] {
  const [name = '', ...rest] = line.words;
  const { plain, keys } = splitWords(rest.map((word) => filled(word, variables)));
  const [first = ''] = plain;
  switch (name) {
    case 'Statuses':
      return statuses(session, plain);
    case 'Put':
      return [putDevInf(testerInfo(keys), first)];
    case 'Get':
      return [
        { name, meta: { type: 'application/vnd.syncml-devinf+xml' }, items: [{ target: { uri: first } }] },
      ];
    case 'Alert':
      return [first === '222' ? nextMessage() : alert(Number(first), plain[1], anchorOf(keys))];
    case 'Map':
      return [map(plain.slice(1).map(pairOf), first)];
    case 'Sync': {
      const changes = keys.get('changes');
      const draft = sync(draftsOf(line.children, session, variables), first);
      return [{ ...draft, ...(changes !== undefined && { numberOfChanges: Number(changes) }) } as Draft];
    }
    case 'Add':
    case 'Replace': {
      const size = keys.get('size');
      const meta = { type: TYPE, ...(size !== undefined && { size: Number(size) }) };
      return [{ name, meta, items: itemsOf(plain) }];
    }
    case 'Delete':
      return [{ name, items: itemsOf(plain) }];
    default:
      throw new Error(`line ${line.at}: the tester does not know ${name}`);
  }
}

const filled = (word: string, variables: Variables): string =>
  word.replace(/^\$\w+/, (name) => {
    const value = variables.get(name);
    if (value === undefined) throw new Error(`${name} was not bound by a reply`);
    return value;
  });

const pairOf = (word: string) => {
  const [guid = '', luid = ''] = word.split('=');
  return [guid, luid] as const;
};

const anchorOf = (keys: ReadonlyMap<string, string>) => {
  const last = keys.get('last');
  return { ...(last !== undefined && { last }), next: keys.get('next') ?? '' };
};

function itemsOf(plain: readonly string[]): MessageItem[] {
  const items: MessageItem[] = [];
  for (const word of plain) {
    const open = items.at(-1);
    if (word.startsWith('"')) items[items.length - 1] = { ...open, data: JSON.parse(word) };
    else if (word === 'more') items[items.length - 1] = { ...open, moreData: true };
    else items.push({ source: { uri: word } });
  }
  return items;
}

/** The tester echoes both anchors in its Status for our Alert. */
function statuses(session: Session, overrides: readonly string[]): Draft[] {
  const codes = Object.fromEntries(overrides.map(pairOf).map(([name, code]) => [name, Number(code)]));
  return session.statuses(codes).map((draft) => {
    const to = session.last?.commands.find((c) => draft.name === 'Status' && c.cmdId === draft.cmdRef);
    const anchor = to?.name === 'Alert' ? to.items[0]?.meta?.anchor : undefined;
    return anchor === undefined ? draft : ({ ...draft, items: [{ data: { anchor } }] } as Draft);
  });
}

/** Device information of the tester; what it supports is what the group is about. */
function testerInfo(keys: ReadonlyMap<string, string>) {
  const [base] = devInf().dataStores;
  if (base === undefined) throw new Error('a device without datastores');
  const plain = { type: TYPE, version: '1.0' };
  return devInf({
    verDTD: '1.1',
    devId: 'tester',
    supportNumberOfChanges: keys.get('changes') === 'yes',
    supportLargeObjs: keys.get('large-objects') === 'yes',
    dataStores: [base, { ...base, sourceRef: './notes', rxPref: plain, txPref: plain }],
  });
}

/** All commands of a message that want a Status. */
export const answerable = (commands: readonly Command[]): Command[] =>
  commands.flatMap((command) => {
    if (command.name === 'Status') return [];
    return 'commands' in command ? [command, ...answerable(command.commands)] : [command];
  });
