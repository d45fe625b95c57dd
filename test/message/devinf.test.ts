import { describe, expect, it } from 'vitest';
import type { DevInf, DevInfDataStore } from '../../lib/message/devinf-model.ts';
import { parseDevInf } from '../../lib/message/parse/devinf.ts';
import { serializeDevInf } from '../../lib/message/serialize/devinf.ts';
import { markup } from './markup.ts';

const contacts: DevInfDataStore = {
  sourceRef: './contacts',
  displayName: 'Contacts',
  maxGuidSize: 32,
  rxPref: { type: 'text/x-vcard', version: '2.1' },
  rx: [{ type: 'text/vcard', version: '3.0' }],
  txPref: { type: 'text/x-vcard', version: '2.1' },
  tx: [{ type: 'text/vcard', version: '3.0' }],
  ctCaps: [
    {
      type: 'text/x-vcard',
      properties: [
        { name: 'VERSION', valEnum: ['2.1', '3.0'], params: [] },
        {
          name: 'TEL',
          dataType: 'phonenum',
          maxSize: 40,
          displayName: 'Phone',
          valEnum: [],
          params: [
            { name: 'TYPE', displayName: 'Kind', valEnum: ['HOME', 'WORK'] },
            { name: 'X-Y', dataType: 'chr', valEnum: [] },
          ],
        },
        { name: 'NOTE', valEnum: [], params: [] },
      ],
    },
  ],
  dsMem: { sharedMem: true, maxMem: 4096, maxId: 500 },
  syncTypes: [1, 2, 7],
};
const device: DevInf = {
  verDTD: '1.1',
  man: 'Example',
  mod: 'Phone 1',
  oem: 'Maker',
  fwV: '1',
  swV: '2',
  hwV: '3',
  devId: 'IMEI:490000000000001',
  devTyp: 'phone',
  utc: true,
  supportLargeObjs: true,
  supportNumberOfChanges: true,
  dataStores: [contacts],
  ext: [{ name: 'X-Colour', values: ['red', 'blue'] }],
};

const top = (
  verDTD: string,
) => `<VerDTD>${verDTD}</VerDTD><Man>Example</Man><Mod>Phone 1</Mod><OEM>Maker</OEM>
  <FwV>1</FwV><SwV>2</SwV><HwV>3</HwV><DevID>IMEI:490000000000001</DevID><DevTyp>phone</DevTyp>`;
const flags = '<UTC/><SupportLargeObjs/><SupportNumberOfChanges/>';
const store = `<SourceRef>./contacts</SourceRef><DisplayName>Contacts</DisplayName><MaxGUIDSize>32</MaxGUIDSize>
  <Rx-Pref><CTType>text/x-vcard</CTType><VerCT>2.1</VerCT></Rx-Pref><Rx><CTType>text/vcard</CTType><VerCT>3.0</VerCT></Rx>
  <Tx-Pref><CTType>text/x-vcard</CTType><VerCT>2.1</VerCT></Tx-Pref><Tx><CTType>text/vcard</CTType><VerCT>3.0</VerCT></Tx>`;
const mem = '<DSMem><SharedMem/><MaxMem>4096</MaxMem><MaxID>500</MaxID></DSMem>';
const syncCap = '<SyncCap><SyncType>1</SyncType><SyncType>2</SyncType><SyncType>7</SyncType></SyncCap>';
const flat = `<CTCap><CTType>text/x-vcard</CTType><PropName>VERSION</PropName><ValEnum>2.1</ValEnum><ValEnum>3.0</ValEnum>
  <PropName>TEL</PropName><DataType>phonenum</DataType><Size>40</Size><DisplayName>Phone</DisplayName>
  <ParamName>TYPE</ParamName><ValEnum>HOME</ValEnum><ValEnum>WORK</ValEnum><DisplayName>Kind</DisplayName>
  <ParamName>X-Y</ParamName><DataType>chr</DataType><PropName>NOTE</PropName></CTCap>`;
const ext = '<Ext><XNam>X-Colour</XNam><XVal>red</XVal><XVal>blue</XVal></Ext>';

const document11 = markup(
  `<DevInf>${top('1.1')}${flags}<DataStore>${store}${mem}${syncCap}</DataStore>${flat}${ext}</DevInf>`,
);

describe('DevInf 1.0 and 1.1: one flat CTCap beside the datastores (D11)', () => {
  it('1.1 is written and read', () => {
    expect(serializeDevInf(device, '1.1')).toEqual(document11);
    expect(parseDevInf(document11)).toEqual(device);
  });
  it('1.0 has no flags', () => {
    const document10 = markup(
      `<DevInf>${top('1.0')}<DataStore>${store}${mem}${syncCap}</DataStore>${flat}${ext}</DevInf>`,
    );
    expect(serializeDevInf(device, '1.0')).toEqual(document10);
    const { utc, supportLargeObjs, supportNumberOfChanges, ...rest } = device;
    expect([utc, supportLargeObjs, supportNumberOfChanges]).toEqual([true, true, true]);
    expect(parseDevInf(document10)).toEqual({ ...rest, verDTD: '1.0' });
  });
  it('hangs several types of one CTCap on the datastores that name them, and keeps the rest', () => {
    const cap = (type: string) => `<CTType>${type}</CTType><PropName>N</PropName>`;
    const rx = (type: string) => `<Rx><CTType>${type}</CTType><VerCT>1.0</VerCT></Rx>`;
    const parsed = parseDevInf(
      markup(`<DevInf><DataStore><SourceRef>a</SourceRef>${rx('A/A')}${rx('b/b')}</DataStore>
        <DataStore><SourceRef>b</SourceRef>${rx('b/b')}</DataStore>
        <CTCap>${cap('a/a')}${cap('b/b')}${cap('c/c')}</CTCap></DevInf>`),
    );
    expect(parsed.dataStores.map((each) => each.ctCaps.map((one) => one.type))).toEqual([
      ['a/a', 'b/b'],
      ['b/b'],
    ]);
    expect(parsed.ctCaps?.map((one) => one.type)).toEqual(['c/c']);
  });
  it('writes what datastores share once', () => {
    const twice = { ...device, dataStores: [contacts, { ...contacts, sourceRef: './more' }] };
    const caps = serializeDevInf(twice, '1.1').children.filter(
      (node) => typeof node === 'object' && 'name' in node && node.name === 'CTCap',
    );
    expect(caps).toEqual([markup(`<DevInf>${flat}</DevInf>`).children[0]]);
  });
});

