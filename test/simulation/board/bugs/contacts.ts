/** Bugs in the formats of contacts: vCard 2.1, 3.0, 4.0, SIF-C. */
import type * as SifContact from '../../../../lib/pim/formats/sif/contact.ts';
import type * as SifShared from '../../../../lib/pim/formats/sif/shared.ts';
import type * as SifSlots from '../../../../lib/pim/formats/sif/slots.ts';
import type * as Types from '../../../../lib/pim/formats/vcard/types.ts';
import type * as V21 from '../../../../lib/pim/formats/vcard/v21.ts';
import type * as V40 from '../../../../lib/pim/formats/vcard/v40.ts';
import type * as Categories from '../../../../lib/pim/vobject/categories.ts';
import type * as Lines from '../../../../lib/pim/vobject/lines.ts';
import { type Property, typesOf, withoutParams, withValue } from '../../../../lib/pim/vobject/model.ts';
import { escapeText, textList, unescapeText } from '../../../../lib/pim/vobject/text.ts';
import { type Bug, LACKS_EXPECTATION, plant } from '../bug.ts';
import { life, PLAIN, story } from '../tells.ts';

const layer = 'formats';
const tell = story({ rich: true, restored: false });
const longTexts = story({ ...PLAIN, parts: true, rich: false });
const LINES = 'lib/pim/vobject/lines.ts';
const V21_MODULE = 'lib/pim/formats/vcard/v21.ts';

const named = (name: string, change: (value: string) => string) => (of: Property) =>
  of.name === name ? withValue(of, change(of.value)) : of;

/** Unfolds a line of the second generation. */
function unfoldTrimmed(lines: Lines.Lines): string {
  let line = lines.take();
  while (lines.isFold(false)) line += lines.take().trimStart();
  return line;
}

/** One soft line break of a quoted-printable value. */
function shortlyQuoted(lines: Lines.Lines, start: string): string {
  return start.endsWith('=') && lines.next !== undefined ? start.slice(0, -1) + lines.take() : start;
}

export const CONTACT_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell: longTexts, seeds: [0] },
    name: 'vCard 3.0: unfolding a line trims what stands behind the fold',
    plants: [
      plant<typeof Lines>(LINES, ({ logicalLine }) => ({
        logicalLine: (lines, first) => (first ? logicalLine(lines, first) : unfoldTrimmed(lines)),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'vCard 2.1: a quoted-printable value ends after its second line',
    plants: [plant<typeof Lines>(LINES, () => ({ quotedValue: shortlyQuoted }))],
  },
  {
    ...{ layer, tell, seeds: [0] },
    name: 'vCard 2.1: a list of categories is read as one category',
    plants: [
      plant<typeof V21>(V21_MODULE, ({ fromV21 }) => ({
        fromV21: (of) =>
          of.name === 'CATEGORIES' ? withValue(of, escapeText(unescapeText(of.value))) : fromV21(of),
      })),
    ],
  },
  {
    ...{ layer, tell, seeds: [20] },
    name: 'vCard 2.1: the type INTERNET, which is the default, stays with a mailbox',
    plants: [
      plant<typeof Types>('lib/pim/formats/vcard/types.ts', ({ withTypes }) => ({
        withCanonicalTypes: (of) => withTypes(of, [...new Set(typesOf(of))].sort()),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'vCard 2.1: of a note the first line alone is written',
    plants: [
      plant<typeof V21>(V21_MODULE, ({ toV21 }) => ({
        toV21: (of) => toV21(named('NOTE', (value) => value.split('\\n')[0] ?? '')(of)),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'vCard 4.0: numbers lose their types',
    plants: [
      plant<typeof V40>('lib/pim/formats/vcard/v40.ts', ({ toV40 }) => ({
        toV40: (of) => toV40(of.name === 'TEL' ? withoutParams(of, 'TYPE') : of),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a photo is read up to the end of its first line',
    plants: [
      plant<typeof Lines>(LINES, () => ({
        base64Value: (_, start) => start.trim(),
        // The reader puts lines that are no property behind the value before them, which heals it.
        strayBase64: () => '',
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'two lists of categories stay two',
    plants: [
      plant<typeof Categories>('lib/pim/vobject/categories.ts', () => ({ withOneList: (list) => list })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'Outlook: a list of categories is written with blanks and read without trimming',
    lacks: LACKS_EXPECTATION,
    plants: [
      plant<typeof SifShared>('lib/pim/formats/sif/shared.ts', ({ sharedFromSif }) => ({
        sharedFromSif: (fields) =>
          sharedFromSif(fields).map(
            named('CATEGORIES', (value) => textList(value).map(escapeText).join(', ')),
          ),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'Outlook: a number that finds no field of its own kind is not shown',
    plants: [
      plant<typeof SifSlots>('lib/pim/formats/sif/slots.ts', ({ inSlots }) => ({
        inSlots: (slots, values) =>
          new Map([...inSlots(slots, values)].filter(([{ types }, value]) => types[0] === typesOf(value)[0])),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'Outlook: a field without a value is not written, so that Outlook keeps the old one',
    lacks: 'an Outlook that keeps the fields which it is not sent',
    plants: [
      plant<typeof SifContact>('lib/pim/formats/sif/contact.ts', ({ contactToSif }) => ({
        contactToSif: (card) => contactToSif(card).filter(({ value }) => value !== ''),
      })),
    ],
  },
];
