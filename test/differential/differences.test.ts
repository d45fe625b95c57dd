/** Two ends of a story beside each other: what counts as a difference, and how it is said. */
import { describe, expect, it } from 'vitest';
import { contact, event, note } from '../client/items.ts';
import type { Datastore } from '../client/syncevolution.ts';
import { differences, differenceText } from './differences.ts';
import type { EndState } from './play.ts';

type Texts = { readonly [datastore in Datastore]?: readonly string[] };
const end = (phone: Texts, laptop: Texts, troubles: readonly string[] = []): EndState => {
  const map = (texts: Texts) => new Map(Object.entries(texts) as [Datastore, readonly string[]][]);
  return { items: { phone: map(phone), laptop: map(laptop) }, troubles };
};
const said = (ours: EndState, theirs: EndState): string[] =>
  differences(ours, theirs).map((one) => differenceText(one));
const contacts = (...texts: string[]): EndState => end({ contacts: texts }, { contacts: texts });

const ADA = contact('Ada', 'Lindqvist', { phone: '+49 1' });

describe('differences', () => {
  it('are none where only the spelling and the order of items differ', () => {
    const respelled = ADA.replace('TEL;TYPE=CELL:', 'PRODID:-//Other//EN\r\nNOTE:\r\nTEL;TYPE=cell,voice:')
      .replace('ORG:Example Widgets AG;Assembly', 'ORG:Example Widgets AG;Assembly;;')
      .replace('23552;Germany', '23552;\r\n Germany');
    const bruno = contact('Bruno', 'Öztürk');
    expect(said(contacts(ADA, bruno), contacts(bruno, respelled))).toEqual([]);
  });

  it('name device, item, field, and what only one side has', () => {
    const other = ADA.replace('+49 1', '+49 2');
    expect(
      said(end({ contacts: [ADA] }, { contacts: [ADA] }), end({ contacts: [other] }, { contacts: [ADA] })),
    ).toEqual(['phone contacts "Ada Lindqvist" TEL cell: ours +49 1 | theirs +49 2']);
  });

  it('are said once for both devices where they are the same', () => {
    const longer = ADA.replace('END:VCARD', 'NOTE:tall\\nand kind\r\nEND:VCARD');
    expect(said(contacts(ADA), contacts(longer))).toEqual([
      'both contacts "Ada Lindqvist" NOTE: ours - | theirs tall\\nand kind',
    ]);
  });

  it('count doubles, and compare each item with the one most like it', () => {
    const changed = ADA.replace('+49 1', '+49 2');
    expect(said(contacts(changed), contacts(ADA, changed))).toEqual([
      'both contacts "Ada Lindqvist": ours one | theirs 2 times',
    ]);
  });

  it('tell an item that only one side has, and steps that could not be done', () => {
    const ours = end({ notes: [note('Shelf')] }, { notes: [] });
    const theirs = end({ notes: [] }, { notes: [] }, ['a slow sync of phone failed']);
    expect(said(ours, theirs)).toEqual([
      'phone notes "Shelf": ours one | theirs none',
      'the story: ours - | theirs a slow sync of phone failed',
    ]);
  });

  it('see an item that cannot be read', () => {
    const fair = event('Fair', 11);
    const broken = fair.replace('BEGIN:VEVENT', 'BEGIN:VJOURNAL').replace('END:VEVENT', 'END:VJOURNAL');
    const [first] = said(end({ calendar: [fair] }, {}), end({ calendar: [broken] }, {}));
    expect(first).toBe('phone calendar "(unreadable)": ours none | theirs one');
  });
});
