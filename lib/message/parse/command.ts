/**
 * Commands: element -> typed. A missing or malformed part becomes the `fault` of its command (C24).
 *
 * Owns: which parts a command must have. Must not know: how a command is carried out.
 */
import type { Element } from '../../codec/tree.ts';
import { alertCode, statusCode } from '../codes.ts';
import type {
  AlertCommand,
  Command,
  Container,
  Delete,
  Fault,
  GetPut,
  MapCommand,
  MapItem,
  Other,
  Results,
  StatusCommand,
  Sync,
} from '../model.ts';
import { parseItems, parseLocation, parseMapItem } from './item.ts';
import { parseChal, parseCred, parseMeta } from './meta.ts';
import {
  child,
  childrenNamed,
  defined,
  elements,
  flagIn,
  localNameOf,
  luidIn,
  nonEmpty,
  numberOf,
  textIn,
  uriOf,
} from './read.ts';

const malformed = (text: string): Fault => ({ status: 400, text });
const incomplete = (text: string): Fault => ({ status: 412, text });

/** CmdID is required and never '0' [RP12 6.1.4]. */
function idFault(cmdId: string): Fault | undefined {
  if (cmdId === '') return incomplete('CmdID missing');
  return cmdId === '0' ? malformed('CmdID 0') : undefined;
}

/** The parts that every command can have. Of several faults the first one is kept. */
function common(el: Element, fault?: Fault) {
  const cmdId = textIn(el, 'CmdID') ?? '';
  return {
    cmdId,
    noResp: flagIn(el, 'NoResp'),
    cred: parseCred(child(el, 'Cred')),
    meta: parseMeta(child(el, 'Meta')),
    fault: idFault(cmdId) ?? fault,
  };
}

function withItems(el: Element, readId = uriOf) {
  const items = parseItems(el, readId);
  return { ...common(el, items.length === 0 ? incomplete('Item missing') : undefined), items };
}

function parseDelete(el: Element): Delete {
  const [archive, sftDel] = [flagIn(el, 'Archive'), flagIn(el, 'SftDel')];
  return defined<Delete>({ name: 'Delete', archive, sftDel, ...withItems(el, luidIn) });
}

/** The fault of a value that is missing or not a number; undefined when it is one. */
function numberFault(name: string, value: string | undefined, number: number | undefined): Fault | undefined {
  if (value === undefined || value === '') return incomplete(`${name} missing`);
  return number === undefined ? malformed(`${name} not a number`) : undefined;
}

function parseAlert(el: Element): AlertCommand {
  const code = numberOf(el, 'Data');
  return defined<AlertCommand>({
    name: 'Alert',
    ...common(el, numberFault('Data', textIn(el, 'Data'), code)),
    code: code === undefined ? undefined : alertCode(code),
    items: parseItems(el),
  });
}

/** Without MsgRef or CmdRef the number 1 is meant [RP12 6.5.13]. */
function parseResults(el: Element): Results {
  const [target, source] = [child(el, 'TargetRef'), child(el, 'SourceRef')];
  return defined<Results>({
    name: 'Results',
    ...withItems(el),
    msgRef: textIn(el, 'MsgRef') ?? '1',
    cmdRef: textIn(el, 'CmdRef') ?? '1',
    targetRef: target === undefined ? undefined : uriOf(target),
    sourceRef: source === undefined ? undefined : uriOf(source),
  });
}

/** MapItems without one of their ids are left out, and the Map gets a fault. The other ones are kept (M05). */
function parseMap(el: Element): MapCommand {
  const all = childrenNamed(el, 'MapItem').map(parseMapItem);
  const items = all.filter((item): item is MapItem => item !== undefined);
  const location = { target: parseLocation(child(el, 'Target')), source: parseLocation(child(el, 'Source')) };
  const whole = items.length === all.length && all.length > 0;
  return defined<MapCommand>({
    name: 'Map',
    ...common(el, locationFault(location) ?? (whole ? undefined : incomplete('MapItem incomplete'))),
    ...location,
    items,
  });
}

