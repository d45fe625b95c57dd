/** Rare kinds of people whom it is easy to take for each other: each one or two in a hundred of a town. */
import type { Person } from './people.ts';
import type { Town } from './town.ts';

type Facts = Omit<Person, 'id'>;

const TITLE_NAMES = 'Ma Sen Bae Ba Ing Herr Hon Ng Sa Jun'.split(' ');
const GIVEN_ANYWHERE = 'Jack Lily Wei Mei Indrani Amartya Suzy Jun Phil Nat Mae Hon Lan Anh Maria'.split(' ');
/** Names of twins that are a letter apart, each a name of its own. */
export const LETTER_APART = (
  'Marco/Mario Marina/Martina Karin/Katrin Maren/Maren-Sophie Andreas/Andrea Sabina/Sabine Jannes/Jannis ' +
  'Stefanie/Stefania Elena/Elina Marion/Marian Carina/Corina Marlon/Marlin'
).split(' ');
const LONGER =
  'Karl/Karl-Heinz Anna/Anna-Lena María/María_José Hans/Hans-Peter Eva/Eva-Maria Jan/Jan-Ole'.split(' ');
const ALIKE_FAMILIES =
  'Becker/Decker Bauer/Sauer Müller/Wagner Koch/Kock García/García_Ruiz Maier/Mauer'.split(' ');
const TURNABLE = 'Thomas Martin Peter Paul Simon Ernst Otto Franz Walter Werner Friedrich Hermann'.split(' ');
const RUSSIANS = 'Иванов Петров Смирнов Кузнецов Попов Соколов Лебедев Козлов Новиков Морозов'.split(' ');
const RUSSIAN_GIVEN = 'Иван Пётр Алексей Дмитрий Сергей Николай Михаил Андрей Владимир Юрий'.split(' ');
const NOBODYS_BIRTHDAYS = ['1970-01-01', '1900-01-01', '1980-01-01', '1901-01-01'];

export const halves = (text: string): [string, string] => {
  const [one = '', other = ''] = text.split('/').map((half) => half.replace('_', ' '));
  return [one, other];
};

/** By what a person can be reached alone: a number, a mailbox or both. */
function own({ random, mobile }: Town): Facts {
  const email = `${random.pick(['sunny', 'x', 'kater', 'pq'])}${random.below(1e6)}@mail.example`;
  const kind = random.next();
  return {
    ...{ given: '', family: '' },
    ...(kind < 0.8 && { mobile: mobile() }),
    ...(kind > 0.45 && { email }),
  };
}

type Kind = (town: Town) => Facts[];

/** Two of one family name, which is a title elsewhere, in one firm. */
const titleNames: Kind = (town) => {
  const { host: _, ...firm } = town.firm();
  const family = town.random.pick(TITLE_NAMES);
  const [one, other] = [town.random.pick(GIVEN_ANYWHERE), town.random.pick(GIVEN_ANYWHERE)];
  return (one === other ? [one] : [one, other]).map((given) => ({
    ...own(town),
    ...{ given, family, firm: firm.firm, work: firm.work },
  }));
};

/** Known as Herr and Frau Schmidt; some have a number of their own. */
const titleOnlyCouple: Kind = (town) => {
  const shared = { ...town.home(), family: town.family(), given: '' };
  return (['m', 'f'] as const).map((sex) => ({
    ...shared,
    ...(town.random.chance(0.6) && { mobile: town.mobile() }),
    ...{ sex, title: sex === 'm' ? 'Herr' : 'Frau' },
  }));
};

/** A given name and no more. */
const givenOnly: Kind = (town) => [{ ...own(town), given: town.random.pick(GIVEN_ANYWHERE) }];

const twins: Kind = (town) => {
  const shared = { ...town.home(), family: town.family(), born: town.day(1980) };
  return halves(town.random.pick(LETTER_APART)).map((given) => ({ ...own(town), ...shared, given }));
};

/** Karl and his brother Karl-Heinz, Anna and her daughter Anna-Lena. */
const longerNames: Kind = (town) => {
  const shared = { ...town.home(), family: town.family() };
  return halves(town.random.pick(LONGER)).map((given) => ({ ...own(town), ...shared, given }));
};

/** One given name, one firm, one team mailbox, and a switchboard that is saved as a mobile number. */
const colleagues: Kind = (town) => {
  const { random } = town;
  const { firm, work, host } = town.firm();
  const given = town.given();
  const sharedEmail = `${random.pick(['einkauf', 'rechnung', 'team.sued', 'orders', 'linie3'])}@${host}`;
  const reach = random.pick([{ sharedEmail }, { isCell: true as const }, {}]);
  return halves(random.pick(ALIKE_FAMILIES)).map((family) => ({
    ...own(town),
    ...{ given, family, firm, work, ...reach },
  }));
};

/** Each has a direct number. */
const namesakesOfOneFirm: Kind = (town) => {
  const { firm } = town.firm();
  const [given, family] = [town.given(), town.family()];
  return [0, 1].map(() => ({
    ...(town.random.chance(0.5) ? own(town) : {}),
    ...{ given, family, firm, work: town.line() },
  }));
};

/** All else is another, but for the day that a device writes for none. */
const namesakesOfNoBirthday: Kind = (town) => {
  const [given, family] = [town.given(), town.family()];
  const born = town.random.pick(NOBODYS_BIRTHDAYS);
  return [0, 1].map((n) => ({
    ...{ given, family, born, mobile: town.mobile(), firm: town.firm().firm },
    email: `namesake${n}.${town.random.below(1e6)}@mail.example`,
  }));
};

/** Thomas Martin and Martin Thomas. */
const turned: Kind = (town) => {
  const [one, other] = [town.random.pick(TURNABLE), town.random.pick(TURNABLE)];
  const pair =
    one === other
      ? []
      : [
          { given: one, family: other },
          { given: other, family: one },
        ];
  return pair.map((name) => ({ ...own(town), ...name }));
};

/** Juan García and his son Juan García Ruiz. */
const halfNames: Kind = (town) => {
  const shared = { ...town.home(), given: town.random.pick(['Juan', 'José', 'María']) };
  const [father, mother] = [
    town.random.pick(['García', 'Fernández', 'López']),
    town.random.pick(['Ruiz', 'Moreno']),
  ];
  return [father, `${father} ${mother}`].map((family) => ({ ...own(town), ...shared, family }));
};

const russian: Kind = (town) => [
  {
    ...{ given: town.random.pick(RUSSIAN_GIVEN), family: town.random.pick(RUSSIANS) },
    mobile: `+7 91${town.random.below(10)} ${town.digits(7)}`,
    ...(town.random.chance(0.6) && { email: `ru${town.random.below(1e6)}@mail.example` }),
  },
];

/** Two departments of one firm, of which each has a line. */
const departments: Kind = (town) => {
  const { firm, host } = town.firm();
  return ['Vertrieb', 'Service'].map((department) => ({
    ...{ given: '', family: '', firm, department, work: town.line(), isFirm: true },
    sharedEmail: `${department.toLowerCase()}@${host}`,
  }));
};

/** How often one of them moves in. */
export const LOOK_ALIKES: readonly (readonly [share: number, kind: Kind])[] = [
  [0.015, titleNames],
  [0.01, titleOnlyCouple],
  [0.01, givenOnly],
  [0.015, twins],
  [0.015, longerNames],
  [0.015, colleagues],
  [0.01, namesakesOfOneFirm],
  [0.01, namesakesOfNoBirthday],
  [0.005, turned],
  [0.005, halfNames],
  [0.03, russian],
  [0.005, departments],
];
