/** Converts the attendees of an appointment. The server sends no invitations. */
import { isMailto, mailtoOf, withoutMailto } from '../../properties/email.ts';
import {
  type Component,
  type Property,
  paramOf,
  propertiesOf,
  property,
  withParam,
} from '../../vobject/model.ts';
import { field, fieldText, type SifField } from './xml.ts';

/** The answers of attendees by Outlook's numbers: none, organiser, tentative, accepted, declined, not answered. */
const ANSWERS = ['', 'X-ORGANIZED', 'TENTATIVE', 'ACCEPTED', 'DECLINED', 'NEEDS-ACTION'];
/** The roles of attendees by Outlook's numbers: organiser, required, optional, room or equipment. */
const ROLES = ['CHAIR', 'REQ-PARTICIPANT', 'OPT-PARTICIPANT', 'NON-PARTICIPANT'];

export function attendeesFromSif(fields: readonly SifField[]): Property[] {
  const list = fields.find(({ name }) => name === 'Attendees')?.fields ?? [];
  return list.flatMap(({ fields: own }): Property[] => {
    const text = (name: string) => fieldText(own, name) ?? '';
    const [name, address] = [text('AttendeeName'), text('AttendeeEmail')];
    if (name === '' && address === '') return [];
    const params: readonly (readonly [string, string | undefined])[] = [
      ['CN', name],
      ['ROLE', ROLES[Number(text('AttendeeType') || Number.NaN)]],
      ['PARTSTAT', ANSWERS[Number(text('AttendeeStatus') || Number.NaN)]],
    ];
    const plain = property('ATTENDEE', address === '' ? name : mailtoOf(address));
    return [params.reduce((one, [param, value]) => (value ? withParam(one, param, value) : one), plain)];
  });
}

export function attendeesToSif(part: Component): SifField[] {
  const attendees = propertiesOf(part, 'ATTENDEE').map((one) => {
    const isMail = isMailto(one.value);
    const role = ROLES.indexOf(paramOf(one, 'ROLE') ?? '');
    const answer = ANSWERS.indexOf(paramOf(one, 'PARTSTAT') ?? '');
    return field('Attendee', '', [
      field('AttendeeName', paramOf(one, 'CN') ?? (isMail ? '' : one.value)),
      field('AttendeeEmail', isMail ? withoutMailto(one.value) : ''),
      field('AttendeeStatus', answer < 1 ? '' : String(answer)),
      field('AttendeeType', role < 0 ? '' : String(role)),
    ]);
  });
  return attendees.length === 0 ? [] : [field('Attendees', '', attendees)];
}
