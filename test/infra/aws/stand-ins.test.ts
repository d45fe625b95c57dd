/** What the bundles have in the place of packages says the same. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type MetadataJson, parsePhoneNumber } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/mobile/metadata';
import { expect, it } from 'vitest';
import { standIns } from '../../../infra/aws/stand-ins.ts';

it('the metadata of telephone numbers: which country, which number, a mobile one or not', () => {
  const file = standIns()['libphonenumber-js/mobile/metadata'] ?? '';
  const short = JSON.parse(readFileSync(file, 'utf8')) as MetadataJson;
  const codes = Object.keys(metadata.country_calling_codes);
  const number = fc
    .tuple(fc.constantFrom(...codes), fc.constantFrom('', '0', '8', '1'), fc.stringMatching(/^[0-9]{4,12}$/))
    .map(([code, trunk, digits]) => `+${code}${trunk}${digits}`);
  const said = (text: string, by: MetadataJson) => {
    try {
      const parsed = parsePhoneNumber(text, by);
      return [parsed.number, parsed.country, parsed.isValid()];
    } catch {
      return 'none';
    }
  };
  fc.assert(
    fc.property(number, (text) => {
      expect(said(text, short)).toEqual(said(text, metadata));
    }),
    { numRuns: 5_000 },
  );
});
