/** Where the devices hold something else after a story than with the peer. Most: the peer makes doubles, or loses a change. */
import type { Judgement } from '../judging.ts';

const LOST_IN_SLOW_SYNC =
  'In a slow sync the peer takes one of the two versions of an item for the newer one, and each device keeps its own: the change of one device never reaches the other.';

const NO_ANCESTOR =
  'Only one device changed the value. The peer knows no common ancestor, and keeps the old value beside the new one or in its place.';

export const JUDGED_STORIES: readonly Judgement[] = [
  {
    scene: 'double-contact-more',
    right: 'ours',
    why: 'It is one person: what each device knows of her belongs on both. With the peer each device stays with its own.',
    differences: [
      'phone contacts "Ada Lindqvist" BDAY: ours 1970-03-05 | theirs -',
      'phone contacts "Ada Lindqvist" NOTE: ours likes tea | theirs -',
      'laptop contacts "Ada Lindqvist" TEL home: ours +49 30 5550111 | theirs -',
    ],
  },
  {
    scene: 'double-contact-spelled',
    right: 'ours',
    why: 'The same mail address and number say that it is one person; the peer compares spellings, so that both devices have him twice.',
    differences: [
      'both contacts "Jose Mueller" EMAIL: ours jose@example.com | theirs Jose@Example.com',
      'both contacts "Jose Mueller" TEL cell: ours +491515550100 | theirs 0151 555-0100',
      'both contacts "José Müller": ours none | theirs one',
    ],
  },
  {
    scene: 'double-contact-other-number',
    right: 'ours',
    why: 'One mail address is one person, who may have two mobile numbers. With the peer each device stays with its own.',
    differences: [
      'phone contacts "Ada Lindqvist" TEL cell: ours +49 151 5550199 | theirs -',
      'laptop contacts "Ada Lindqvist" TEL cell: ours +49 151 5550100 | theirs -',
    ],
  },
  {
    scene: 'double-contact-namesakes',
    right: 'ours',
    why: 'They share nothing but the name. The peer takes them for one person, so that each device lacks one of the two.',
    differences: ['both contacts "Anna Meier": ours 2 times | theirs one'],
  },
  {
    scene: 'double-event-moved',
    right: 'ours',
    why: 'Both devices have the appointment at one time. With the peer each stays with its own time.',
    differences: [
      'phone calendar "Talk" happens: ours 2027-05-13T09:00:00Z to 2027-05-13T10:00:00Z | theirs 2027-05-12T09:00:00Z to 2027-05-12T10:00:00Z',
    ],
  },
  {
    scene: 'double-note-differs',
    right: 'ours',
    why: 'They are two notes of one title. The peer takes them for one, and each device lacks the text of the other.',
    differences: ['both notes "Shopping": ours 2 times | theirs one'],
  },
  {
    scene: 'double-after-reset',
    right: 'ours',
    why: 'An appointment that was changed before a slow sync is still the same one; with the peer it is there twice.',
    differences: ['both calendar "Trade fair": ours one | theirs 2 times'],
  },
  {
    scene: 'double-after-reset',
    right: 'ours',
    why: LOST_IN_SLOW_SYNC,
    differences: ['phone contacts "Ada Lindqvist" TEL cell: ours +49 151 5550101 | theirs +49 151 5550100'],
  },
  {
    scene: 'conflict-in-slow-sync',
    right: 'ours',
    why: LOST_IN_SLOW_SYNC,
    differences: [
      'phone contacts "Ada Lindqvist" NOTE: ours second | theirs first',
      'laptop contacts "Ada Lindqvist" TEL cell: ours +49 151 5550111 | theirs +49 151 5550100',
    ],
  },
  {
    scene: 'conflict-event',
    right: 'ours',
    why: NO_ANCESTOR,
    differences: [
      'both calendar "Trade fair" DESCRIPTION: ours Bring nothing. | theirs Bring the samples.\\nBring nothing.',
      'both calendar "Trade fair" LOCATION: ours Room 7 | theirs Room 3\\nRoom 7',
    ],
  },
  {
    scene: 'conflict-task',
    right: 'ours',
    why: NO_ANCESTOR,
    differences: [
      'both tasks "Write the quote" DESCRIPTION: ours Ask for the new price list. | theirs Ask for the price list.\\nAsk for the new price list.',
    ],
  },
  {
    scene: 'conflict-note',
    right: 'ours',
    why: 'The changes are at two places of the note, so that one note can have both; the peer keeps two notes.',
    differences: [
      'both notes "Trip": ours one | theirs 2 times',
      'both notes "Trip" text: ours Trip\\nbig tent\\n\\n\\nmap\\n\\n\\nsmall stove | theirs Trip\\ntent\\n\\n\\nmap\\n\\n\\nsmall stove',
    ],
  },
  {
    scene: 'event-whole-days-old-format',
    right: 'ours',
    why: 'An appointment of a day without an end lasts one day. What the peer writes ends in the year 2106.',
    differences: [
      'laptop calendar "No end" happens: ours 2027-05-25 to 2027-05-26 | theirs 2027-05-25 to 2106-04-18',
    ],
  },
  {
    scene: 'series-occurrence-old-format',
    right: 'both',
    why: 'vCalendar 1.0 has no RECURRENCE-ID: there the moved occurrence is an appointment of its own. The peer writes it all the same, and a client of its own kind reads it.',
    differences: ['laptop calendar "Weekly" RECURRENCE-ID: ours - | theirs 2027-03-15T08:00:00Z'],
  },
  {
    scene: 'mode-slow',
    right: 'ours',
    why: LOST_IN_SLOW_SYNC,
    differences: [
      'phone contacts "Ada Lindqvist" TEL cell: ours +49 151 5550101 | theirs +49 151 5550100',
      'laptop contacts "Cleo Park" TEL cell: ours +49 151 5550303 | theirs +49 151 5550300',
    ],
  },
  {
    scene: 'mode-one-way-from-local',
    right: 'ours',
    why: 'The two-way sync after it brings what the laptop changed. The peer takes that for told already, and the phone never gets it.',
    differences: ['phone contacts "Ada Lindqvist" TEL cell: ours +49 151 5550101 | theirs +49 151 5550100'],
  },
  {
    scene: 'history-edit-taken-back',
    right: 'ours',
    why: NO_ANCESTOR,
    differences: ['both contacts "Ada Lindqvist" NOTE: ours second | theirs second\\nfirst'],
  },
  {
    scene: 'history-many-edits',
    right: 'ours',
    why: NO_ANCESTOR,
    differences: [
      'both contacts "Ada Lindqvist" ADR work: ours - | theirs ;;Mühlenweg 12;Lübeck;;23552;Germany',
      'both contacts "Ada Lindqvist" EMAIL work: ours - | theirs ada@example.com',
      'both contacts "Ada Lindqvist" NOTE: ours second | theirs first\\nsecond',
      'both contacts "Ada Lindqvist" TEL cell: ours - | theirs +49 151 5550100',
    ],
  },
  {
    scene: 'history-renamed',
    right: 'ours',
    why: NO_ANCESTOR,
    differences: ['both contacts "Ada Berg" TEL cell: ours - | theirs +49 151 5550100'],
  },
  {
    scene: 'history-photos',
    right: 'ours',
    why: NO_ANCESTOR,
    differences: ['both contacts "Ada Lindqvist" TEL cell: ours - | theirs +49 151 5550100'],
  },
  {
    scene: 'history-both-add-later',
    right: 'ours',
    why: 'The very same contact is one contact, also where it was added on both devices between two syncs.',
    differences: ['both contacts "Ada Lindqvist": ours one | theirs 2 times'],
  },
  {
    scene: 'history-odd-notes',
    right: 'ours',
    why: 'They are two lists of one title. The peer takes them for one, and each device lacks the last line of the other.',
    differences: ['both notes "List": ours 2 times | theirs one'],
  },
  {
    scene: 'event-reminded-and-renamed',
    right: 'ours',
    why: 'The devices changed two different things. With the peer the new title is lost.',
    differences: [
      'both calendar "Fair": ours none | theirs one',
      'both calendar "Fair in Köln": ours one | theirs none',
    ],
  },
  {
    scene: 'event-alarm-and-time',
    right: 'ours',
    why: 'The devices changed two different things. With the peer the new alarm is lost.',
    differences: ['both calendar "Fair" alarm: ours DISPLAY -60 min | theirs DISPLAY -15 min'],
  },
  {
    scene: 'history-id-used-again',
    right: 'ours',
    why: 'Both people belong on both devices: one was changed before her deletion was known, the other one is new. With the peer they become one, and the new one is lost.',
    differences: [
      'both contacts "Ada Lindqvist" EMAIL work: ours - | theirs bruno@example.com',
      'both contacts "Bruno Öztürk": ours one | theirs none',
    ],
  },
  {
    scene: 'event-added-alarm-old-format',
    right: 'both',
    why: 'The laptop moved the appointment and left the alarm at its hour, as vCalendar 1.0 writes it. The peer takes the alarm for one that moves with the start.',
    differences: ['both calendar "Fair" alarm: ours DISPLAY -45 min | theirs DISPLAY -15 min'],
  },
  {
    scene: 'contact-all-fields',
    right: 'ours',
    why: NO_ANCESTOR,
    differences: [
      'both contacts "Łucja Zoë Größmann" ADR home: ours - | theirs ;;Straße des 17. Juni 1;Berlin;;10557;Deutschland',
      'both contacts "Łucja Zoë Größmann" TEL home: ours - | theirs +49 30 1000002',
      'both contacts "Łucja Zoë Größmann" TITLE: ours Chefköchin | theirs Köchin',
    ],
  },
  {
    scene: 'contact-old-format',
    right: 'ours',
    why: NO_ANCESTOR,
    differences: [
      'both contacts "Łucja Zoë Größmann" NOTE: ours Zeile eins\\nReihe zwei, mit Komma; und mehr | theirs Zeile eins\\nZeile zwei, mit Komma; und mehr\\nReihe zwei, mit Komma; und mehr',
      'both contacts "Łucja Zoë Größmann" TEL home: ours - | theirs +49 30 1000002',
    ],
  },
  {
    scene: 'conflict-other-fields',
    right: 'ours',
    why: NO_ANCESTOR,
    differences: [
      'both contacts "Ada Lindqvist" NOTE: ours second | theirs second\\nfirst',
      'both contacts "Ada Lindqvist" TEL cell: ours - | theirs +49 151 5550100',
    ],
  },
];
