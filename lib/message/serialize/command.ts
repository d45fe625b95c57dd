/**
 * Commands: typed -> element, strictly in the order of the DTD [RP12 7] and with the elements of the version.
 *
 * Owns: order. Must not know: whether the command makes sense.
 */
import type { Element, Version } from '../../codec/tree.ts';
import { assertNever } from '../assert-never.ts';
import type {
  AlertCommand,
  Command,
  Container,
  Delete,
  GetPut,
  ItemCommand,
  MapCommand,
  Other,
  Results,
  StatusCommand,
  Sync,
} from '../model.ts';
import { itemsOf, locationOf, serializeMapItem } from './item.ts';
import { chalOf, credOf, metaOf } from './meta.ts';
import { knows, writerOf } from './write.ts';

const { flag, leaf, leaves, parent } = writerOf('syncml');

/** Add, Replace, Copy, Move, Delete, Get, Put, Exec: only Delete has flags of its own. */
function withItems(name: string, command: ItemCommand | Delete | GetPut | Other, version: Version): Element {
  const { archive, sftDel } = command.name === 'Delete' ? command : ({} as Partial<Delete>);
  return parent(name, [
    leaf('CmdID', command.cmdId),
    ...flag('NoResp', command.noResp),
    ...flag('Archive', archive),
    ...flag('SftDel', sftDel),
    ...credOf(command.cred, version),
    ...metaOf(command.meta, version),
    ...itemsOf(command.items, version),
  ]);
}

/** Throws a RangeError for a Move below 1.2, where it is new. */
function change(command: ItemCommand, version: Version): Element {
  if (command.name === 'Move' && !knows(version, '1.2')) throw new RangeError('Move needs SyncML 1.2');
  return withItems(command.name, command, version);
}

/** The DTD has no Meta in Alert. */
function alert(command: AlertCommand, version: Version): Element {
  return parent('Alert', [
    leaf('CmdID', command.cmdId),
    ...flag('NoResp', command.noResp),
    ...credOf(command.cred, version),
    ...leaves('Data', command.code),
    ...itemsOf(command.items, version),
  ]);
}

function results(command: Results, version: Version): Element {
  return parent('Results', [
    leaf('CmdID', command.cmdId),
    ...leaves('MsgRef', command.msgRef),
    leaf('CmdRef', command.cmdRef),
    ...metaOf(command.meta, version),
    ...leaves('TargetRef', command.targetRef),
    ...leaves('SourceRef', command.sourceRef),
    ...itemsOf(command.items, version),
  ]);
}

function map(command: MapCommand, version: Version): Element {
  return parent('Map', [
    leaf('CmdID', command.cmdId),
    ...locationOf('Target', command.target, version),
    ...locationOf('Source', command.source, version),
    ...credOf(command.cred, version),
    ...metaOf(command.meta, version),
    ...command.items.map(serializeMapItem),
  ]);
}

function sync(command: Sync, version: Version): Element {
  return parent('Sync', [
    leaf('CmdID', command.cmdId),
    ...flag('NoResp', command.noResp),
    ...credOf(command.cred, version),
    ...locationOf('Target', command.target, version),
    ...locationOf('Source', command.source, version),
    ...metaOf(command.meta, version),
    ...(knows(version, '1.1') ? leaves('NumberOfChanges', command.numberOfChanges) : []),
    ...command.commands.map((inner) => serializeCommand(inner, version)),
  ]);
}

/** The DTD has no Cred in Atomic and Sequence. */
function container(command: Container, version: Version): Element {
  return parent(command.name, [
    leaf('CmdID', command.cmdId),
    ...flag('NoResp', command.noResp),
    ...metaOf(command.meta, version),
    ...command.commands.map((inner) => serializeCommand(inner, version)),
  ]);
}

/** [RP12 6.4.1] */
function status(command: StatusCommand, version: Version): Element {
  return parent('Status', [
    leaf('CmdID', command.cmdId),
    leaf('MsgRef', command.msgRef),
    leaf('CmdRef', command.cmdRef),
    leaf('Cmd', command.cmd),
    ...(command.targetRefs ?? []).map((uri) => leaf('TargetRef', uri)),
    ...(command.sourceRefs ?? []).map((uri) => leaf('SourceRef', uri)),
    ...credOf(command.cred, version),
    ...chalOf(command.chal, version),
    leaf('Data', command.code),
    ...itemsOf(command.items, version),
  ]);
}

/**
 * One command as an element. Parts that are not in this version are left out.
 * @throws RangeError for a Move below 1.2
 */
export function serializeCommand(command: Command, version: Version): Element {
  switch (command.name) {
    case 'Add':
    case 'Replace':
    case 'Copy':
    case 'Move':
      return change(command, version);
    case 'Delete':
    case 'Get':
    case 'Put':
    case 'Exec':
    case 'Search':
      return withItems(command.name, command, version);
    case 'Unknown':
      return withItems(command.element ?? command.name, command, version);
    case 'Alert':
      return alert(command, version);
    case 'Results':
      return results(command, version);
    case 'Map':
      return map(command, version);
    case 'Sync':
      return sync(command, version);
    case 'Atomic':
    case 'Sequence':
      return container(command, version);
    case 'Status':
      return status(command, version);
    default:
      return assertNever(command);
  }
}
