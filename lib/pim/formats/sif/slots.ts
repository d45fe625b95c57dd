/**
 * Outlook's fields for numbers, mailboxes, pages and addresses. Each is a slot for one value of a kind. A value takes the
 * slot of its kind. What finds none there takes a free slot of another kind, so that Outlook shows it.
 */
import { isHabitType, isPreference } from '../../properties/parameters.ts';
import { type Property, typesOf } from '../../vobject/model.ts';

export interface Slot {
  readonly property: string;
  /** The field; of an address, what the names of its fields begin with. */
  readonly field: string;
  readonly types: readonly string[];
}
const slot = (property: string, field: string, ...types: readonly string[]): Slot => ({
  property,
  field,
  types,
});

export const SLOTS: readonly Slot[] = [
  slot('TEL', 'MobileTelephoneNumber', 'CELL'),
  slot('TEL', 'HomeFaxNumber', 'FAX', 'HOME'),
  slot('TEL', 'BusinessFaxNumber', 'FAX', 'WORK'),
  slot('TEL', 'OtherFaxNumber', 'FAX'),
  slot('TEL', 'PagerNumber', 'PAGER'),
  slot('TEL', 'CarTelephoneNumber', 'CAR'),
  slot('TEL', 'CompanyMainTelephoneNumber', 'X-COMPANY'),
  slot('TEL', 'AssistantTelephoneNumber', 'X-ASSISTANT'),
  slot('TEL', 'CallbackTelephoneNumber', 'X-CALLBACK'),
  slot('TEL', 'RadioTelephoneNumber', 'X-RADIO'),
  slot('TEL', 'TelexNumber', 'X-TELEX'),
  slot('TEL', 'HomeTelephoneNumber', 'HOME'),
  slot('TEL', 'Home2TelephoneNumber', 'HOME'),
  slot('TEL', 'BusinessTelephoneNumber', 'WORK'),
  slot('TEL', 'Business2TelephoneNumber', 'WORK'),
  slot('TEL', 'PrimaryTelephoneNumber', 'PREF'),
  slot('TEL', 'OtherTelephoneNumber'),
  slot('EMAIL', 'Email1Address'),
  slot('EMAIL', 'Email2Address'),
  slot('EMAIL', 'Email3Address'),
  slot('URL', 'HomeWebPage', 'HOME'),
  slot('URL', 'BusinessWebPage', 'WORK'),
  slot('URL', 'WebPage'),
  slot('IMPP', 'IMAddress'),
];
export const ADDRESS_SLOTS: readonly Slot[] = [
  slot('ADR', 'HomeAddress', 'HOME'),
  slot('ADR', 'BusinessAddress', 'WORK'),
  slot('ADR', 'OtherAddress'),
];

/** Free slots are lent in this order: first those whose names claim little of the value. */
const LENT: readonly string[] = [
  ...['OtherTelephoneNumber', 'PrimaryTelephoneNumber', 'CallbackTelephoneNumber'],
  ...['CompanyMainTelephoneNumber', 'HomeTelephoneNumber', 'Home2TelephoneNumber'],
  ...['BusinessTelephoneNumber', 'Business2TelephoneNumber', 'MobileTelephoneNumber', 'CarTelephoneNumber'],
  ...['RadioTelephoneNumber', 'AssistantTelephoneNumber', 'PagerNumber'],
  ...['OtherFaxNumber', 'HomeFaxNumber', 'BusinessFaxNumber', 'TelexNumber'],
  ...['WebPage', 'HomeWebPage', 'BusinessWebPage'],
  ...['OtherAddress', 'HomeAddress', 'BusinessAddress'],
];

/** Which of the values goes into which slot. */
export function inSlots(slots: readonly Slot[], values: readonly Property[]): ReadonlyMap<Slot, Property> {
  const taken = new Map<Slot, Property>();
  const left = Map.groupBy(values, ({ name }) => name);
  for (const one of slots) {
    const list = left.get(one.property) ?? [];
    const at = list.findIndex((value) => fits(value, one));
    const [found] = at < 0 ? [] : list.splice(at, 1);
    if (found !== undefined) taken.set(one, found);
  }
  const free = new Set(slots.filter((one) => !taken.has(one)));
  for (const value of [...left.values()].flat()) {
    const lent = lentTo(value, free);
    if (lent === undefined) continue;
    free.delete(lent);
    taken.set(lent, value);
  }
  return taken;
}

/** The free slot that has the most types in common with the value. Slots of machines come last. */
function lentTo(value: Property, free: ReadonlySet<Slot>): Slot | undefined {
  const own = new Set(plainTypes(value));
  const distance = ({ field, types }: Slot): number => {
    const common = types.filter((type) => own.has(type)).length;
    const isOfMachine = types.some((type) => MACHINES.includes(type) && !own.has(type));
    return LENT.indexOf(field) + LENT.length * (isOfMachine ? 1 : -common);
  };
  return [...free]
    .filter(({ property }) => property === value.name)
    .sort((a, b) => distance(a) - distance(b))[0];
}

const MACHINES: readonly string[] = ['FAX', 'PAGER', 'X-TELEX'];

/** Does the value have just the types of the slot? Types that do not matter are ignored. For mailboxes no type matters. */
function fits(value: Property, { property, types }: Slot): boolean {
  if (property === 'EMAIL' || property === 'IMPP') return true;
  const own = plainTypes(value);
  if (property === 'ADR') return (own.find(isPlace) ?? '') === (types[0] ?? '');
  if (types[0] === 'PREF') return own.includes('PREF') && own.every(isQuiet);
  const telling = own.filter((type) => !isQuiet(type));
  return telling.length === types.length
    ? types.every((type) => telling.includes(type))
    : types.length === 1 && (types[0] === 'CELL' || types[0] === 'PAGER') && telling.includes(types[0]);
}

const isPlace = (type: string): boolean => type === 'HOME' || type === 'WORK';
/** Types that do not matter for the choice of a slot. */
const isQuiet = (type: string): boolean => isHabitType(type) || isPreference(type);

/** What programs write for the type of a slot. `OTHER` is that of the slots without a type. */
const SYNONYMS: { readonly [type: string]: string } = {
  MOBILE: 'CELL',
  OTHER: '',
  COMPANY: 'X-COMPANY',
  ASSISTANT: 'X-ASSISTANT',
  CALLBACK: 'X-CALLBACK',
  RADIO: 'X-RADIO',
  TELEX: 'X-TELEX',
};

/** The types of a value, each by the name that the slots have for it. */
function plainTypes(value: Property): readonly string[] {
  const named = typesOf(value).map((type) => {
    const plain = type.replace(/^X-(?:EVOLUTION-)?(?=.)/, '');
    return SYNONYMS[plain] ?? type;
  });
  return [...new Set(named)].filter((type) => type !== '');
}
