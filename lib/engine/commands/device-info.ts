/** Get, Put and Results: device information both ways [SP11 2.7, D01-D05, C14-C17]. */

import { Status } from '../../message/codes.ts';
import { itemDevInf } from '../../message/data.ts';
import { devInfXml } from '../../message/devinf-text.ts';
import type { GetPut, MessageItem, Results } from '../../message/model.ts';
import type { StepContext } from '../context/step-context.ts';
import { devInfName, isDevInfName, ownDevInf } from '../device/own-devinf.ts';
import { datastoreOf } from '../model/datastores.ts';
import { MAX_DEVINF } from '../model/limits.ts';

export function handleGet(step: StepContext, get: GetPut): void {
  step.progress.noteSubstance();
  const { version } = step.session;
  const asked = get.items.find((item) => isDevInfName(item.target?.uri ?? item.source?.uri ?? ''));
  const target = asked?.target?.uri ?? get.items[0]?.target?.uri;
  if (asked === undefined)
    return step.answers.status(get, Status.notFound, { ...(target !== undefined && { target }) });
  step.answers.status(get, Status.ok, { ...(target !== undefined && { target }) });
  const own = ownDevInf(version, alertedPaths(step));
  // E65: some clients ask for XML in a WBXML session.
  const asXml = get.meta?.type === XML_TYPE && step.request.wire === 'wbxml';
  step.answers.say({
    name: 'Results',
    cmdId: '',
    msgRef: String(step.message.header.msgId ?? 1),
    cmdRef: get.cmdId,
    meta: { type: asXml ? XML_TYPE : devInfType(step) },
    items: [
      { source: { uri: devInfName(version) }, data: asXml ? devInfXml(own, version) : { devInf: own } },
    ],
  });
}

/** The client's names of the datastores, from its Alerts so far and from those behind the Get in the same message. */
function alertedPaths(step: StepContext): Map<string, string> {
  const alerts = step.message.commands.flatMap((command) =>
    command.name === 'Alert' ? command.items.map((item) => item.target?.uri ?? '') : [],
  );
  const uris = [...step.session.datastores.map(({ uris }) => uris.server), ...alerts];
  const named = uris.map((uri): [string | undefined, string] => [datastoreOf(uri)?.name, uri]);
  return new Map(named.filter((entry): entry is [string, string] => entry[0] !== undefined));
}

const XML_TYPE = 'application/vnd.syncml-devinf+xml';

/** D03: the type matches the message's encoding. */
const devInfType = (step: StepContext): string => `application/vnd.syncml-devinf+${step.request.wire}`;

export function handlePut(step: StepContext, put: GetPut): void {
  step.progress.noteSubstance();
  const source = put.items[0]?.source?.uri;
  const code = takeDevInf(step, put.items) ? Status.ok : Status.notFound; // C15
  step.answers.status(put, code, { ...(source !== undefined && { source }) });
}

export function handleResults(step: StepContext, results: Results): void {
  step.progress.noteSubstance();
  const source = results.items[0]?.source?.uri ?? results.sourceRef;
  const code = takeDevInf(step, results.items) ? Status.ok : Status.notFound;
  step.answers.status(results, code, { ...(source !== undefined && { source }) }); // C17
}

/**
 * Takes the device information in the items; false when there is none. Unchanged information costs no write (D05).
 */
function takeDevInf(step: StepContext, items: readonly MessageItem[]): boolean {
  for (const item of items) {
    const devInf = itemDevInf(item);
    if (devInf === undefined) continue;
    const text = JSON.stringify(devInf);
    // Device information that is too large is not kept: the defaults hold (D06).
    if (text.length <= MAX_DEVINF && text !== JSON.stringify(step.device.devInf)) step.device.learn(devInf);
    return true;
  }
  return false;
}

/** Asks for the device information when none is known (D04): some clients never send it unasked. */
export function askDevInf(step: StepContext): void {
  const state = step.session;
  if (step.device.devInf !== undefined || state.askedDevInf === true) return;
  state.askedDevInf = true;
  step.answers.say({
    name: 'Get',
    cmdId: '',
    meta: { type: devInfType(step) },
    items: [{ target: { uri: devInfName(state.version) } }],
  });
}
