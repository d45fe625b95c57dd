/** Converts between Outlook's numbers and the words of iCalendar: priority, busy status, state of a task. */
import { plainTime } from '../../time/item-time.ts';
import { type Component, type Property, property, valueIn } from '../../vobject/model.ts';
import { field, fieldText, type SifField } from './xml.ts';

/** Low, normal, high. iCalendar has nine degrees, of which those below 5 are high [RFC 5545 3.8.1.9]. */
const PRIORITIES = ['9', '5', '1'];
/** Free, tentative, busy, out of office. */
const BUSY = ['FREE', 'TENTATIVE', 'BUSY', 'OOF'];
const BUSY_PROPERTY = 'X-MICROSOFT-CDO-BUSYSTATUS';
/** Not started, in progress, complete, waiting, deferred. iCalendar has no words for the last two. */
const STATES = ['NEEDS-ACTION', 'IN-PROCESS', 'COMPLETED', 'NEEDS-ACTION', 'NEEDS-ACTION'];
const STATE_PROPERTY = 'X-SIF-STATUS';

export const CODE_FIELDS = ['Importance', 'BusyStatus', 'Status', 'Complete'];

export function codesFromSif(fields: readonly SifField[], isTask: boolean): Property[] {
  const word = (name: string, words: readonly string[]): string | undefined => {
    const code = fieldText(fields, name) ?? '';
    return /^\d$/.test(code) ? words[Number(code)] : undefined;
  };
  const found: Property[] = [];
  const put = (name: string, value: string | undefined) => {
    if (value !== undefined) found.push(property(name, value));
  };
  put('PRIORITY', word('Importance', PRIORITIES));
  const busy = word('BusyStatus', BUSY);
  put('TRANSP', busy && (busy === 'FREE' ? 'TRANSPARENT' : 'OPAQUE'));
  if (busy === 'TENTATIVE' || busy === 'OOF') put(BUSY_PROPERTY, busy);
  if (isTask) found.push(...stateFromSif(fields, word('Status', STATES)));
  return found;
}

function stateFromSif(fields: readonly SifField[], state: string | undefined): Property[] {
  const complete = fieldText(fields, 'Complete');
  const isComplete = complete === '1' || complete?.toLowerCase() === 'true';
  const code = Number(fieldText(fields, 'Status'));
  if (isComplete) return [property('STATUS', 'COMPLETED')];
  // The flag goes before a date or a percentage that is left over.
  if (state === undefined) return complete === undefined || complete === '' ? [] : leftOver(fields);
  return [property('STATUS', state), ...(code > 2 ? [property(STATE_PROPERTY, String(code))] : [])];
}

/** A task that is not done by its flag, but by its other fields. */
function leftOver(fields: readonly SifField[]): Property[] {
  const isDated = plainTime(fieldText(fields, 'DateCompleted') ?? '') !== undefined;
  return isDated || fieldText(fields, 'PercentComplete') === '100'
    ? [property('STATUS', 'NEEDS-ACTION')]
    : [];
}

export function codesToSif(part: Component): SifField[] {
  const word = (name: string) => valueIn(part, name)?.toUpperCase() ?? '';
  const found: SifField[] = [];
  const put = (name: string, code: number) => {
    if (code >= 0) found.push(field(name, String(code)));
  };
  const priority = Number(word('PRIORITY'));
  if (priority >= 1) put('Importance', priority < 5 ? 2 : priority === 5 ? 1 : 0);
  put('BusyStatus', busyCode(word('TRANSP'), word(BUSY_PROPERTY)));
  if (part.name === 'VTODO') stateToSif(word('STATUS'), word(STATE_PROPERTY), put);
  return found;
}

/**
 * The number of the busy status. The property of Microsoft has more states than TRANSP, but more devices change TRANSP.
 * If the two contradict each other, the property of Microsoft is outdated.
 */
function busyCode(transparency: string, word: string): number {
  const plain = ['TRANSPARENT', '', 'OPAQUE'].indexOf(transparency || 'NONE');
  const isOutdated = plain >= 0 && (word === 'FREE') !== (transparency === 'TRANSPARENT');
  return BUSY.includes(word) && !isOutdated ? BUSY.indexOf(word) : plain;
}

function stateToSif(status: string, own: string, put: (name: string, code: number) => void): void {
  const code = STATES.indexOf(status);
  put('Status', STATES[Number(own || 0)] === status && own !== '' ? Number(own) : code);
  put('Complete', status === 'COMPLETED' ? 1 : 0);
}
