/** Generated device information that a version can say in full. */
import fc from 'fast-check';
import type {
  ContentType,
  CTCap,
  DevInf,
  DevInfDataStore,
  DevInfProperty,
  PropParam,
} from '../../lib/message/devinf-model.ts';
import type { Version } from '../../lib/message/model.ts';
import { number, sparse, word } from './arbitrary-text.ts';

const on = fc.constant(true as const);
const words = fc.array(word, { maxLength: 2 });
const contentType: fc.Arbitrary<ContentType> = fc.record({ type: word, version: word });

/** Below 1.2 either ValEnum or DataType and Size. */
const flat = <T extends DevInfProperty | PropParam>(value: T): T => {
  if (value.valEnum.length === 0) return value;
  const { dataType, maxSize, ...rest } = value as DevInfProperty;
  return rest as unknown as T;
};

const param: fc.Arbitrary<PropParam> = sparse(
  { name: word, valEnum: words },
  { dataType: word, displayName: word },
);

function property(is12: boolean): fc.Arbitrary<DevInfProperty> {
  const optional = { dataType: word, displayName: word, maxSize: number };
  const params = fc.array(is12 ? param : param.map(flat), { maxLength: 2 });
  const required = { name: word, valEnum: words, params };
  return is12
    ? sparse(required, { ...optional, maxOccur: number, noTruncate: on })
    : sparse(required, optional).map((value) => flat(value));
}

function ctCap(type: string, is12: boolean): fc.Arbitrary<CTCap> {
  const required = { type: fc.constant(type), properties: fc.array(property(is12), { maxLength: 2 }) };
  return sparse(required, is12 ? { version: word, fieldLevel: on } : {});
}

/** Its own type per datastore, so that the flat list finds its way back. */
function dataStore(index: number, is12: boolean): fc.Arbitrary<DevInfDataStore> {
  const type = `text/x-${index}`;
  const filterCap = fc.record({ type: word, version: word, keywords: words, propNames: words });
  const required = {
    sourceRef: word,
    rx: fc.constant([{ type, version: '1.0' }]),
    tx: fc.array(
      contentType.filter((each) => !each.type.startsWith('text/x-')),
      { maxLength: 2 },
    ),
    ctCaps: fc.array(ctCap(type, is12), { maxLength: 1 }),
    syncTypes: fc.array(number, { maxLength: 3 }),
  };
  const optional = {
    displayName: word,
    maxGuidSize: number,
    dsMem: sparse({}, { sharedMem: on, maxMem: number, maxId: number }),
  };
  const only12 = {
    hierarchical: on,
    filterRx: fc.array(contentType, { minLength: 1, maxLength: 2 }),
    filterCaps: fc.array(filterCap, { minLength: 1, maxLength: 1 }),
  };
  return sparse(required, is12 ? { ...optional, ...only12 } : optional);
}

export function devInfOf(version: Version): fc.Arbitrary<DevInf> {
  const is12 = version === '1.2';
  const texts = {
    man: word,
    mod: word,
    oem: word,
    fwV: word,
    swV: word,
    hwV: word,
    devId: word,
    devTyp: word,
  };
  const flags = { utc: on, supportNumberOfChanges: on, supportLargeObjs: on };
  const ext = fc.array(fc.record({ name: word, values: words }), { minLength: 1, maxLength: 2 });
  const loose = is12 ? {} : { ctCaps: ctCap('x-loose/type', false).map((cap) => [cap]) };
  return sparse(
    {
      verDTD: fc.constant(version as string),
      dataStores: fc.tuple(dataStore(0, is12), dataStore(1, is12)).map((pair) => [...pair]),
    },
    { ...texts, ...(version === '1.0' ? {} : flags), ext, ...loose },
  );
}
