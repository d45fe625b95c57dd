/** Lists in the parts of names and addresses, which vCard 2.1 has not. */

import { describe, expect, it } from 'vitest';
import { readItem, type TextItem, writeItem } from '../../../kit/items.ts';
import { merge } from '../../merge/merging.ts';
import { linesOf } from '../sif/sif.ts';

const FORMATS = {
  '2.1': { type: 'text/x-vcard', version: '2.1' },
  '3.0': { type: 'text/vcard', version: '3.0' },
  '4.0': { type: 'text/vcard', version: '4.0' },
} as const;
type Version = keyof typeof FORMATS;
const read = (version: Version, ...own: readonly string[]) =>
  readItem(
    FORMATS[version].type,
    ['BEGIN:VCARD', `VERSION:${version}`, ...own, 'END:VCARD', ''].join('\r\n'),
  );
const NAME = 'N:Stevenson;John;Philip,Paul;Dr.;Jr.,M.D.,A.C.P.';
const ADR = 'ADR:;;Ring 1, Hof,Tor\\, links;Rom;;;';

describe('commas in a name and an address', () => {
  it.each(['3.0', '4.0'] as const)('separate in vCard %s', (version) => {
    const item = read(version, NAME, 'FN:John', ADR, 'ORG:A,B\\, C;D');
    for (const to of ['3.0', '4.0'] as const)
      expect(linesOf(writeItem(item, FORMATS[to]).body)).toEqual([
        ...[NAME, 'FN:John', ADR, 'ORG:A\\,B\\, C;D'],
      ]);
    const old = linesOf(writeItem(item, FORMATS['2.1']).body);
    expect(old).toContain(NAME);
    expect(old).toContain('ADR:;;Ring 1, Hof,Tor, links;Rom;;;');
  });
  it('are text in vCard 2.1', () =>
    expect(linesOf(read('2.1', NAME, 'ADR:;;Ring 1,Hof;Rom').body)).toEqual([
      'N:Stevenson;John;Philip\\,Paul;Dr.;Jr.\\,M.D.\\,A.C.P.',
      'ADR:;;Ring 1\\,Hof;Rom;;;',
    ]));
  it('stay when a device of vCard 2.1 changes something else', () => {
    const view = (of: TextItem) => readItem(FORMATS['2.1'].type, writeItem(of, FORMATS['2.1']).body);
    const item = read('3.0', NAME, 'FN:John', ADR, 'TITLE:Dean');
    const seen = view(item);
    const sent = { ...seen, body: seen.body.replace('Dean', 'Rector') };
    expect(merge(item, item, sent, { view }).item.body).toBe(item.body.replace('Dean', 'Rector'));
  });
});
