/** Plays the plan of a life, and checks at its end what must hold. */
import type { Store } from '../../../lib/store/port/port.ts';
import { memoryStore } from '../../kit/memory-store.ts';
import { typeAlike } from './alike.ts';
import { keepBackup, restoreBackup } from './backups.ts';
import { breakInside } from './breaking.ts';
import { checkLife } from './checks.ts';
import { fightDuel } from './duel.ts';
import { bornLife, type Life } from './life.ts';
import type { Plan, PlanStep } from './plan.ts';
import { sync } from './syncing.ts';
import { copyTable, restoreTable } from './tables.ts';
import { saveInCrm, type } from './typing.ts';

/** `watch` is called after each step. */
interface Playing {
  /** A store in memory when there is none. */
  readonly store?: Store;
  readonly watch?: (life: Life) => Promise<void>;
}

/** Tells the life; throws with its lines where something does not hold. */
export async function playLife(
  plan: Plan,
  { store = memoryStore(), watch = async () => {} }: Playing = {},
): Promise<Life> {
  const life = await bornLife(plan, store);
  try {
    for (const step of plan.steps) {
      life.dice.seed(step.dice);
      await take(life, step);
      await watch(life);
    }
    await quietTime(life, watch);
    await checkLife(life);
    await fightDuel(life);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`life ${plan.seed}: ${reason}\n${life.lines.join('\n')}`);
  } finally {
    await life.server.store.close();
  }
  return life;
}

async function take(life: Life, step: PlanStep): Promise<void> {
  const named = (name: string) => life.devices.filter((device) => device.name === name);
  switch (step.does) {
    case 'waits':
      life.server.time += step.hours * 3_600_000;
      life.lines.push(`${step.hours} hours pass`);
      return;
    case 'saves in the CRM':
      return saveInCrm(life, step.kind, step.number);
    case 'types':
      for (const { books } of named(step.device))
        for (const book of books) if (book.phone.kind === step.kind) type(life, book, step.number);
      return;
    case 'breaks off': {
      const [[device], [author]] = [named(step.device), named(step.author)];
      if (device !== undefined && author !== undefined) await breakInside(life, device, { ...step, author });
      return;
    }
    case 'syncs':
      for (const device of named(step.device)) await sync(life, device, step);
      return;
    case 'sync together':
      life.lines.push('together:');
      await Promise.all(step.devices.flatMap(named).map((device) => sync(life, device, step)));
      return;
    case 'types alike': {
      const books = step.devices.flatMap(named).flatMap((device) => device.books);
      typeAlike(
        life,
        books.filter(({ phone }) => phone.kind === step.kind),
        step,
      );
      return;
    }
    case 'keeps a backup':
      for (const device of named(step.device)) keepBackup(life, device);
      return;
    case 'gets its backup back':
      for (const device of named(step.device)) restoreBackup(life, device);
      return;
    case 'copies a table':
      return copyTable(life, step.table);
    case 'restores a table':
      return restoreTable(life);
  }
}

/** Nobody types any more: two syncs of each must be enough, more where room has to be made, after what is open has been resumed. */
async function quietTime(life: Life, watch: (life: Life) => Promise<void>): Promise<void> {
  const { devices, faults, lines, dice, plan } = life;
  const { kinds } = plan;
  faults.rate = 0;
  dice.seed(plan.seed);
  lines.push('quiet');
  for (const device of devices) {
    const isOpen = device.books.some(({ database }) => database.canResume);
    if (isOpen && dice.chance(0.6)) await sync(life, device, { code: 225, kinds });
  }
  // What a device had no room for comes in the session after that in which others made room for it.
  const rounds = devices.some(({ books }) => books.some(({ database }) => database.options.capacity)) ? 4 : 2;
  for (let round = 0; round < rounds; round += 1)
    for (const device of devices) {
      await sync(life, device, { code: 200, kinds });
      await watch(life);
    }
}
