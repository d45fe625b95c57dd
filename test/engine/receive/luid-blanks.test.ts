/** Blanks of a LUID count: `a`, ` a` and `a ` are three items (Q06). */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';

const LUIDS = ['a', ' a', 'a ', ' a ', 'a  '];
const NOTHING = { Add: 0, Replace: 0, Delete: 0 };

describe.each(['xml', 'wbxml'] as const)('in %s, items whose LUIDs differ in blanks', (wire) => {
  const devices = async () => {
    const server = await startServer();
    const phone = new Device(server, { device: 'phone', wire });
    const laptop = new Device(server, { device: 'laptop', wire });
    for (const [n, luid] of LUIDS.entries()) phone.add(vcard(`Name${n}`), luid);
    await phone.sync();
    await laptop.sync();
    return { server, phone, laptop };
  };

  it('are items of their own', async () => {
    const { phone, laptop } = await devices();
    expect(laptop.contents).toEqual(phone.contents);
    for (const [n, luid] of LUIDS.entries()) phone.replace(luid, vcard(`Name${n}`, `TITLE:t${n}`));
    await phone.sync();
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Replace: LUIDS.length });
    expect(laptop.contents).toEqual(phone.contents);
    phone.delete(' a');
    await phone.sync();
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Delete: 1 });
    expect(laptop.items.size).toBe(LUIDS.length - 1);
  });

  it('come back under their LUIDs', async () => {
    const { phone, laptop } = await devices();
    for (const [n] of LUIDS.entries())
      laptop.replace(laptop.find(`Name${n}`), vcard(`Name${n}`, `NOTE:${n}`));
    await laptop.sync();
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: LUIDS.length });
    for (const [n, luid] of LUIDS.entries()) expect(phone.items.get(luid)).toContain(`NOTE:${n}`);
  });

  it('stay apart in a slow sync', async () => {
    const { phone, laptop } = await devices();
    const before = phone.contents;
    expect((await phone.sync(201)).received).toEqual(NOTHING);
    for (const [n, luid] of LUIDS.entries()) expect(phone.items.get(luid)).toContain(`Name${n}`);
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect([phone.contents, laptop.contents]).toEqual([before, before]);
  });

  it('may be new beside one that is known', async () => {
    const { phone, laptop } = await devices();
    phone.add(vcard('Another'), '  a');
    phone.replace('   a', vcard('Yet another'));
    await phone.sync();
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Add: 2 });
    expect(laptop.contents).toEqual(phone.contents);
  });

  it('are mapped with their blanks', async () => {
    const { phone, laptop } = await devices();
    const [own = ''] = [...laptop.items.keys()];
    const text = laptop.items.get(own) ?? '';
    laptop.add(vcard('Other'), ` ${own}`);
    await laptop.sync();
    laptop.replace(own, text.replace('END:', 'TITLE:own\r\nEND:'));
    await laptop.sync();
    await phone.sync();
    expect(phone.contents).toEqual(laptop.contents);
  });
});
