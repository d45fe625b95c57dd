/**
 * Writes of the Store port as actions of a DynamoDB transaction. A condition is a list of named clauses.
 *
 * Must not know: how the actions are sent.
 */
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Condition, Key, Write } from '../port/port.ts';
import { ATTRIBUTE, physicalName } from '../rows/schema.ts';
import { toItem, toItemKey } from './row.ts';

export type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** `#name` stands for an attribute of schema.ts, `:value` for a value given with the condition. */
const CLAUSE = {
  /** The row is not there, or expired. So two writers cannot both create it. */
  absentOrExpired: '(attribute_not_exists(#pk) OR #expires < :now)',
  /** The row is there. */
  present: 'attribute_exists(#pk)',
  /** The row is not expired. DynamoDB deletes expired rows hours later; until then they must not count. */
  unexpired: '(attribute_not_exists(#expires) OR #expires >= :now)',
  /** The row is as it was read. */
  versionAsRead: '#version = :version',
} as const;

type ClauseName = keyof typeof CLAUSE;

const LIVE: readonly ClauseName[] = ['present', 'unexpired'];

function clausesOf(condition: Condition): readonly ClauseName[] {
  if (condition === 'any') return [];
  if (condition === 'absent') return ['absentOrExpired'];
  if (condition === 'exists') return LIVE;
  return ['versionAsRead', 'unexpired'];
}

interface Expression {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

/** The condition as members of an action; empty without clauses. */
function conditionOf(
  clauses: readonly ClauseName[],
  condition: Condition,
  now: number,
): Expression | undefined {
  if (clauses.length === 0) return undefined;
  const text = clauses.map((name) => CLAUSE[name]).join(' AND ');
  const given = { now: now / 1000, ...(typeof condition === 'object' ? { version: condition.version } : {}) };
  const used = (sign: string, known: object): [string, unknown][] =>
    Object.entries(known)
      .map(([name, value]): [string, unknown] => [sign + name, value])
      .filter(([placeholder]) => text.includes(placeholder));
  const values = used(':', given);
  return {
    ConditionExpression: text,
    ExpressionAttributeNames: Object.fromEntries(used('#', ATTRIBUTE)) as Record<string, string>,
    ...(values.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(values) }),
  };
}

/** The action of a write. `now`: epoch milliseconds. */
export function actionOf(write: Write, prefix: string, now: number): Action {
  const target = (key: Key) => ({ TableName: physicalName(prefix, key.table), Key: toItemKey(key) });
  const condition = conditionOf(clausesOf(write.condition), write.condition, now);
  switch (write.op) {
    case 'put': {
      const TableName = physicalName(prefix, write.row.table);
      return { Put: { TableName, Item: toItem(write.row), ...condition } };
    }
    case 'set':
      return { Update: { ...target(write.key), ...updateOf(write, now) } };
    case 'delete':
      return { Delete: { ...target(write.key), ...condition } };
    case 'check':
      return { ConditionCheck: { ...target(write.key), ...(condition as Expression) } };
  }
}

function updateOf(write: Write & { op: 'set' }, now: number) {
  // An update would create a missing row, so the row must be live also without a condition.
  const clauses = write.condition === 'any' ? LIVE : clausesOf(write.condition);
  const condition = conditionOf(clauses, write.condition, now);
  const names: Record<string, string> = { '#version': ATTRIBUTE.version };
  const values: Record<string, unknown> = { ':one': 1 };
  const terms = ['#version = #version + :one'];
  const assign = (placeholder: string, attribute: string, value: unknown): void => {
    terms.push(`#${placeholder} = :${placeholder}`);
    names[`#${placeholder}`] = attribute;
    values[`:${placeholder}`] = value;
  };
  Object.entries(write.attributes)
    .filter(([, value]) => value !== undefined)
    .forEach(([name, value], index) => {
      assign(`a${index}`, name, value);
    });
  if (write.expires !== undefined) assign('expires', ATTRIBUTE.expires, write.expires);
  return {
    UpdateExpression: `SET ${terms.join(', ')}`,
    ...condition,
    ExpressionAttributeNames: { ...names, ...condition?.ExpressionAttributeNames },
    ExpressionAttributeValues: { ...values, ...condition?.ExpressionAttributeValues },
  };
}
