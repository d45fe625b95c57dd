/** Generated items, Meta and credentials that a version can say in full. */
import fc from 'fast-check';
import { alertCode, statusCode } from '../../lib/message/codes.ts';
import type { Cred, Data, Filter, Location, MessageItem, Meta, Version } from '../../lib/message/model.ts';
import { devInfOf } from './arbitrary-devinf.ts';
import { number, rawText, sparse, word } from './arbitrary-text.ts';

export const on = fc.constant(true as const);
export const code = fc.integer({ min: 100, max: 999 });
export const statuses = code.map(statusCode);
export const alerts = code.map(alertCode);

const anchor = sparse({}, { last: word, next: word });
const mem = sparse({}, { sharedMem: on, freeMem: number, freeId: number });

/** Never an empty one: a Meta that says nothing is absent. */
export function metaOf(version: Version): fc.Arbitrary<Meta> {
  const all = {
    format: word,
    type: word,
    mark: word,
    size: number,
    anchor,
    version: word,
    nextNonce: fc.uint8Array({ maxLength: 16 }),
    maxMsgSize: number,
    mem,
    emi: fc.array(word, { minLength: 1, maxLength: 2 }),
  };
  const since11 = version === '1.0' ? {} : { maxObjSize: number };
  const since12 = version === '1.2' ? { fieldLevel: on } : {};
  return sparse({}, { ...all, ...since11, ...since12 }).filter((meta) => Object.keys(meta).length > 0);
}

export const credOf = (version: Version): fc.Arbitrary<Cred> =>
  sparse(
    { data: fc.oneof(fc.base64String(), fc.uint8Array({ minLength: 16, maxLength: 16 })) },
    { meta: metaOf(version) },
  );

export const source: fc.Arbitrary<Location> = sparse({ uri: word }, { name: word });

function targetOf(version: Version): fc.Arbitrary<Location> {
  if (version !== '1.2') return source;
  const inner: fc.Arbitrary<MessageItem> = sparse({}, { meta: metaOf(version), data: rawText });
  const filter: fc.Arbitrary<Filter> = sparse(
    {},
    { meta: metaOf(version), field: inner, record: inner, filterType: word },
  );
  return sparse({ uri: word }, { name: word, filter });
}

export function itemOf(version: Version): fc.Arbitrary<MessageItem> {
  const data: fc.Arbitrary<Data> = fc.oneof(
    { weight: 4, arbitrary: rawText },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 20 }) },
    { weight: 1, arbitrary: devInfOf(version).map((devInf) => ({ devInf })) },
    { weight: 1, arbitrary: anchor.map((each) => ({ anchor: each })) },
  );
  const all = { target: targetOf(version), source, meta: metaOf(version), data };
  const since11 = version === '1.0' ? {} : { moreData: on };
  const since12 = version === '1.2' ? { sourceParent: word, targetParent: word } : {};
  return sparse({}, { ...all, ...since11, ...since12 });
}
