/** Which options a device gets: the table of deviations (E60), and what is noted for those who write items (D13-D19). */
import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from '../../../lib/engine/device/capabilities.ts';
import type { Options } from '../../../lib/engine/device/options.ts';
import { DEVICE_RULES } from '../../../lib/engine/device/rows.ts';
import { optionsFor } from '../../../lib/engine/device/rules.ts';
import type { DevInfProperty } from '../../../lib/message/devinf-model.ts';
import { ENTRY_TYPE } from '../../../lib/pim/time/entry-type.ts';
import { devInf } from '../../kit/drafts.ts';

const of = (man: string, mod: string, more: object = {}) =>
  optionsFor({ devId: 'x', devInf: devInf({ man, mod, ...more }) });

const SONY_ERICSSON: Options = { charset: 'iso-8859-1', alarmsInUtc: true };
const NOKIA: Options = { times: 'local', alarmsInUtc: true };
const UIQ: Options = { charset: 'iso-8859-1', times: 'local', alarmsInUtc: false, entryTypes: true };
const UIQ_2: Options = { ...UIQ, omitItemStatuses: true, prefixedCategories: true };

describe('the table', () => {
  it.each<[string, string, object, Options]>([
    ['Sony Ericsson', 'P910i', {}, UIQ_2],
    ['Motorola', 'A1000', {}, UIQ_2],
    ['Sony Ericsson', 'P990i', {}, UIQ],
    ['Sony Ericsson', 'M600i', {}, UIQ],
    ['Sony Ericsson', 'W880i', {}, SONY_ERICSSON],
    ['SonyEricsson', 'K700i', {}, { charset: 'iso-8859-1', times: 'local', alarmsInUtc: false }],
    ['Ericsson', 'T68', {}, { charset: 'iso-8859-1' }],
    ['NOKIA', 'Nokia N73', {}, NOKIA],
    ['NOKIA', 'E72', {}, { ...NOKIA, prefixedCategories: true }],
    ['NOKIA', 'Nokia E90', {}, { ...NOKIA, prefixedCategories: true, ignoreMaxSize: true }],
    ['NOKIA', 'N97 mini', {}, { ...NOKIA, ignoreMaxSize: true }],
    ['NOKIA', 'Nokia 9210', {}, { ...NOKIA, noReplaceInSlowSync: true }],
    ['NOKIA', 'Nokia 9300', {}, { ...NOKIA, times: 'utc' }],
    ['NOKIA', 'Nokia 7210c', {}, { ...NOKIA, times: 'utc', zoneInEvent: true }],
    ['Siemens', 'SX1', {}, { times: 'local' }],
    ['Sendo', 'X', {}, { times: 'local' }],
    ['Motorola', 'V3i', {}, { charset: 'iso-8859-1', unfolded: true }],
    ['Nexthaus', 'SyncJe Outlook Edition', {}, { ignoreCTCap: true }],
    ['Example', 'Phone', {}, {}],
  ])('E60 (E06 E17 E28 E29): %s %s %j', (man, mod, more, options) =>
    expect(of(man, mod, more)).toEqual(options),
  );

  it('E60: without device information only the device id and the User-Agent can fit', () => {
    const rows = [
      { cites: ['E35'], match: { devId: /^fol-/ }, options: { charset: 'iso-8859-1' } },
      { cites: ['T13'], match: { userAgent: /Old Agent/ }, options: { times: 'local' } },
      { cites: ['E16'], match: { man: /./ }, options: { noReplaceInSlowSync: true } },
      { cites: ['E03'], match: {}, options: { omitItemStatuses: true } },
    ] as const;
    expect(optionsFor({ devId: 'fol-1' }, rows)).toEqual({ charset: 'iso-8859-1' });
    expect(optionsFor({ devId: 'x', userAgent: 'Old Agent 1' }, rows)).toEqual({ times: 'local' });
    expect(optionsFor({ devId: 'x' }, rows)).toEqual({});
  });

  it.each<[string, Options]>([
    ['fmz-0123', { wantsRespURI: true, unfolded: true }],
    ['fol-0123', { wantsRespURI: true }],
    ['fbb-0123', { wantsRespURI: true }],
    ['sc-pim-win32', { wantsRespURI: true }],
    ['syncevolution-0123', {}],
    ['IMEI:0123', {}],
  ])('E35 E43 E46: clients of Funambol are known by their device id: %s', (devId, options) =>
    expect(optionsFor({ devId })).toEqual(options),
  );

  it('E60: all texts of a row must fit, and a later row wins', () => {
    const rows = [
      { cites: ['E08'], match: { man: /nokia/i }, options: { times: 'local' } },
      { cites: ['E18'], match: { man: /nokia/i, fwV: /^5/, devTyp: /phone/ }, options: { times: 'utc' } },
    ] as const;
    const look = (fwV: string) => ({ devId: 'x', devInf: devInf({ man: 'NOKIA', fwV }) });
    expect(optionsFor(look('5.1'), rows)).toEqual({ times: 'utc' });
    expect(optionsFor(look('4.1'), rows)).toEqual({ times: 'local' });
  });

  it('every row cites what it answers to', () => {
    for (const { cites } of DEVICE_RULES) for (const id of cites) expect(id).toMatch(/^E\d\d$/);
    expect(DEVICE_RULES.every(({ cites }) => cites.length > 0)).toBe(true);
  });
});

