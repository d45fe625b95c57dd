/** Get, Put and Results: device information both ways [SP11 2.7, D01-D05, C14-C17]. */
import { Status } from '../../message/codes.ts';
import { itemDevInf } from '../../message/data.ts';
import { devInfXml } from '../../message/devinf-text.ts';
import type { GetPut, MessageItem, Results } from '../../message/model.ts';
import { devInfName, isDevInfName, ownDevInf } from '../device/own-devinf.ts';
import { datastoreOf } from '../model/datastores.ts';
import { MAX_DEVINF } from '../model/limits.ts';
import { answer, type Work } from '../work.ts';

export function handleGet(work: Work, get: GetPut): void {
  work.substance = true;
  const { version } = work.state;
  const asked = get.items.find((item) => isDevInfName(item.target?.uri ?? item.source?.uri ?? ''));
  const target = asked?.target?.uri ?? get.items[0]?.target?.uri;
  if (asked === undefined)
    return answer(work, get, Status.notFound, { ...(target !== undefined && { target }) });
  answer(work, get, Status.ok, { ...(target !== undefined && { target }) });
  const own = ownDevInf(version, alertedPaths(work));
  // E65: some ask for XML inside a WBXML session.
  const asXml = get.meta?.type === XML_TYPE && work.request.wire === 'wbxml';
  work.out.push({
    name: 'Results',
    cmdId: '',
    msgRef: String(work.request.message.header.msgId ?? 1),
    cmdRef: get.cmdId,
    meta: { type: asXml ? XML_TYPE : devInfType(work) },
    items: [
      { source: { uri: devInfName(version) }, data: asXml ? devInfXml(own, version) : { devInf: own } },
    ],
  });
}

/** The Alerts may stand behind the Get in its message. */
function alertedPaths(work: Work): Map<string, string> {
  const alerts = work.request.message.commands.flatMap((command) =>
    command.name === 'Alert' ? command.items.map((item) => item.target?.uri ?? '') : [],
  );
  const uris = [...work.state.datastores.map(({ uris }) => uris.server), ...alerts];
  const named = uris.map((uri): [string | undefined, string] => [datastoreOf(uri)?.name, uri]);
  return new Map(named.filter((entry): entry is [string, string] => entry[0] !== undefined));
}

const XML_TYPE = 'application/vnd.syncml-devinf+xml';

/** D03: the type matches the message's encoding. */
const devInfType = (work: Work): string => `application/vnd.syncml-devinf+${work.request.wire}`;

export function handlePut(work: Work, put: GetPut): void {
  work.substance = true;
  const source = put.items[0]?.source?.uri;
  const code = takeDevInf(work, put.items) ? Status.ok : Status.notFound; // C15
  answer(work, put, code, { ...(source !== undefined && { source }) });
}

export function handleResults(work: Work, results: Results): void {
  work.substance = true;
  const source = results.items[0]?.source?.uri ?? results.sourceRef;
  const code = takeDevInf(work, results.items) ? Status.ok : Status.notFound;
  answer(work, results, code, { ...(source !== undefined && { source }) }); // C17
}

/** A changed DevInf replaces what was known at once (D05); an equal one costs no write. */
function takeDevInf(work: Work, items: readonly MessageItem[]): boolean {
  for (const item of items) {
    const devInf = itemDevInf(item);
    if (devInf === undefined) continue;
    const text = JSON.stringify(devInf);
    // One that is too large to keep is as good as none (D06).
    if (text.length <= MAX_DEVINF && text !== JSON.stringify(work.device?.devInf))
      work.device = { ...(work.device ?? { version: 0 }), devInf };
    return true;
  }
  return false;
}

/** Asks for the device information when none is known (D04): some clients never send it unasked. */
export function askDevInf(work: Work): void {
  const { state } = work;
  if (work.device?.devInf !== undefined || state.askedDevInf === true) return;
  state.askedDevInf = true;
  work.out.push({
    name: 'Get',
    cmdId: '',
    meta: { type: devInfType(work) },
    items: [{ target: { uri: devInfName(state.version) } }],
  });
}
