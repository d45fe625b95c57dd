/**
 * Branches of the server that stories must get to: what a device, a network or two people at the same time do seldom. A run of
 * many in which one of them never ran proves nothing of it.
 */
export interface Branch {
  /** What happens there; no other branch has it. */
  readonly name: string;
  /** From the root of the project on. */
  readonly file: string;
  /** A text that the file has once, in the branch. */
  readonly text: string;
}

const ENGINE = 'lib/engine';

const inFile =
  (file: string) =>
  (name: string, text: string): Branch => ({ name, file: `${ENGINE}/${file}`, text });

const apply = inFile('receive/apply.ts');
const merge = inFile('receive/merge.ts');
const linking = inFile('receive/linking.ts');
const slowSync = inFile('receive/slow-sync.ts');
const resume = inFile('sync/resume.ts');
const begin = inFile('sync/begin.ts');
const status = inFile('commands/status.ts');
const outbound = inFile('state/outbound.ts');
const index = inFile('match/groundwork.ts');

export const BRANCHES: readonly Branch[] = [
  apply('a clash: both copies stay', 'return keepBoth(peer, item, luid, content)'),
  apply('a clash: the client wins', '? Status.conflictClientWins'),
  apply(
    'a clash: what the client sent is kept as refused',
    "changes.keepSent(datastore, guid, content, 'refused')",
  ),
  apply(
    'a change that was answered before comes again',
    '// A resend: this change was done and answered before.',
  ),
  apply('an Add that was linked comes again', '// A resend of an item that was linked to another peer'),
  apply('the device wins, unless the item is newer', "case 'newest-wins': {"),
  apply('a change wins over a deletion', 'return { code: Status.serverWins, send: item.guid }'),
  apply('an item that is gone comes back', ': { code: Status.conflictMerged };\n}'),
  merge('a change has no base', '(content: Content): Outcome => ({ content, clashes: 0'),
  merge('an item that was deleted is edited elsewhere', 'function mergeKept'),
  linking('items that may be the same are noted', 'changes.putReviews(datastore, own.guid, review)'),
  slowSync(
    'an item comes again in one comparison',
    'return linkOrRevive(upToDate, own, received, () => received.free)',
  ),
  slowSync('a comparison meets a change of others', ': resolveConflict(peer, own, received)'),
  resume('a session is resumed', 'function takeOver('),
  resume('what was sent again goes on behind it', "case 'resend':"),
  resume('a resumed session has nothing left to send', "case 'end':"),
  resume('a large object goes on in another session', 'function resumedObject('),
  begin('a table was restored', 'forgetLasts(step, name);\n  return accept'),
  begin('the device asks for a comparison in a Status', 'function compareNextTime('),
  status(
    'the device does not take an item',
    "step.events.tell({ event: 'client-error', datastore: datastore.name, op: sent.op, code })",
  ),
  status('the device is full', 'datastore.outgoing.deviceFull = true'),
  status(
    'the device does not have an item that it is sent a change of',
    'dropSent(sync, sent);\n  if (sent.guid',
  ),
  status(
    'the device has all of an object whose last chunk comes again',
    '// The client has all of it, and gives the answer',
  ),
  outbound('an object begins anew', 'function beginAgain('),
  index('the match index begins anew', 'function beginIndex('),
  index('the match index takes items in', 'function takeItems('),
  inFile('commands/map.ts')('a LUID names another item', '// The client uses this LUID for another item now'),
  inFile('ingest.ts')(
    'the CRM deletes what others changed',
    "// The CRM's deletion wins over changes of others.",
  ),
  inFile('receive/unnamed.ts')(
    'a refresh deletes what the client did not name',
    "step.changes.putContent(name, item.guid, undefined, { reason: 'deleted' })",
  ),
];
