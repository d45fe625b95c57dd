/** An Outlook client that speaks SIF, beside a phone that speaks vCard [C32, C35]. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { add, replace, taking } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { changesOf } from '../../kit/session.ts';
import { begin, bodiesOf, codesByLuid, confirm, upload, wholeSync } from '../steps.ts';

const SIF = 'text/x-s4j-sifc';
const sif = (...fields: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<contact>${fields.join('')}</contact>`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const EVA = sif(
  '<LastName>Größ</LastName>',
  '<FirstName>Eva</FirstName>',
  '<MobileTelephoneNumber>1</MobileTelephoneNumber>',
  '<Hobby>chess</Hobby>',
);
const B64 = { meta: { format: 'b64' } };

/** The SIF of an outgoing change, and its Format. */
const received = (reply: Parameters<typeof changesOf>[0]) =>
  changesOf(reply).map((change) => {
    if (change.name !== 'Add' && change.name !== 'Replace') throw new Error(`${change.name}?`);
    const data = change.items[0]?.data;
    return { meta: change.meta, sif: Buffer.from(String(data), 'base64').toString('utf8') };
  });

describe('a client of SIF', () => {
  it('E36: sends base64 and gets base64; a phone changes a number, and all else stays', async () => {
    const server = await startServer();
    const info = taking(SIF, '1.0');
    await wholeSync(server, { next: 'n1', info }, [add('1', base64(EVA), SIF, B64)]);
    expect(await bodiesOf(server)).toEqual([expect.stringContaining('N:Größ;Eva;;;\r\n')]);
    const phone = new Device(server, { device: 'phone' });
    await phone.sync();
    phone.replace(phone.find('Eva'), phone.contents[0]?.replace('CELL:1', 'CELL:2') ?? '');
    await phone.sync();
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2', info });
    const [sent, ...others] = received(await upload(session));
    expect(others).toEqual([]);
    expect(sent?.meta).toMatchObject({ type: SIF, format: 'b64' });
    for (const field of ['<LastName>Größ<', '<MobileTelephoneNumber>2<', '<Hobby>chess<'])
      expect(sent?.sif).toContain(field);
    await confirm(session);
    // It sends back what it got: that is no change.
    const again = [replace('1', base64(sent?.sif ?? ''), SIF, B64)];
    const third = await wholeSync(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3', info }, again);
    expect(codesByLuid(third.reply)).toEqual({ 1: 200 });
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  });

  it('cannot delete what its format does not know', async () => {
    const server = await startServer();
    const phone = new Device(server, { device: 'phone' });
    phone.add(
      [
        'BEGIN:VCARD',
        'VERSION:3.0',
        'N:Größ;Eva;;;',
        'TEL;TYPE=CELL:1',
        'X-BLOOD:0',
        'GEO:1;2',
        'END:VCARD',
        '',
      ].join('\r\n'),
    );
    await phone.sync();
    const info = taking(SIF, '1.0');
    await wholeSync(server, { next: 'n1', info }, [add('7', base64(EVA), SIF, B64)]);
    const less = EVA.replace(/<MobileTelephoneNumber>.*?<\/MobileTelephoneNumber>/, '');
    const change = [replace('7', base64(less), SIF, B64)];
    await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2', info }, change);
    const [body, ...others] = await bodiesOf(server);
    expect(others).toEqual([]);
    for (const line of ['X-BLOOD:0', 'GEO:1;2', 'N:Größ;Eva;;;', 'X-SIF-HOBBY']) expect(body).toContain(line);
    expect(body).not.toContain('TEL');
  });

  it('gets a large item in chunks of base64', async () => {
    const server = await startServer();
    const phone = new Device(server, { device: 'phone' });
    phone.add(
      ['BEGIN:VCARD', 'VERSION:3.0', 'N:Größ;Eva;;;', `NOTE:${'ß'.repeat(9_000)}`, 'END:VCARD', ''].join(
        '\r\n',
      ),
    );
    await phone.sync();
    const { session } = await begin(server, {
      next: 'n1',
      maxMsgSize: 8_000,
      info: taking(SIF, '1.0'),
    } as never);
    let text = '';
    let reply = await upload(session);
    for (let n = 0; n < 10; n += 1) {
      const [change] = changesOf(reply);
      if (change?.name !== 'Add') break;
      expect(change.meta?.format).toBe('b64');
      text += change.items[0]?.data;
      if (change.items[0] && !('moreData' in change.items[0] && change.items[0].moreData)) break;
      reply = (await session.send([...session.statuses()], { final: false })).reply;
    }
    expect(Buffer.from(text, 'base64').toString('utf8')).toContain(`<Body>${'ß'.repeat(9_000)}</Body>`);
  });
});
