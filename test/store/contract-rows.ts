/** What a row holds, and for how long. */
import { describe, expect, it } from 'vitest';
import { MAX_ROW_BYTES, type Row, type Write } from '../../lib/store/port/port.ts';
import { rowBytes } from '../../lib/store/rows/row-size.ts';
import { type Bench, REFUSED } from './contract.ts';

export function rowContract(bench: Bench): void {
  const rowWith = (attributes: Row['attributes']): Row => ({ ...bench.freshKey(), version: 1, attributes });
  const put = (row: Row): Write => ({ op: 'put', row, condition: 'any' });

  describe('a row', () => {
    it('comes back as it was put', async () => {
      const row: Row = {
        ...rowWith({
          text: 'Zoë \u{1F600} \r\n',
          empty: '',
          zero: 0,
          negative: -12.5,
          tiny: 1e-7,
          largest: Number.MAX_SAFE_INTEGER,
          yes: true,
          no: false,
          nothing: null,
          list: [1, 'two', [], { three: 3 }],
          luids: { 'phone one': { '1': '007', '2': '' } },
          noMembers: {},
          'a name with spaces.and#signs': 1,
        }),
        expires: bench.clock.seconds() + 3600,
        blob: Uint8Array.of(0, 1, 254, 255),
      };
      await bench.put(row);
      const read = await bench.read(row);
      expect(read).toEqual(row);
      expect(read?.blob).toBeInstanceOf(Uint8Array);
    });

    it('is never looked for under a key that no row can have', async () => {
      const key = bench.freshKey();
      for (const bad of [
        { ...key, pk: '' },
        { ...key, sk: '' },
        { ...key, sk: 'x'.repeat(1_025) },
      ])
        await expect(bench.subject().store.get([bad])).rejects.toMatchObject(REFUSED);
    });

    it('may have keys as long as the limits, which are of bytes', async () => {
      const { table, pk } = bench.freshKey();
      const longest = { table, pk: `${pk}${'ü'.repeat(500)}`.padEnd(1_548, 'x'), sk: 'ü'.repeat(512) };
      expect([Buffer.byteLength(longest.pk), Buffer.byteLength(longest.sk)]).toEqual([2_048, 1_024]);
      await bench.put({ ...longest, version: 1, attributes: {} });
      expect(await bench.read(longest)).toMatchObject(longest);
      for (const key of [
        { ...longest, pk: `${longest.pk}x` },
        { ...longest, sk: `${longest.sk}x` },
      ])
        await expect(bench.put({ ...key, version: 1, attributes: {} })).rejects.toMatchObject(REFUSED);
    });

    it('drops members that are undefined', async () => {
      const key = bench.freshKey();
      const attributes = {
        kept: 1,
        dropped: undefined,
        deep: { dropped: undefined },
      } as unknown as Row['attributes'];
      await bench.put({ ...key, version: 1, attributes });
      expect((await bench.read(key))?.attributes).toStrictEqual({ kept: 1, deep: {} });
    });

    it('takes an empty blob, and loses its blob when put without one', async () => {
      const row = rowWith({});
      await bench.put({ ...row, blob: new Uint8Array() });
      expect((await bench.read(row))?.blob).toEqual(new Uint8Array());
      await bench.put({ ...row, version: 2 });
      expect(await bench.read(row)).toStrictEqual({ ...row, version: 2 });
    });

    it('has keys of any characters', async () => {
      const { pk } = bench.freshKey();
      const keys = ['I#ünïcode', 'I#名前', 'I#\u{1F600}', 'I#\'quoted"', 'I# %_*'].map((sk) => ({
        ...{ table: 'items' as const, pk: `${pk}, 'ü', \u{1F600}`, sk },
      }));
      for (const key of keys) await bench.put({ ...key, version: 1, attributes: {} });
      const found = await bench.subject().store.get(keys);
      expect(found.map(({ sk }) => sk).sort()).toEqual(keys.map(({ sk }) => sk).sort());
    });

    it('is refused with an empty key or name, a taken name, or a number that cannot be stored', async () => {
      const wrong: Row[] = [
        { ...rowWith({}), sk: '' },
        rowWith({ pk: 'taken' }),
        rowWith({ '': 1 }),
        rowWith({ deep: { '': 1 } }),
        rowWith({ count: Number.NaN }),
        rowWith({ deep: [{ count: 2 ** 53 }] }),
      ];
      for (const row of wrong) {
        await expect(bench.subject().store.transact([put(row)])).rejects.toMatchObject(REFUSED);
      }
    });

    it('may be as large as the limit, and not larger', async () => {
      const row = rowWith({ text: 'x'.repeat(380_000) });
      const room = MAX_ROW_BYTES - rowBytes({ ...row, blob: new Uint8Array() });
      const full: Row = { ...row, blob: new Uint8Array(room).fill(7) };
      await bench.put(full);
      expect((await bench.read(row))?.blob).toEqual(full.blob);
      const larger: Row = { ...row, blob: new Uint8Array(room + 1) };
      await expect(bench.subject().store.transact([put(larger)])).rejects.toMatchObject(REFUSED);
    });
  });

  describe('set', () => {
    const set = (row: Row, attributes: Row['attributes'], expires?: number): Write => ({
      ...{ op: 'set', key: row, attributes, condition: 'any' },
      ...(expires === undefined ? {} : { expires }),
    });

    it('leaves the other attributes, the blob and the expiry, and raises the version', async () => {
      const expires = bench.clock.seconds() + 3600;
      const row: Row = { ...rowWith({ a: { b: 1, c: 2 }, d: 'kept' }), expires, blob: Uint8Array.of(1) };
      await bench.put(row);
      expect(await bench.subject().store.transact([set(row, { a: { b: 3 }, 'e.f': [] })])).toBe('committed');
      expect(await bench.subject().store.transact([set(row, {}, expires + 1)])).toBe('committed');
      const attributes = { a: { b: 3 }, d: 'kept', 'e.f': [] };
      expect(await bench.read(row)).toStrictEqual({ ...row, version: 3, expires: expires + 1, attributes });
    });

    it('is refused when the row would grow too large', async () => {
      const row = rowWith({ text: 'x'.repeat(300_000) });
      await bench.put(row);
      const more = set(row, { more: 'x'.repeat(150_000) });
      await expect(bench.subject().store.transact([more])).rejects.toMatchObject(REFUSED);
      expect((await bench.read(row))?.version).toBe(1);
    });
  });

  describe('get', () => {
    it('gives each row once, and leaves out what is absent', async () => {
      const row = rowWith({});
      await bench.put(row);
      const keys = [row, { ...row, sk: 'absent' }, row];
      expect(await bench.subject().store.get(keys)).toEqual([row]);
      expect(await bench.subject().store.get([])).toEqual([]);
    });

    it('takes more keys than one request of DynamoDB', async () => {
      const { pk } = bench.freshKey();
      const keys = Array.from({ length: 230 }, (_, index) => ({
        table: 'items' as const,
        pk,
        sk: `I#${index}`,
      }));
      const wanted = keys.filter((_, index) => index % 50 === 0);
      for (const key of wanted) await bench.put({ ...key, version: 1, attributes: {} });
      const found = await bench.subject().store.get(keys);
      expect(found.map(({ sk }) => sk).sort()).toEqual(wanted.map(({ sk }) => sk).sort());
    });

    it('takes rows of more bytes than one answer of DynamoDB', async () => {
      const { table, pk } = bench.freshKey();
      const blob = new Uint8Array(380_000).fill(7);
      const keys = Array.from({ length: 45 }, (_, n) => ({ table, pk, sk: `B#${n}` }));
      await Promise.all(keys.map((key) => bench.put({ ...key, version: 1, attributes: {}, blob })));
      const found = await bench.subject().store.get(keys);
      expect(found.map(({ sk }) => sk).sort()).toEqual(keys.map(({ sk }) => sk).sort());
    }, 20_000);
  });

  it('a row counts as absent as soon as it expires', async () => {
    const row: Row = { ...rowWith({}), expires: bench.clock.seconds() + 60 };
    await bench.put(row);
    expect(await bench.read(row)).toEqual(row);
    bench.clock.advance(61);
    expect(await bench.read(row)).toBeUndefined();
    const range = { table: row.table, pk: row.pk, from: '', to: 'z' };
    expect((await bench.subject().store.query(range)).rows).toEqual([]);
  });
}
