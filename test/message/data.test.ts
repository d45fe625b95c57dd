import { describe, expect, it } from 'vitest';
import { alertAnchor, itemDevInf, itemText } from '../../lib/message/data.ts';
import type { MessageItem } from '../../lib/message/model.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const b64 = { format: 'b64' };
const note = 'Grüße\r\n';
const packed = 'R3LDvMOfZQ0K';

describe('itemText', () => {
  it.each<[string, MessageItem, string | undefined]>([
    ['text as it is', { data: ' a ' }, ' a '],
    ['empty Data', { data: '' }, ''],
    ['no Data', {}, undefined],
    ['opaque UTF-8 (W04)', { data: bytes(note) }, note],
    ['opaque ISO-8859-1 (E01, E27)', { data: new Uint8Array([0x47, 0x72, 0xfc, 0xdf, 0x65]) }, 'Grüße'],
    ['opaque UTF-8 that is cut', { data: bytes(note).subarray(0, 5) }, 'Grü\ufffd'],
    ['b64 text (C32)', { meta: b64, data: packed }, note],
    ['b64 in lines, in capitals', { meta: { format: 'B64' }, data: 'R3LD\r\n vMOfZQ0K\r\n' }, note],
    ['b64 in opaque data', { meta: b64, data: bytes(packed) }, note],
    ['b64 that is none', { meta: b64, data: 'BEGIN:VCARD' }, 'BEGIN:VCARD'],
    ['what looks like b64 without Format', { data: packed }, packed],
    ['Format chr', { meta: { format: 'chr' }, data: packed }, packed],
    ['structure', { data: { anchor: { next: '1' } } }, undefined],
  ])('%s', (_, item, text) => {
    expect(itemText(item)).toBe(text);
  });
});

describe('itemDevInf', () => {
  const xml = "<DevInf xmlns='syncml:devinf'><VerDTD>1.1</VerDTD><Man>Example</Man></DevInf>";
  const devInf = { verDTD: '1.1', man: 'Example', dataStores: [] };
  // DevInf 1.1, UTF-8, no string table: DevInf(VerDTD("1.1"))
  const wbxml = new Uint8Array([
    ...[0x02, 0x9f, 0x54, 0x6a, 0x00, 0x4a, 0x65, 0x03, 0x31, 0x2e, 0x31, 0x00, 0x01, 0x01],
  ]);
  it.each<[string, MessageItem, unknown]>([
    ['elements', { data: { devInf } }, devInf],
    ['escaped text or CDATA (B.5)', { data: `\n ${xml}\n` }, devInf],
    ['XML in opaque data (E65)', { data: bytes(xml) }, devInf],
    ['a WBXML document in opaque data (W07)', { data: wbxml }, { verDTD: '1.1', dataStores: [] }],
    ['an anchor', { data: { anchor: {} } }, undefined],
    ['another document', { data: '<SyncML/>' }, undefined],
    ['no document', { data: 'DevInf' }, undefined],
    ['broken markup', { data: '<DevInf><VerDTD>' }, undefined],
    ['empty Data', { data: '' }, undefined],
    ['no Data', {}, undefined],
  ])('%s', (_, item, parsed) => {
    expect(itemDevInf(item)).toEqual(parsed);
  });
});

it('alertAnchor takes the anchors from Meta, else from Data', () => {
  const anchor = { last: '1', next: '2' };
  expect(alertAnchor({ meta: { anchor }, data: { anchor: { next: '9' } } })).toEqual(anchor);
  expect(alertAnchor({ data: { anchor } })).toEqual(anchor);
  expect(alertAnchor({ data: 'x' })).toBeUndefined();
  expect(alertAnchor({})).toBeUndefined();
});
