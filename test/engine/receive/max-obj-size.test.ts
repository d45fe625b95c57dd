/** MaxObjSize counts what the client sent, not the form in which it is stored [RP12 10, L15, L16, L19]. */
import { describe, expect, it } from 'vitest';
import { MAX_OBJ_SIZE } from '../../../lib/engine/model/limits.ts';
import type { Data } from '../../../lib/message/model.ts';
import { Device } from '../../kit/device.ts';
import { add, replace } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import type { Draft } from '../../kit/session.ts';
import { begin, bodiesOf, codeOf, upload } from '../steps.ts';
import { addCodes, chunks, sendEach } from './large.ts';

/** A card of so many bytes, as a device sends it: its last property is one line, made of units of ASCII and of `x`. */
function cardOf(bytes: number, property: string, [unit, version = '2.1']: [string, string?]): string {
  const head = `BEGIN:VCARD\r\nVERSION:${version}\r\nN:Ada;;;;\r\nFN:Ada\r\n${property}:`;
  const end = '\r\nEND:VCARD\r\n';
  const room = bytes - head.length - end.length;
  const rest = room % unit.length;
  return `${head}${'x'.repeat(rest)}${unit.repeat((room - rest) / unit.length)}${end}`;
}
const photo = (bytes: number): string => cardOf(bytes, 'PHOTO;ENCODING=b;TYPE=JPEG', ['Z', '3.0']);

const kinds: readonly [string, (bytes: number) => string, string][] = [
  ['a picture in one line, which is stored folded', photo, 'text/vcard'],
  ['commas, which are stored escaped', (bytes) => cardOf(bytes, 'NOTE', [',']), 'text/x-vcard'],
  [
    'quoted-printable, which is stored shorter',
    (bytes) => cardOf(bytes, 'NOTE;ENCODING=QUOTED-PRINTABLE', ['=2C']),
    'text/x-vcard',
  ],
];

const draftOf = (data: Data, type: string, more: { format?: string } = {}): Draft => ({
  name: 'Add',
  meta: { type, ...more },
  items: [{ source: { uri: '1' }, data }],
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe.each(kinds)('MaxObjSize for %s', (_, card, type) => {
  it.each(['xml', 'wbxml'] as const)(
    'L16: %s: exactly as much is taken, a byte more is 413',
    async (wire) => {
      const { session } = await begin(await startServer(), { wire });
      const codes: (number | undefined)[] = [];
      for (const bytes of [MAX_OBJ_SIZE + 1, MAX_OBJ_SIZE])
        codes.push(codeOf(await upload(session, [draftOf(card(bytes), type)], { final: false }), 'Add'));
      expect(codes).toEqual([413, 201]);
    },
  );

  it('L16: opaque data and base64 count by their bytes', async () => {
    const { session } = await begin(await startServer(), { wire: 'wbxml' });
    const codes: (number | undefined)[] = [];
    for (const bytes of [MAX_OBJ_SIZE + 1, MAX_OBJ_SIZE]) {
      const drafts = [
        draftOf(new Uint8Array(Buffer.from(card(bytes))), type),
        draftOf(base64(card(bytes)), type, { format: 'b64' }),
      ];
      for (const draft of drafts) codes.push(codeOf(await upload(session, [draft], { final: false }), 'Add'));
    }
    expect(codes).toEqual([413, 413, 201, 201]);
  });
});

describe('MaxObjSize in chunks', () => {
  it('L15: an announced Size of exactly as much is taken', async () => {
    const { session } = await begin(await startServer());
    expect(addCodes(await sendEach(session, chunks('1', photo(MAX_OBJ_SIZE), 2)))).toEqual([213, 201]);
  });

  const coded = (bytes: number, size: (text: string) => number): Draft[] => {
    const text = base64(photo(bytes));
    return chunks('1', text, 2, { size: size(text) }).map(
      (draft) => ({ ...draft, meta: { ...(draft as { meta: object }).meta, format: 'b64' } }) as Draft,
    );
  };

  it.each([
    ['encoded', (text: string) => text.length],
    ['decoded', () => MAX_OBJ_SIZE],
  ] as const)('L19: as much as we take is taken, its Size counted %s', async (_, size) => {
    const { session } = await begin(await startServer());
    expect(addCodes(await sendEach(session, coded(MAX_OBJ_SIZE, size)))).toEqual([213, 201]);
  });

  it('L16: a byte more, its Size counted encoded, is 413', async () => {
    const { session } = await begin(await startServer());
    expect(
      addCodes(
        await sendEach(
          session,
          coded(MAX_OBJ_SIZE + 1, (text) => text.length),
        ),
      ),
    ).toEqual([213, 413]);
  });

  it('L15: a Size that no encoding of as much explains is 416', async () => {
    const { session } = await begin(await startServer());
    const [first] = coded(MAX_OBJ_SIZE, () => 1.5 * MAX_OBJ_SIZE);
    expect(codeOf(await upload(session, [first as Draft]), 'Add')).toBe(416);
  });
});

it('an item that is stored larger than MaxObjSize is changed, kept as a version, and sent', async () => {
  const server = await startServer();
  const { session } = await begin(server);
  expect(codeOf(await upload(session, [add('1', photo(MAX_OBJ_SIZE))], { final: false }), 'Add')).toBe(201);
  const changed = photo(MAX_OBJ_SIZE).replace('FN:Ada', 'FN:Eve');
  expect(codeOf(await upload(session, [replace('1', changed)], { final: false }), 'Replace')).toBe(200);
  const [body] = await bodiesOf(server);
  expect(body).toContain('FN:Eve');
  expect(Buffer.byteLength(body ?? '')).toBeGreaterThan(MAX_OBJ_SIZE);
  const other = new Device(server, { device: 'other' });
  await other.sync();
  expect([...other.items.values()].map((item) => /FN:.*/.exec(String(item))?.[0])).toEqual(['FN:Eve']);
});
