/**
 * Whatever a client sends, in whatever order: no event meets a state that does not know it. Messages are drawn from a seed,
 * sessions break, begin anew, resume and go on in every way.
 */
import { describe, expect, it } from 'vitest';
import { add, alert, map, nextMessage, remove, replace, suspend, sync, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { type Draft, Session } from '../../kit/session.ts';
import { createRandom, type Random } from '../../simulation/random.ts';
import { addedGuids } from '../steps.ts';

const DATASTORES = ['contacts', 'notes'] as const;
const TYPES = { contacts: 'text/vcard', notes: 'text/plain' } as const;
const SESSIONS = 12;
const MESSAGES = 9;

function changes(random: Random, datastore: (typeof DATASTORES)[number]): Draft[] {
  return Array.from({ length: random.below(4) }, () => {
    const luid = String(random.below(5));
    const name = `N${random.below(4)}`;
    const data = datastore === 'contacts' ? vcard(name, `NOTE:${'x'.repeat(random.below(3_000))}`) : name;
    const type = random.chance(0.1) ? 'image/png' : TYPES[datastore];
    const more = random.chance(0.1) ? { moreData: true } : {};
    if (random.chance(0.2)) return remove(luid);
    return random.chance(0.5) ? add(luid, data, type, more) : replace(luid, data, type, more);
  });
}

/** One of all that may stand in a message. */
function draft(random: Random, session: Session, lasts: readonly string[]): Draft {
  const datastore = random.pick(DATASTORES);
  const choice = random.below(10);
  if (choice < 3) {
    const code = random.pick([200, 200, 201, 202, 203, 204, 205, 206, 225, 225]);
    return alert(code, datastore, { last: random.pick(lasts), next: random.pick(lasts) });
  }
  if (choice < 6) return sync(changes(random, datastore), datastore);
  if (choice === 6) {
    const guids = session.last === undefined ? [] : addedGuids(session.last);
    return map(
      guids.map((guid, n) => [guid, `M${n}`]),
      datastore,
    );
  }
  return choice === 7 && random.chance(0.3) ? suspend(session.options.device) : nextMessage();
}

function message(random: Random, session: Session, lasts: readonly string[]): Draft[] {
  const codes = random.chance(0.2) ? { Alert: 508 } : random.chance(0.2) ? { Add: 420 } : {};
  const statuses = random.chance(0.8) ? session.statuses(codes) : [];
  const drafts = Array.from({ length: random.below(4) }, () => draft(random, session, lasts));
  return random.chance(0.9) ? [...statuses, ...drafts] : [...drafts, ...statuses];
}

/** The answer is one, or says that the client has to begin again. */
async function exchange(random: Random, session: Session, lasts: readonly string[]): Promise<void> {
  const how = { final: random.chance(0.6) };
  const { http } = random.chance(0.1)
    ? await session.resend()
    : await session.send(message(random, session, lasts), how);
  expect(http.status, JSON.stringify(session.server.log.at(-1))).toBe(200);
}

async function story(seed: number): Promise<TestServer> {
  const random = createRandom(seed);
  const server = await startServer();
  const lasts = ['', 'a', 'b'];
  for (let n = 0; n < SESSIONS; n += 1) {
    const maxMsgSize = random.pick([2_000, 5_000, 100_000]);
    const version = random.chance(0.8) ? '1.2' : '1.1';
    const session = new Session(server, { sessionId: String(random.below(6)), version, maxMsgSize });
    await session.send(message(random, session, lasts), { final: random.chance(0.6) });
    const messages = random.below(MESSAGES);
    for (let m = 0; m < messages; m += 1) await exchange(random, session, lasts);
    if (random.chance(0.3)) server.time += random.below(30) * 3_600_000;
  }
  return server;
}

describe('messages in any order', () => {
  it.each([100, 200])('are all answered: 25 seeds from %i', async (first) => {
    for (let seed = first; seed < first + 25; seed += 1) {
      const server = await story(seed);
      expect(
        server.log.filter(({ event }) => event === 'error'),
        `seed ${seed}`,
      ).toEqual([]);
    }
  });
});
