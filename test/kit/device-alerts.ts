/** What a device asks for each of its databases in its first message, and what the server answers to that. */
import type { Command, Message } from '../../lib/message/model.ts';
import { untilDone } from './busy.ts';
import { type AlertAnswer, isAnswered, noteAnswer } from './device-messages.ts';
import { nextMessage } from './drafts.ts';
import { type Draft, Refused, type Session } from './session.ts';
import type { SyncedDatabase } from './synced-database.ts';

/** A database that is asked for, with its Alert and what was answered to it. */
export interface Asked {
  readonly database: SyncedDatabase;
  readonly draft: Draft;
  readonly answer: AlertAnswer;
}

/** The Put of the device information comes before the Alerts. */
const FIRST_CMD_ID = 2;

/** Notes the answers in the reply. Are some of them missing still, and to come (P23)? */
export function noteAnswers(reply: Message, asked: readonly Asked[]): boolean {
  for (const [at, { database, answer }] of asked.entries())
    noteAnswer(answer, reply, String(at + FIRST_CMD_ID), database.uri);
  return !reply.final && !asked.every(({ answer }) => isAnswered(answer));
}

/** Asks for the rest of the server's package #2. */
export async function askMore(session: Session): Promise<Message> {
  const first = await session.send([...session.statuses(), nextMessage()], { final: false });
  return (await untilDone(session, first)).reply;
}

/** The databases for which the server named a sync type: their syncs begin. Throws when there is none. */
export function beginAgreed(asked: readonly Asked[]): SyncedDatabase[] {
  const agreed = asked.flatMap(({ database, answer }) =>
    answer.agreed === undefined ? [] : [{ database, answer, code: answer.agreed }],
  );
  if (agreed.length === 0) throw new Error('the server alerts nothing');
  for (const { database, code } of agreed) if (database.isOutdated(code)) throw new Refused(code);
  for (const { database, answer, code } of agreed) database.agree(code, answer);
  return agreed.map(({ database }) => database);
}

/** The Statuses that refused the other Alerts, by datastore. */
export const refusedOf = (asked: readonly Asked[]): { [datastore: string]: number } =>
  Object.fromEntries(
    asked.flatMap(({ database: { datastore }, answer: { agreed, status = 0 } }) =>
      agreed === undefined ? [[datastore, status]] : [],
    ),
  );

/** The code of a database for a command of the server's, where it is not the usual one. */
export const codeFor = (command: Command, synced: readonly SyncedDatabase[]): number | undefined =>
  synced.map((database) => database.codeFor(command)).find((code) => code !== undefined);
