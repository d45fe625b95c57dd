/**
 * The organiser. In vCalendar 1.0 it is the attendee with ROLE=ORGANIZER, in iCalendar 2.0 it is a property of its own,
 * and if the organiser takes part, an attendee besides.
 */
import { mailboxOf } from '../../properties/email.ts';
import { type Property, paramOf, withoutParams, withParam } from '../../vobject/model.ts';
import { unescapeText } from '../../vobject/text.ts';
import type { VcalendarDevice } from './frames.ts';

type Properties = readonly Property[];

const isOrganizer = (one: Property): boolean =>
  one.name === 'ATTENDEE' && paramOf(one, 'ROLE')?.toUpperCase() === 'ORGANIZER';

/** Parameters of vCalendar that tell whether an attendee comes. */
const OF_GUEST = ['STATUS', 'RSVP', 'EXPECT'];

/** The properties of vCalendar 1.0, with the organiser as a property of its own. An item has one organiser. */
export function withOrganizerApart(properties: Properties): Properties {
  const attendee = properties.find(isOrganizer);
  if (attendee === undefined) return properties;
  const isThere = properties.some(({ name }) => name === 'ORGANIZER');
  const guest = withoutParams(attendee, 'ROLE');
  const organizer: Property = { ...withoutParams(guest, ...OF_GUEST), name: 'ORGANIZER' };
  const isGuest = guest.params.some(({ name }) => OF_GUEST.includes(name));
  return properties.flatMap((one) => {
    if (!isOrganizer(one)) return [one];
    if (one !== attendee || isThere) return [withParam(one, 'ROLE', 'CHAIR')];
    return isGuest ? [organizer, guest] : [organizer];
  });
}

/**
 * The stored properties, with the organiser as an attendee. A device that lists the property of iCalendar gets that
 * one.
 */
export function withOrganizerAsAttendee(properties: Properties, { listed }: VcalendarDevice): Properties {
  const [organizer] = properties.filter(({ name }) => name === 'ORGANIZER');
  if (organizer === undefined || listed?.includes('ORGANIZER')) return properties;
  const mailbox = mailboxOf(unescapeText(organizer.value));
  const guest = properties.find(
    ({ name, value }) => name === 'ATTENDEE' && mailboxOf(unescapeText(value)) === mailbox,
  );
  return properties.flatMap((one) => {
    if (one === organizer) return guest === undefined ? [asAttendee(withoutParams(one, ...GUEST_ONLY))] : [];
    return one === guest ? [asAttendee(withStatus(one))] : [one];
  });
}

/** Parameters that an organiser does not have [RFC 5545 3.8.4.3]. */
const GUEST_ONLY = ['PARTSTAT', 'RSVP'];

const asAttendee = (of: Property): Property => withParam({ ...of, name: 'ATTENDEE' }, 'ROLE', 'ORGANIZER');

/** With the answer that no answer means, so that the organiser is known to be a guest, too. */
const withStatus = (of: Property): Property =>
  [...GUEST_ONLY, 'EXPECT'].some((name) => paramOf(of, name) !== undefined)
    ? of
    : withParam(of, 'PARTSTAT', 'NEEDS-ACTION');
