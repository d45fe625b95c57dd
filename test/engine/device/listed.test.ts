/** A device whose list of properties grows, with a new version of its software (D19). */
import { describe, expect, it } from 'vitest';
import { infoOf } from '../../kit/device-messages.ts';
import { add, replace, taking, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { changesOf } from '../../kit/session.ts';
import { addedGuids, begin, bodiesOf, confirm, upload, wholeSync } from '../steps.ts';

const FULL = vcard('Ada', 'TEL:1', 'EMAIL:a@example.com');
const PLAIN = vcard('Berta', 'TEL:2');
const OLD = taking('text/vcard', '3.0', ['N', 'FN', 'TEL']);
const NEW = taking('text/vcard', '3.0', ['N', 'FN', 'TEL', 'EMAIL']);

/** A phone that holds Ada and Berta as its old list has them. */
async function phone() {
  const server = await startServer();
  await wholeSync(server, { device: 'laptop', next: 'l1' }, [add('a', FULL), add('b', PLAIN)]);
  const { reply } = await wholeSync(server, { next: 'n1', info: OLD });
  const ada = changesOf(reply).findIndex((change) => JSON.stringify(change).includes('Ada'));
  return { server, ada: `M-${addedGuids(reply)[ada]}` };
}

describe('a device that lists a property for the first time', () => {
  it('gets the items again that have it, once', async () => {
    const { server, ada } = await phone();
    const second = { sessionId: '2', code: 200, last: 'n1', next: 'n2', info: NEW } as const;
    const { reply } = await wholeSync(server, second);
    const [sent, ...others] = changesOf(reply);
    expect(others).toEqual([]);
    expect(sent).toMatchObject({ name: 'Replace', items: [{ target: { uri: ada } }] });
    expect(JSON.stringify(sent)).toContain('a@example.com');
    const third = await wholeSync(server, { ...second, sessionId: '3', last: 'n2', next: 'n3' });
    expect(changesOf(third.reply)).toEqual([]);
  });

  it('has deleted nothing of what it never got, and deletes it later', async () => {
    const { server, ada } = await phone();
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2', info: NEW });
    await upload(session, [replace(ada, vcard('Ada', 'TEL:9'))]);
    await confirm(session);
    expect(await bodiesOf(server)).toContain(vcard('Ada', 'TEL:9', 'EMAIL:a@example.com'));
    const change = [replace(ada, vcard('Ada', 'TEL:8'))];
    await wholeSync(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3', info: NEW }, change);
    expect(await bodiesOf(server)).toContain(vcard('Ada', 'TEL:8'));
  });

  it('and sends its changes only (202) still has not seen it', async () => {
    const { server, ada } = await phone();
    const change = (tel: string) => [replace(ada, vcard('Ada', tel))];
    await wholeSync(
      server,
      { sessionId: '2', code: 202, last: 'n1', next: 'n2', info: NEW },
      change('TEL:7'),
    );
    await wholeSync(
      server,
      { sessionId: '3', code: 202, last: 'n2', next: 'n3', info: NEW },
      change('TEL:6'),
    );
    expect(await bodiesOf(server)).toContain(vcard('Ada', 'TEL:6', 'EMAIL:a@example.com'));
  });
});

describe('a device that holds more values, or longer ones, or gets another format than before', () => {
  const [N, FN, NOTE] = ['N', 'FN', 'NOTE'];
  const one = infoOf('contacts', { properties: [N, FN, 'TEL'], most: { TEL: 1 } });
  const three = infoOf('contacts', { properties: [N, FN, 'TEL'], most: { TEL: 3 } });
  it.each([
    ['more values', one, three],
    ['a list less', taking('text/vcard', '3.0', [N, FN, 'TEL']), taking('text/vcard', '3.0')],
    [
      'another format',
      taking('text/x-vcard', '2.1', [N, FN, 'TEL']),
      taking('text/vcard', '3.0', [N, FN, 'TEL', NOTE]),
    ],
  ])('%s: it has deleted nothing of what it never got, and gets all again', async (_, before, after) => {
    const server = await startServer();
    const full = vcard('Ada', 'TEL:11111111', 'TEL:22222222', 'NOTE:long');
    await wholeSync(server, { device: 'laptop', next: 'l1' }, [add('a', full), add('b', PLAIN)]);
    const first = await wholeSync(server, { next: 'n1', info: before });
    const at = changesOf(first.reply).findIndex((change) => JSON.stringify(change).includes('Ada'));
    const change = replace(`M-${addedGuids(first.reply)[at]}`, vcard('Ada', 'TEL:11111111', 'ROLE:r'));
    const second = { sessionId: '2', code: 200, last: 'n1', next: 'n2', info: after } as const;
    const { reply } = await wholeSync(server, second, [change]);
    const ada = (await bodiesOf(server)).find((body) => body.includes('Ada'));
    for (const line of ['TEL:11111111', 'TEL:22222222', 'NOTE:long', 'ROLE:r']) expect(ada).toContain(line);
    expect(changesOf(reply).map(({ name }) => name)).toEqual(['Replace', 'Replace']);
    const third = await wholeSync(server, { ...second, sessionId: '3', last: 'n2', next: 'n3' });
    expect(changesOf(third.reply)).toEqual([]);
  });
});
