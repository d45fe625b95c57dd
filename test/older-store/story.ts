/**
 * What happened to the store before it was kept. Four real devices and the CRM:
 *
 * - the phone has most contacts; the laptop speaks XML, knows some of them in its own words, and a namesake;
 * - both change, delete and contest items; the phone does a slow sync in between (a second generation of its mapping);
 * - the tablet takes the old formats only and dies while it sends a contact larger than a message;
 * - the watch dies in the middle of its first sync.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from '../client/process.ts';
import type { Server } from '../client/server.ts';
import type { Datastore } from '../client/syncevolution.ts';
import { openLog } from '../client/versions.ts';
import type { Actor } from './actor.ts';
import { EVENTS, NOTES, OF_THE_LAPTOP, TASKS, WHOLE_SERIES } from './calendar.ts';
import type { Edit } from './fixture.ts';
import { OTHERS, ofTheWatch, PEOPLE, sameElsewhere } from './people.ts';
import { isFirstPart, isOpenAt } from './recording.ts';

export interface Stage {
  readonly server: Server;
  readonly user: string;
  readonly dataDir: string;
  readonly workDir: string;
  readonly phone: Actor;
  readonly laptop: Actor;
  readonly tablet: Actor;
  readonly watch: Actor;
}

const CONTACTS = ['contacts'] as const;
const OF_THE_TABLET = ['contacts', 'calendar'] as const;

/** What the tablet had changed when it died, by LUID. */
export type Pending = { [luid: string]: Edit };

/** Plays it to its end; returns what the tablet could not bring to its end. */
export async function play(stage: Stage): Promise<Pending> {
  await firstSyncs(stage);
  await changes(stage);
  const pending = await theTabletDies(stage);
  await theWatchDies(stage);
  await settle(stage);
  return pending;
}

const fill = (actor: Actor, datastore: Datastore, items: ReadonlyMap<string, string>): void => {
  for (const [name, text] of items) actor.device.put(datastore, name, text);
};

async function firstSyncs(stage: Stage): Promise<void> {
  const { phone, laptop, tablet } = stage;
  fill(phone, 'contacts', PEOPLE);
  fill(phone, 'calendar', EVENTS);
  fill(phone, 'tasks', TASKS);
  fill(phone, 'notes', NOTES);
  await crm(stage, 'put', 'contacts', 'crm-4711', OTHERS.crm);
  await crm(stage, 'put', 'contacts', 'crm-4712', OTHERS.gone);
  await crm(stage, 'put', 'calendar', 'crm-board', WHOLE_SERIES);
  await phone.sync('slow');
  fill(laptop, 'contacts', sameElsewhere(0, 12));
  const { namesake, yusuf, zoe } = OTHERS;
  fill(laptop, 'contacts', new Map(Object.entries({ namesake, yusuf, zoe })));
  fill(laptop, 'calendar', OF_THE_LAPTOP);
  laptop.device.put('tasks', 'own-call', TASKS.get('call') ?? '');
  laptop.device.put('notes', 'own-note', 'Only on the laptop\nuntil now\n');
  await laptop.sync('slow');
  tablet.device.put('contacts', 'tilda', OTHERS.tablet);
  await tablet.sync('slow', OF_THE_TABLET);
  await phone.sync('two-way');
}

async function changes(stage: Stage): Promise<void> {
  const { phone, laptop, tablet } = stage;
  await laptop.sync('two-way');
  phone.edit('contacts', 'Ada', 'Engineer', 'Chief engineer');
  phone.edit('contacts', 'Viktor', 'holds the large photo', 'still holds the large photo');
  phone.edit('contacts', 'Falk-Meyer', /END:VCARD/, 'NOTE:von beiden\r\nEND:VCARD');
  phone.edit('calendar', 'Review', 'SUMMARY:Review', 'SUMMARY:Quarterly review');
  phone.edit('calendar', 'Board', 'LOCATION:Here', 'LOCATION:There');
  phone.edit('notes', 'Door codes', '0815', '4711');
  phone.remove('contacts', 'Jansen-Meyer');
  phone.remove('calendar', 'To be deleted');
  phone.remove('notes', 'To be deleted');
  laptop.edit('contacts', 'Ada', 'Engineer', 'Head of assembly');
  laptop.edit('contacts', 'Falk-Meyer', /END:VCARD/, 'TITLE:Both\r\nEND:VCARD');
  laptop.edit('contacts', 'Chlo', '55501002', '55501999');
  laptop.edit('tasks', 'Tidy up', 'PERCENT-COMPLETE:40', 'PERCENT-COMPLETE:60');
  laptop.remove('contacts', 'Imhof-Meyer');
  for (const actor of [phone, laptop, phone]) await actor.sync('two-way');
  await phone.sync('slow');
  await crm(stage, 'put', 'contacts', 'crm-4711', OTHERS.crm.replace('Nowak KG', 'Nowak & Co. KG'));
  await crm(stage, 'delete', 'contacts', 'crm-4712');
  phone.edit('contacts', 'Bruno', 'spricht', 'sprach');
  for (const actor of [phone, laptop]) await actor.sync('two-way');
  await tablet.sync('two-way', OF_THE_TABLET);
}

async function theTabletDies({ tablet }: Stage): Promise<Pending> {
  const { device } = tablet;
  const replaced = [...device.items('contacts')].find(([, text]) => text.includes('Brandt-Meyer'))?.[0] ?? '';
  const deleted = [...device.items('contacts')].find(([, text]) => text.includes('Cordes-Meyer'))?.[0] ?? '';
  tablet.edit('contacts', 'Brandt-Meyer', /END:VCARD/, 'TITLE:Changed on the tablet\r\nEND:VCARD');
  tablet.remove('contacts', 'Cordes-Meyer');
  const { first, second, large } = OTHERS;
  fill(tablet, 'contacts', new Map(Object.entries({ first, second, large })));
  await tablet.die('two-way', CONTACTS, isOpenAt);
  return { [replaced]: 'replace', [deleted]: 'delete', first: 'add', second: 'add', large: 'add' };
}

async function theWatchDies({ watch }: Stage): Promise<void> {
  fill(watch, 'contacts', new Map([...sameElsewhere(2, 13), ...sameElsewhere(16, 28)]));
  fill(watch, 'contacts', ofTheWatch);
  await watch.die('slow', CONTACTS, isFirstPart);
}

async function settle({ phone, laptop }: Stage): Promise<void> {
  for (const actor of [phone, laptop, phone]) await actor.sync('two-way');
  for (const actor of [laptop, phone]) await actor.syncUnchanged();
}

/** The CRM puts or deletes a record, and the server has applied it. */
async function crm(
  stage: Stage,
  op: 'put' | 'delete',
  datastore: Datastore,
  record: string,
  text?: string,
): Promise<void> {
  const { server, user, workDir } = stage;
  const file = join(workDir, `${record}.txt`);
  if (text !== undefined) writeFileSync(file, text);
  const before = await byTheCrm(stage, datastore);
  const { code, output } = await server.crm(
    op,
    user,
    datastore,
    record,
    ...(text === undefined ? [] : [file]),
  );
  if (code !== 0) throw new Error(`crm ${op} ended with ${code}:\n${output}`);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await byTheCrm(stage, datastore)) > before) return;
    await sleep(200);
  }
  throw new Error(`the change of ${record} was not applied:\n${server.log()}`);
}

const byTheCrm = async (stage: Stage, datastore: Datastore): Promise<number> =>
  (await openLog(stage, (log) => log.changes(datastore))).filter(({ origin }) => origin.includes('crm'))
    .length;
