/** Invariant 8: the same request, facts and fresh values give the same decision, and nothing handed in is changed. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { putAccount } from '../../lib/app/accounts.ts';
import { encode } from '../../lib/codec/codec.ts';
import type * as IngestModule from '../../lib/engine/ingest.ts';
import type * as StepModule from '../../lib/engine/step.ts';
import { serializeMessage } from '../../lib/message/serialize/message.ts';
import { Content, type StoredContent } from '../../lib/pim/content.ts';
import { Device } from '../kit/device.ts';
import { alert, vcard } from '../kit/drafts.ts';
import { startServer } from '../kit/server.ts';
import { Session } from '../kit/session.ts';

/** What the wrapped functions saw: kinds of decisions, so that a test can tell that it tested something. */
const seen = vi.hoisted(() => ({ kinds: [] as string[], faults: [] as unknown[] }));

/** Runs `call` with a clock and dice that must not be touched. */
function without<T>(call: () => T): T {
  const forbid = (name: string) => () => {
    throw new Error(`the engine called ${name}`);
  };
  const spies = [
    vi.spyOn(Date, 'now').mockImplementation(forbid('Date.now') as never),
    vi.spyOn(Math, 'random').mockImplementation(forbid('Math.random') as never),
    vi.spyOn(globalThis.crypto, 'randomUUID').mockImplementation(forbid('randomUUID') as never),
    vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation(forbid('getRandomValues') as never),
  ];
  try {
    return call();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** A deep copy, with this in the place of each content. */
function copyOf<T>(value: T, contentOf: (content: Content) => unknown): T {
  const copy = (one: unknown): unknown => {
    if (one instanceof Content) return contentOf(one);
    if (one instanceof Map) return new Map([...one].map(([key, inner]) => [key, copy(inner)]));
    if (Array.isArray(one)) return one.map(copy);
    if (typeof one !== 'object' || one === null || one instanceof Uint8Array) return structuredClone(one);
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, copy(inner)]));
  };
  return copy(value) as T;
}

const rowOf = ({ type, hash, size, key, about, parts, blockingKeys }: Content): StoredContent => ({
  ...{ type, hash, size, key, about },
  ...(parts > 0 && { parts }),
  ...(blockingKeys !== undefined && { blockingKeys }),
});
const textOf = (content: Content) => (content.isWhole ? content.storedText : undefined);
const plain = <T>(value: T): T => copyOf(value, (content) => ({ ...rowOf(content), text: textOf(content) }));
/** Nothing that a content found out in one run is known in the other. */
const anew = <T>(value: T): T =>
  copyOf(value, (content) => {
    const text = textOf(content);
    return Content.ofRow(rowOf(content), text === undefined ? undefined : () => text);
  });

/** Calls twice on equal inputs, the facts in another order the second time, and compares. */
function twice<In extends readonly unknown[], Out extends { readonly kind: string }>(
  real: (...inputs: In) => Out,
  inputs: In,
): Out {
  const before = plain(inputs);
  const copy = anew(inputs).map((input) =>
    input instanceof Map ? new Map([...input].reverse()) : input,
  ) as unknown as In;
  const first = without(() => real(...inputs));
  const decided = plain(first);
  const second = plain(without(() => real(...copy)));
  note('the step changed what it was given', plain(inputs), before);
  note('the same inputs gave another decision', second, decided);
  note('a later step changed an earlier decision', plain(first), decided);
  seen.kinds.push(first.kind);
  return first;
}

/** The server would answer a failed expectation by a 500, so it is kept for the end of the test. */
function note(what: string, found: unknown, wanted: unknown): void {
  try {
    expect(found, what).toEqual(wanted);
  } catch (error) {
    seen.faults.push(error);
  }
}

