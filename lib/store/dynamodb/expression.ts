/**
 * Writes of the Store port as actions of a DynamoDB transaction. A condition is a list of named clauses.
 *
 * Must not know: how the actions are sent.
 */
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Attribute, Condition, Increment, Key, Write } from '../port/port.ts';
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
const UNEXPIRED: readonly ClauseName[] = ['unexpired'];

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
    case 'add':
      return { Update: { ...target(write.key), ...additionOf(write, now) } };
    case 'delete':
      return { Delete: { ...target(write.key), ...condition } };
    case 'check':
      return { ConditionCheck: { ...target(write.key), ...(condition as Expression) } };
  }
}

function updateOf(write: Write & { op: 'set' }, now: number) {
  // An update would create a missing row, so the row must be live also without a condition.
  const clauses = write.condition === 'any' ? LIVE : clausesOf(write.condition);
  const update = new Update(conditionOf(clauses, write.condition, now));
  update.add(ATTRIBUTE.version, 1);
  for (const [name, value] of Object.entries(write.attributes)) update.set(name, value);
  update.set(ATTRIBUTE.expires, write.expires);
  return update.members();
}

/** Of a row that is live or not there. One that is expired is for `put` to begin anew: an update would add to it. */
function additionOf(write: Increment, now: number) {
  const { amounts, initial = {}, attributes = {} } = write;
  const clauses = write.condition === 'any' ? UNEXPIRED : LIVE;
  const update = new Update(conditionOf(clauses, write.condition, now));
  update.add(ATTRIBUTE.version, 1);
  for (const [name, amount] of Object.entries(amounts)) update.add(name, amount);
  for (const [name, value] of Object.entries(initial)) update.setIfMissing(name, value);
  for (const [name, value] of Object.entries(attributes)) update.set(name, value);
  update.set(ATTRIBUTE.expires, write.expires);
  return update.members();
}

/** An update expression under construction. Names and values are numbered, apart from those of the condition. */
class Update {
  readonly #condition: Expression | undefined;
  readonly #sums: string[] = [];
  readonly #settings: string[] = [];
  readonly #names: Record<string, string> = {};
  readonly #values: Record<string, unknown> = {};

  constructor(condition: Expression | undefined) {
    this.#condition = condition;
  }

  /** Adds to a number; one that is missing counts as 0. */
  add(name: string, amount: number | undefined): void {
    if (amount !== undefined) this.#sums.push(`${this.#name(name)} ${this.#value(amount)}`);
  }

  set(name: string, value: Attribute | undefined): void {
    if (value !== undefined) this.#settings.push(`${this.#name(name)} = ${this.#value(value)}`);
  }

  setIfMissing(name: string, value: Attribute | undefined): void {
    if (value === undefined) return;
    const placeholder = this.#name(name);
    this.#settings.push(`${placeholder} = if_not_exists(${placeholder}, ${this.#value(value)})`);
  }

  members() {
    const settings = this.#settings.length === 0 ? '' : ` SET ${this.#settings.join(', ')}`;
    return {
      UpdateExpression: `ADD ${this.#sums.join(', ')}${settings}`,
      ...this.#condition,
      ExpressionAttributeNames: { ...this.#names, ...this.#condition?.ExpressionAttributeNames },
      ExpressionAttributeValues: { ...this.#values, ...this.#condition?.ExpressionAttributeValues },
    };
  }

  #name(name: string): string {
    const placeholder = `#n${Object.keys(this.#names).length}`;
    this.#names[placeholder] = name;
    return placeholder;
  }

  #value(value: unknown): string {
    const placeholder = `:v${Object.keys(this.#values).length}`;
    this.#values[placeholder] = value;
    return placeholder;
  }
}
