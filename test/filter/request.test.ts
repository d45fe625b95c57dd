/** What is taken from a Filter element or a LocURI, and what is refused with which Status (F03-F07, F12, F16). */
import { describe, expect, it } from 'vitest';
import { DATASTORES } from '../../lib/engine/model/datastores.ts';
import { filterCapsOf } from '../../lib/filter/caps.ts';
import { matches } from '../../lib/filter/evaluate.ts';
import { parseFilter } from '../../lib/filter/grammar.ts';
import { readCgi, readFilter } from '../../lib/filter/request.ts';
import { textToBytes } from '../../lib/message/bytes.ts';
import type { Filter, MessageItem } from '../../lib/message/model.ts';
import { Content } from '../../lib/pim/content.ts';

const meta = { type: 'text/vcard' };
const grammar = { type: 'syncml:filtertype-cgi' };
const devInf = { type: 'application/vnd.syncml-devinf+xml' };
const record: MessageItem = { meta: grammar, data: 'FN&CON;Roe' };
const field: MessageItem = {
  meta: devInf,
  data: '<Property><PropName>N</PropName></Property><Property><PropName> tel </PropName><MaxSize>9</MaxSize></Property>',
};
const ast = parseFilter('FN&CON;Roe');

describe('a Filter', () => {
  it.each<[string, Filter, object]>([
    ['nothing', { meta }, { kind: 'none' }],
    ['nothing, whatever else is wrong', { filterType: 'X' }, { kind: 'none' }],
    ['an empty query', { meta, record: { meta: grammar, data: ' ' } }, { kind: 'none' }],
    ['a record', { meta, record }, { kind: 'filter', type: 'text/vcard', record: ast, inclusive: false }],
    [
      'a record, EXCLUSIVE',
      { meta: { type: 'Text/X-vCard; charset=utf-8' }, record, filterType: 'EXCLUSIVE' },
      { kind: 'filter', type: 'text/x-vcard', record: ast, inclusive: false },
    ],
    [
      'a record, INCLUSIVE',
      { meta, record, filterType: 'Inclusive' },
      { kind: 'filter', type: 'text/vcard', record: ast, inclusive: true },
    ],
    [
      'fields',
      { meta, field },
      { kind: 'filter', type: 'text/vcard', fields: ['N', 'TEL'], inclusive: false },
    ],
    [
      'both, one blank',
      { meta, record: { meta: grammar, data: '' }, field },
      { kind: 'filter', type: 'text/vcard', fields: ['N', 'TEL'], inclusive: false },
    ],
    [
      'both',
      { meta, record, field },
      { kind: 'filter', type: 'text/vcard', record: ast, fields: ['N', 'TEL'], inclusive: false },
    ],
    [
      'a record in octets without a grammar',
      { meta, record: { data: textToBytes('FN&CON;Roe') } },
      { kind: 'filter', type: 'text/vcard', record: ast, inclusive: false },
    ],
    [
      'a record in base64',
      { meta, record: { meta: { ...grammar, format: 'b64' }, data: 'Rk4mQ09OO1JvZQ==' } },
      { kind: 'filter', type: 'text/vcard', record: ast, inclusive: false },
    ],
    [
      'fields with a prefix, twice',
      { meta, field: { data: '<d:PropName>N</d:PropName><d:PropName>n</d:PropName>' } },
      { kind: 'filter', type: 'text/vcard', fields: ['N'], inclusive: false },
    ],
    [
      'fields as device information',
      { meta, field: { data: { devInf: deviceWith('EMAIL') } } },
      { kind: 'filter', type: 'text/vcard', fields: ['EMAIL'], inclusive: false },
    ],
  ])('asks for %s', (_, filter, expected) => {
    expect(readFilter(filter)).toEqual(expected);
  });

  it.each<[number, string, Filter]>([
    [406, 'FilterType', { meta, record, filterType: 'SOME' }],
    [406, 'FilterType', { meta, record, filterType: '' }],
    [415, 'Meta/Type', { record }],
    [415, 'Meta/Type', { meta: { type: 'text/html' }, record }],
    [415, 'Field/Item/Meta/Type', { meta, field: { ...field, meta: { type: 'text/plain' } } }],
    [421, 'Record/Item/Meta/Type', { meta, record: { meta: { type: 'x-sql' }, data: 'FN&CON;Roe' } }],
    [422, 'Record/Item/Data', { meta, record: { meta: grammar, data: 'FN&CON' } }],
    [422, 'Record/Item/Data', { meta, record: { meta: grammar } }],
    [422, 'Field/Item/Data', { meta, field: { meta: devInf } }],
    [422, 'Field/Item/Data', { meta, field: { meta: devInf, data: 'N, TEL' } }],
  ])('is refused with %i for %s', (status, item, filter) => {
    expect(readFilter(filter)).toEqual({ kind: 'refused', status, item });
  });

  it('has to name a type of the datastore', () => {
    const calendar = DATASTORES.find(({ name }) => name === 'calendar')?.types;
    expect(readFilter({ meta, record }, calendar)).toMatchObject({ kind: 'refused', status: 415 });
    expect(readFilter({ meta: { type: 'text/calendar' }, record }, calendar)).toMatchObject({
      kind: 'filter',
    });
  });
});

function deviceWith(name: string) {
  const property = { name, valEnum: [], params: [] };
  return { verDTD: '1.2', dataStores: [], ctCaps: [{ type: 'text/vcard', properties: [property] }] };
}

describe('a LocURI', () => {
  it.each<[string, object]>([
    ['./contacts', { kind: 'none' }],
    ['./contacts?', { kind: 'none' }],
    ['./contacts?FN&CON;Roe', { kind: 'filter', record: ast, inclusive: false }],
    ['http://sync.example.com/contacts?FN&amp;CON;Roe', { kind: 'filter', record: ast, inclusive: false }],
    ['./contacts?/dr(-1,30)', { kind: 'refused', status: 406, item: '/dr(-1,30)' }],
    ['./contacts?/na', { kind: 'refused', status: 406, item: '/na' }],
    ['./contacts?FN', { kind: 'none' }],
    ['./contacts?FN&EQ;Roe)', { kind: 'refused', status: 422, item: 'FN&EQ;Roe)' }],
  ])('%s', (uri, expected) => {
    expect(readCgi(uri)).toEqual(expected);
  });
});

describe('the capabilities of a datastore', () => {
  it.each(DATASTORES)('$name name the grammar and every content type (D20)', (datastore) => {
    const { filterRx, filterCaps } = filterCapsOf(datastore);
    expect(filterRx).toEqual([{ type: 'syncml:filtertype-cgi', version: '1.0' }]);
    expect(filterCaps.map(({ type, version }) => ({ type, version }))).toEqual(datastore.types);
  });

  it.each(DATASTORES)('$name offer only what can be asked', (datastore) => {
    const item = { content: Content.ofText(datastore.types[0].type, '') };
    for (const { keywords, propNames } of filterCapsOf(datastore).filterCaps)
      for (const name of [...keywords, ...propNames]) {
        const query = parseFilter(`${name}&GE;20260101`);
        if ('error' in query) throw new Error(name);
        expect(query).toMatchObject({ of: keywords.includes(name) ? 'keyword' : 'property' });
        expect(() => matches(query, item)).not.toThrow();
      }
  });
});