vi.mock('../../lib/engine/step.ts', async (original) => {
  const real = await original<typeof StepModule>();
  const step: typeof real.step = (...inputs) => {
    const decision = twice(real.step, inputs);
    if (decision.kind !== 'decided') return decision;
    const bytes = () =>
      encode(serializeMessage(decision.message, decision.version), inputs[0].wire, decision.version);
    note('the same decision gave other bytes', bytes(), bytes());
    return decision;
  };
  return { ...real, step };
});
vi.mock('../../lib/engine/ingest.ts', async (original) => {
  const real = await original<typeof IngestModule>();
  const ingest: typeof real.ingest = (...inputs) => twice(real.ingest, inputs);
  return { ...real, ingest };
});

beforeEach(() => {
  seen.kinds.length = 0;
  seen.faults.length = 0;
});
afterEach(() => {
  for (const fault of seen.faults) throw fault;
});
const decisions = () => seen.kinds.filter((kind) => kind === 'decided').length;

describe('a step repeated on equal inputs', () => {
  it.each([
    [{}],
    [{ wire: 'wbxml', version: '1.1', perMessage: 2 }],
    [{ maxMsgSize: 3_000, wire: 'wbxml' }],
    [{ version: '1.0', largeObjects: false, numberOfChanges: false }],
  ] as const)('decides the same in every kind of session: %j', async (ability) => {
    const server = await startServer();
    const phone = new Device(server, { device: 'phone', ...ability });
    const laptop = new Device(server, { device: 'laptop' });
    for (let n = 0; n < 6; n += 1) phone.add(vcard(`P${n}`, `NOTE:${'x'.repeat(n * 200)}`));
    laptop.add(vcard('P1', 'NOTE:x'));
    laptop.add(vcard('Large', `NOTE:${'ü'.repeat(3_000)}`));
    await phone.sync();
    await laptop.sync();
    await phone.sync();
    phone.replace(phone.find('P2'), vcard('P2', 'TEL:1'));
    laptop.replace(laptop.find('P2'), vcard('P2', 'TEL:2'));
    laptop.delete(laptop.find('P3'));
    await laptop.sync();
    for (const code of [200, 202, 204, 201, 203, 205]) await phone.sync(code);
    expect(decisions()).toBeGreaterThan(24);
  });

  it('refuses the same', async () => {
    const server = await startServer();
    for (const auth of ['none', 'basic', 'md5'] as const)
      await new Session(server, { auth, password: 'wrong' }).send([alert(201)]);
    expect(decisions()).toBe(3);
  });

  it('recognises a repeated message the same', async () => {
    const session = new Session(await startServer());
    await session.send([alert(201)]);
    await session.resend();
    expect(seen.kinds).toContain('repeated');
  });

  it('resolves conflicts the same, whatever the policy', async () => {
    for (const policy of ['client-wins', 'server-wins', 'newest-wins', 'keep-both'] as const) {
      const server = await startServer();
      await putAccount(server.store, { login: 'anna', password: 'secret', policies: { contacts: policy } });
      const devices = ['a', 'b'].map((device) => new Device(server, { device }));
      devices[0]?.add(vcard('Ada'));
      for (const device of devices) await device.sync();
      for (const device of devices)
        device.replace(device.find('Ada'), vcard('Ada', `TEL:${device.options.device}`));
      for (const device of devices) await device.sync();
    }
    expect(decisions()).toBeGreaterThan(40);
  });

  it('takes the changes of the CRM the same', async () => {
    const server = await startServer();
    const at = { user: 'anna', datastore: 'contacts', record: 'r1' };
    await server.crm({ ...at, op: 'upsert', body: vcard('Ada') });
    await server.crm({ ...at, op: 'upsert', body: vcard('Ada') });
    await server.crm({ ...at, op: 'delete' });
    await server.crm({ ...at, datastore: 'photos', op: 'delete' });
    expect(seen.kinds.filter((kind) => kind !== 'needs')).toEqual([
      'applied',
      'unchanged',
      'applied',
      'refused',
    ]);
  });
});