describe('what a device can hold', () => {
  const property = (name: string, more: Partial<DevInfProperty> = {}): DevInfProperty => ({
    ...{ name, valEnum: [], params: [] },
    ...more,
  });
  const [base] = devInf().dataStores;
  const properties = [
    property('tel', { maxOccur: 3, maxSize: 20 }),
    property('PHOTO', { maxSize: 256, noTruncate: true }),
    property('CLASS', { valEnum: ['PUBLIC', 'PRIVATE'] }),
  ];
  const store = { ...base, ctCaps: [{ type: 'text/vcard', properties }] } as never;
  const capabilities = (options: Options = {}, info = devInf()) =>
    capabilitiesOf({ devInf: info, options }, { database: store, type: 'text/vcard;charset=utf-8' });

  it('are number, size and values of each property', () => {
    expect(capabilities().properties).toEqual(
      new Map([
        ['TEL', { maxOccur: 3, maxSize: 20, values: [] }],
        ['PHOTO', { maxSize: 256, noTruncate: true, values: [] }],
        ['CLASS', { values: ['PUBLIC', 'PRIVATE'] }],
      ]),
    );
  });

  it('E11: sizes that are wrong are not believed', () => {
    expect(capabilities({ ignoreMaxSize: true }).properties?.get('TEL')).toEqual({ maxOccur: 3, values: [] });
    expect(capabilities({ ignoreMaxSize: true }).properties?.get('PHOTO')).toEqual({
      noTruncate: true,
      values: [],
    });
  });

  it('E48: without a list, or with one that is not complete, nothing is known', () => {
    expect(capabilities({ ignoreCTCap: true }).properties).toBeUndefined();
    expect(
      capabilitiesOf({ devInf: devInf(), options: {} }, { database: undefined, type: 'text/vcard' })
        .properties,
    ).toBeUndefined();
    expect(
      capabilitiesOf({ devInf: devInf(), options: {} }, { database: store, type: 'text/x-vcard' }).properties,
    ).toBeUndefined();
  });

  it.each([
    [true, {}, true],
    [false, {}, false],
    [undefined, {}, false],
    [true, { times: 'local' }, false],
    [false, { times: 'utc' }, true],
  ] as const)('E08 E18: UTC flag %s with %j is UTC: %s', (utc, options, expected) => {
    const { utc: _, ...rest } = devInf();
    expect(capabilities(options, utc === undefined ? rest : { ...rest, utc }).utc).toBe(expected);
  });

  it('D06: without device information times are in UTC, texts in UTF-8, and an item has one event', () => {
    const known = { utc: true, charset: 'utf-8', oneEvent: true, vcalendar: { entryTypes: false } };
    expect(
      capabilitiesOf({ devInf: undefined, options: {} }, { database: undefined, type: 'text/vcard' }),
    ).toEqual(known);
  });

  it('E05: the types of entries are for devices that need, list or send them', () => {
    const listed = { ...base, ctCaps: [{ type: 'text/x-vcalendar', properties: [property(ENTRY_TYPE)] }] };
    const of = (options: Options, database: object | undefined, sentProperties?: string[]) =>
      capabilitiesOf(
        { devInf: devInf(), options },
        { database: database as never, type: 'text/x-vcalendar', sentProperties },
      );
    expect(of({ entryTypes: true }, undefined).vcalendar?.entryTypes).toBe(true);
    expect(of({}, listed).vcalendar?.entryTypes).toBe(true);
    expect(of({}, undefined, [ENTRY_TYPE]).vcalendar?.entryTypes).toBe(true);
    expect(of({}, undefined, ['SUMMARY']).vcalendar?.entryTypes).toBe(false);
    expect(capabilities({ entryTypes: true }).properties?.has(ENTRY_TYPE)).toBe(true);
    expect(capabilities().properties?.has(ENTRY_TYPE)).toBe(false);
  });

  it('E27: the charset of a rule', () =>
    expect(capabilities({ charset: 'iso-8859-1' }).charset).toBe('iso-8859-1'));
});
