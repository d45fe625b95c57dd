/** Alert: begins the sync of a datastore, asks for the next message, suspends the session [SP11 4.1, B.7]. */

import type { RecordFilter } from '../../filter/ast.ts';
import { type RefusedFilter, readCgi, readFilter } from '../../filter/request.ts';
import { Alert, Status } from '../../message/codes.ts';
import { alertAnchor } from '../../message/data.ts';
import type { AlertCommand, MessageItem } from '../../message/model.ts';
import type { StepContext } from '../context/step-context.ts';
import { type Datastore, datastoreOf } from '../model/datastores.ts';
import { MAX_ANCHOR } from '../model/limits.ts';
import { beginAgain, confirmChunk } from '../state/outbound.ts';
import { move, phaseRefusal } from '../state/package-phase.ts';
import { kindOfAlert } from '../state/sync-kind.ts';
import { beginDatastore } from '../sync/begin.ts';

export function handleAlert(step: StepContext, alert: AlertCommand): void {
  const { code } = alert;
  if (code === undefined) return step.answers.status(alert, Status.incomplete);
  if (kindOfAlert(code) !== undefined || code === Alert.resume) {
    for (const item of alert.items) handleSyncAlert(step, alert, item);
    if (alert.items.length === 0) step.answers.status(alert, Status.incomplete);
    step.progress.noteSubstance();
    return;
  }
  switch (code) {
    case Alert.nextMessage:
      // A client that asks for more has taken the chunk before, also if it sent no Status for it.
      for (const { outgoing } of step.session.datastores) confirmChunk(outgoing);
      return step.answers.status(alert, Status.ok);
    case Alert.noEndOfData:
      // L17: the client lost the first part of the object. It gets the object from its beginning.
      for (const { outgoing } of step.session.datastores) beginAgain(outgoing);
      return step.answers.status(alert, Status.ok);
    case Alert.resultAlert:
    case Alert.display:
      return step.answers.status(alert, Status.ok);
    case Alert.suspend:
      return suspend(step, alert);
    default:
      return step.answers.status(alert, Status.notSupported); // C20
  }
}

/** S04, S05: ends the session here. A resume goes on from its row; the anchors stay as they were (N13). */
function suspend(step: StepContext, alert: AlertCommand): void {
  if (step.session.version !== '1.2') return step.answers.status(alert, Status.notSupported);
  step.progress.noteSuspend();
  move(step.session, 'suspended');
  step.answers.status(alert, Status.ok);
}

function handleSyncAlert(step: StepContext, alert: AlertCommand, item: MessageItem): void {
  const refs = { target: item.target?.uri ?? '', source: item.source?.uri ?? '' };
  // E26: an empty Target means the client's own name of the database.
  const serverUri = refs.target === '' ? refs.source : refs.target;
  const known = datastoreOf(serverUri);
  if (known === undefined) return step.answers.status(alert, Status.notFound, refs); // H21
  const refusal = phaseRefusal(step.session, 'syncAlert');
  if (refusal !== undefined) return step.answers.status(alert, refusal, refs); // P35
  if (alert.code === Alert.resume && step.session.version !== '1.2')
    return step.answers.status(alert, Status.notSupported, refs); // S09
  const { last = '', next = '' } = alertAnchor(item) ?? {};
  if (Math.max(last.length, next.length) > MAX_ANCHOR)
    return step.answers.status(alert, Status.badRequest, refs);
  const filter = filterOf(item, step.session.version === '1.2' ? '' : serverUri, known);
  if (filter?.kind === 'refused')
    return step.answers.status(alert, filter.status, { ...refs, items: [{ data: filter.item }] }); // F12
  const { code = Alert.twoWay } = alert;
  const begun = beginDatastore(step, { name: known.name, serverUri, code, item, filter: filter?.filter });
  const { clientNext } = begun.datastore.anchors;
  step.answers.status(alert, begun.code, {
    ...refs,
    ...(clientNext !== undefined && { items: [{ data: { anchor: { next: clientNext } } }] }), // P26
  });
}

/**
 * F01: the filter in the Target of an Alert's item; before 1.2 it stands behind the `?` of the LocURI (F16). A field
 * filter is refused with 406.
 */
function filterOf(
  item: MessageItem,
  serverUri: string,
  datastore: Datastore,
): { kind: 'filter'; filter: RecordFilter } | RefusedFilter | undefined {
  const filter = item.target?.filter;
  const asked = filter === undefined ? readCgi(serverUri) : readFilter(filter, datastore.types);
  if (asked.kind === 'refused') return asked;
  if (asked.kind === 'none') return undefined;
  const { record, fields, inclusive } = asked;
  if (fields !== undefined) return { kind: 'refused', status: Status.notSupported, item: 'Field' };
  return record && { kind: 'filter', filter: { record, inclusive } };
}
