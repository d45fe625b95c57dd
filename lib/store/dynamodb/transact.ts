/**
 * Batches of writes on DynamoDB: one by itself or all in a transaction, and how an increment finds an expired row.
 *
 * Must not know: what a row means.
 */
import { randomUUID } from 'node:crypto';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { incremented } from '../port/increment.ts';
import type { Write } from '../port/port.ts';
import { conflictOf, failedConditions } from './errors.ts';
import { type Action, actionOf } from './expression.ts';

/** Where rows are written. `prefix`: of the tables' names. */
interface Target {
  readonly document: DynamoDBDocumentClient;
  readonly prefix: string;
}

/**
 * How often a batch with increments is tried. The second attempt is for rows that were expired. Later ones are for a row
 * that another process began anew in between, or that expired just then.
 */
const ATTEMPTS = 4;

/** Carries out a checked batch, see `Store.transact`. `now`: epoch milliseconds. */
export async function transactAll(
  target: Target,
  writes: readonly Write[],
  now: number,
): Promise<'committed' | 'conflict'> {
  let forms = writes;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const failed = await failedWrites(target, forms, now);
    if (failed === undefined) return 'committed';
    const isForIncrements = failed.length > 0 && failed.every((at) => mayBegin(writes[at]));
    if (!isForIncrements) return 'conflict';
    forms = forms.map((form, at) => (failed.includes(at) ? otherForm(writes[at] as Write, form) : form));
  }
  return 'conflict';
}

const mayBegin = (write: Write | undefined): boolean => write?.op === 'add' && write.condition === 'any';

/**
 * DynamoDB adds to what is stored, also where that is expired. So an increment has two forms: an update of a row that is
 * live or missing, and a new row where the old one is expired or missing. The conditions let only one of them through.
 */
function otherForm(write: Write, form: Write): Write {
  if (write.op !== 'add' || form !== write) return write;
  return { op: 'put', row: incremented(write), condition: 'absent' };
}

/** Undefined when all is written; else the places of the writes whose conditions failed, see `failedConditions`. */
async function failedWrites(
  { document, prefix }: Target,
  writes: readonly Write[],
  now: number,
): Promise<number[] | undefined> {
  const actions = writes.map((write) => actionOf(write, prefix, now));
  const single = actions.length === 1 ? sendSingle(document, actions[0] as Action) : undefined;
  try {
    if (single !== undefined) await single;
    else {
      // The token is the same in all retries of the SDK for this call, so that no retry commits a second time.
      const token = randomUUID();
      await document.send(new TransactWriteCommand({ TransactItems: actions, ClientRequestToken: token }));
    }
    return undefined;
  } catch (error) {
    conflictOf(error, { repeatable: single === undefined });
    return failedConditions(error);
  }
}

/**
 * Sends one write without a transaction, at half the cost. Undefined for a check, which only a transaction can do.
 */
function sendSingle(document: DynamoDBDocumentClient, action: Action): Promise<unknown> | undefined {
  if (action.Put !== undefined) return document.send(new PutCommand(action.Put));
  if (action.Update !== undefined) return document.send(new UpdateCommand(action.Update));
  if (action.Delete !== undefined) return document.send(new DeleteCommand(action.Delete));
  return undefined;
}