/** The fault of a command without Target and Source. One is enough: some devices leave Target empty (E26). */
const locationFault = (at: { target: unknown; source: unknown }): Fault | undefined =>
  at.target === undefined && at.source === undefined ? incomplete('Target and Source missing') : undefined;

/** Elements of a container that are no commands. */
const notCommands: readonly string[] = [
  ...['cmdid', 'noresp', 'cred', 'target', 'source', 'meta'],
  ...['numberofchanges', 'correlator', 'lang', 'final'],
];
const commandsOf = (el: Element): Command[] =>
  elements(el)
    .filter((inner) => !notCommands.includes(localNameOf(inner)))
    .map(parseCommand);

function parseSync(el: Element): Sync {
  const location = { target: parseLocation(child(el, 'Target')), source: parseLocation(child(el, 'Source')) };
  return defined<Sync>({
    name: 'Sync',
    ...common(el, locationFault(location)),
    ...location,
    numberOfChanges: numberOf(el, 'NumberOfChanges'),
    commands: commandsOf(el),
  });
}

function parseContainer(el: Element, name: Container['name']): Container {
  return defined<Container>({ name, ...common(el), commands: commandsOf(el) });
}

function statusFault(el: Element, code: number | undefined): Fault | undefined {
  const missing = ['MsgRef', 'CmdRef'].find((name) => textIn(el, name) === undefined);
  if (missing !== undefined) return incomplete(`${missing} missing`);
  return numberFault('Data', textIn(el, 'Data'), code);
}

/** A Status without a readable code has code 0 and a fault. */
function parseStatus(el: Element): StatusCommand {
  const code = numberOf(el, 'Data');
  return defined<StatusCommand>({
    name: 'Status',
    ...common(el, statusFault(el, code)),
    msgRef: textIn(el, 'MsgRef') ?? '',
    cmdRef: textIn(el, 'CmdRef') ?? '',
    cmd: textIn(el, 'Cmd') ?? '',
    targetRefs: nonEmpty(childrenNamed(el, 'TargetRef').map(uriOf)),
    sourceRefs: nonEmpty(childrenNamed(el, 'SourceRef').map(uriOf)),
    chal: parseChal(child(el, 'Chal')),
    code: statusCode(code ?? 0),
    items: nonEmpty(parseItems(el)),
  });
}

/** Search has no Items, Exec always has. Neither is offered (C21). */
const parseOther = (el: Element, name: 'Exec' | 'Search'): Other =>
  defined<Other>({ name, ...common(el), items: parseItems(el) });

const parseChange = (el: Element, name: 'Add' | 'Replace' | 'Copy' | 'Move'): Command =>
  defined<Command>({ name, ...withItems(el, luidIn) });
const parseGetPut = (el: Element, name: GetPut['name']): GetPut =>
  defined<GetPut>({ name, ...withItems(el) });

const readers: Readonly<Record<string, (el: Element) => Command>> = {
  add: (el) => parseChange(el, 'Add'),
  replace: (el) => parseChange(el, 'Replace'),
  copy: (el) => parseChange(el, 'Copy'),
  move: (el) => parseChange(el, 'Move'),
  delete: parseDelete,
  alert: parseAlert,
  get: (el) => parseGetPut(el, 'Get'),
  put: (el) => parseGetPut(el, 'Put'),
  results: parseResults,
  map: parseMap,
  sync: parseSync,
  atomic: (el) => parseContainer(el, 'Atomic'),
  sequence: (el) => parseContainer(el, 'Sequence'),
  exec: (el) => parseOther(el, 'Exec'),
  search: (el) => parseOther(el, 'Search'),
  status: parseStatus,
};

/** Reads a command. An element that is no known command becomes `Unknown`. Never throws. */
export function parseCommand(el: Element): Command {
  const key = localNameOf(el);
  const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
  if (read !== undefined) return read(el);
  return defined<Other>({ name: 'Unknown', ...common(el), element: el.name, items: parseItems(el) });
}
