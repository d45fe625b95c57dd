/**
 * Writes the table in lib/pim/time/zones/windows.ts: the names of the package windows-iana, and the texts that Windows
 * shows for them, which CLDR has as comments. Its argument is CLDR's common/supplemental/windowsZones.xml.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { WINDOWS_ZONES } from '../../../../lib/pim/time/zones/windows.ts';

const TABLE = join(import.meta.dirname, '../../../../lib/pim/time/zones/windows.ts');

/** The text that Windows shows for each name, without the offset before it: that one changes with the years. */
function shownTexts(xml: string): ReadonlyMap<string, string> {
  const found = xml.matchAll(
    /<!-- \(UTC[-+:\d]*\) ([^<]+?) -->[^>]*?(?:<!--[^>]*-->\s*)?<mapZone other="([^"]+)" territory="001"/g,
  );
  return new Map([...found].map(([, text = '', name = '']) => [name, text.replaceAll('&amp;', '&')]));
}

const [file = ''] = process.argv.slice(2);
const shown = shownTexts(readFileSync(file, 'utf8'));
const lines = WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001').map(
  ({ windowsName, iana }) => {
    // A zone that the table has stays, so that items keep the name that they are stored with.
    const known = WINDOWS_ZONES.get(windowsName.toLowerCase());
    const zone = iana.find((one) => one === known) ?? iana[0];
    const text = shown.get(windowsName);
    if (text === undefined) throw new Error(`CLDR has no text for ${windowsName}`);
    return `${windowsName}=${zone}=${text}`;
  },
);
const source = readFileSync(TABLE, 'utf8');
writeFileSync(TABLE, source.replace(/(?<=^const NAMES = `\n)[^`]*/m, `${lines.join('\n')}\n`));