const cap12 = `<CTCap><CTType>text/x-vcard</CTType><VerCT>2.1</VerCT><FieldLevel/>
  <Property><PropName>TEL</PropName><DataType>phonenum</DataType><MaxOccur>3</MaxOccur><MaxSize>40</MaxSize><NoTruncate/>
    <ValEnum>x</ValEnum><DisplayName>Phone</DisplayName>
    <PropParam><ParamName>TYPE</ParamName><DataType>chr</DataType><ValEnum>HOME</ValEnum><DisplayName>Kind</DisplayName></PropParam>
  </Property></CTCap>`;
const device12: DevInf = {
  ...device,
  verDTD: '1.2',
  dataStores: [
    {
      ...contacts,
      ctCaps: [
        {
          type: 'text/x-vcard',
          version: '2.1',
          fieldLevel: true,
          properties: [
            {
              name: 'TEL',
              dataType: 'phonenum',
              maxOccur: 3,
              maxSize: 40,
              noTruncate: true,
              valEnum: ['x'],
              displayName: 'Phone',
              params: [{ name: 'TYPE', dataType: 'chr', valEnum: ['HOME'], displayName: 'Kind' }],
            },
          ],
        },
      ],
      hierarchical: true,
      filterRx: [{ type: 'syncml:filtertype-cgi', version: '1.0' }],
      filterCaps: [{ type: 'text/x-vcard', version: '2.1', keywords: ['SINCE'], propNames: ['N'] }],
    },
  ],
};

describe('DevInf 1.2: CTCap in its datastore (D10)', () => {
  const filters = `<Filter-Rx><CTType>syncml:filtertype-cgi</CTType><VerCT>1.0</VerCT></Filter-Rx>
    <FilterCap><CTType>text/x-vcard</CTType><VerCT>2.1</VerCT><FilterKeyword>SINCE</FilterKeyword><PropName>N</PropName></FilterCap>`;
  const document12 = markup(`<DevInf>${top('1.2')}${flags}
    <DataStore>${store}${cap12}${mem}<SupportHierarchicalSync/>${syncCap}${filters}</DataStore>${ext}</DevInf>`);
  it('is written and read', () => {
    expect(serializeDevInf(device12, '1.2')).toEqual(document12);
    expect(parseDevInf(document12)).toEqual(device12);
  });
  it('says in 1.1 what 1.1 can say of it', () => {
    const [first] = parseDevInf(serializeDevInf(device12, '1.1')).dataStores;
    expect(first).not.toHaveProperty('hierarchical');
    expect(first).not.toHaveProperty('filterCaps');
    expect(first?.ctCaps).toEqual([
      {
        type: 'text/x-vcard',
        properties: [
          {
            name: 'TEL',
            displayName: 'Phone',
            valEnum: ['x'],
            params: [{ name: 'TYPE', displayName: 'Kind', valEnum: ['HOME'] }],
          },
        ],
      },
    ]);
  });
});

describe('tolerance', () => {
  it('takes DevId, Xnam and a size that is none (Q09)', () => {
    const parsed = parseDevInf(
      markup(`<DevInf><DevId>d</DevId><Ext><Xnam>n</Xnam></Ext><DataStore><SourceRef> a </SourceRef>
        <MaxGUIDSize>big</MaxGUIDSize></DataStore></DevInf>`),
    );
    expect(parsed).toMatchObject({ verDTD: '', devId: 'd', ext: [{ name: 'n', values: [] }] });
    expect(parsed.dataStores).toEqual([{ sourceRef: 'a', rx: [], tx: [], ctCaps: [], syncTypes: [] }]);
  });
  it('takes a 1.2 Property in any order, and drops one without a name', () => {
    const parsed = parseDevInf(
      markup(`<DevInf><DataStore><CTCap><VerCT>3.0</VerCT><CTType>text/vcard</CTType>
        <Property><MaxSize>1</MaxSize></Property>
        <Property><PropParam><ValEnum>HOME</ValEnum><ParamName>TYPE</ParamName></PropParam><DisplayName>Phone</DisplayName>
          <PropName>TEL</PropName></Property></CTCap></DataStore></DevInf>`),
    );
    expect(parsed.dataStores[0]?.ctCaps).toEqual([
      {
        type: 'text/vcard',
        version: '3.0',
        properties: [
          {
            name: 'TEL',
            displayName: 'Phone',
            valEnum: [],
            params: [{ name: 'TYPE', valEnum: ['HOME'] }],
          },
        ],
      },
    ]);
  });
  it('ignores a SyncType that is no number (E13)', () => {
    const parsed = parseDevInf(
      markup(
        '<DevInf><DataStore><SyncCap><SyncType>two</SyncType><SyncType>390001</SyncType></SyncCap></DataStore></DevInf>',
      ),
    );
    expect(parsed.dataStores[0]?.syncTypes).toEqual([390001]);
  });
});
