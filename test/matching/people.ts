/** An invented town: people in households and firms, with all that makes them easy to take for each other. */
import type { Random } from '../simulation/random.ts';

export interface Person {
  readonly id: number;
  readonly given: string;
  readonly family: string;
  readonly generation?: 'jun.' | 'sen.';
  readonly born?: string;
  readonly mobile?: string;
  readonly home?: string;
  readonly work?: string;
  readonly email?: string;
  /** Of the household or the firm. */
  readonly sharedEmail?: string;
  readonly firm?: string;
  readonly street?: string;
  readonly place?: string;
  /** A firm's own entry: no person. */
  readonly isFirm?: true;
}

const MEN =
  'Hans Peter Jürgen Wolfgang Günther Michael Thomas Andreas Stefan Christian Martin Daniel Florian Sebastian Tobias Jörg Björn Søren Luca Marco Mario Paul Jan Jonas Felix Maximilian Johannes Friedrich Robert William James Anthony José André François Piotr Łukasz Tomáš Ahmed Mehmet Julian Karl Otto Ernst Ulrich Rainer Manuel Oliver Simon'.split(
    ' ',
  );
const WOMEN =
  'Anna Maria Ursula Renate Karin Sabine Petra Monika Martina Daniela Julia Christine Katharina Stefanie Johanna Hanna Jana Paula Lena Lea Laura Sophie Zoë Chloé Agnieszka Małgorzata Ingrid Noor Ayşe Fatma Elisabeth Barbara Claudia Gabriele Heike Birgit Silke Anja Kerstin Ute Ulrike Marie Emma Mia Olivia Charlotte Juliane Franziska Theresa Eva'.split(
    ' ',
  );
const FAMILIES =
  'Müller Schröder Weiß Groß Löwe König Krüger Jäger Böhm Köhler Maier Meyer Mayer Schmidt Schmitt Becker Hoffmann Koch Richter Wolf Neumann Braun Zimmermann Hartmann Lange Krause Lehmann Köster Fuchs Vogel Keller Huber Steiner Gruber Moser Lindqvist Sørensen Nowak Kowalska Novák Dvořák Yılmaz Öztürk García Fernández Dupont Lefèvre Moreau Rossi Ferrari Smith Johnson Williams Taylor Brown Clarke Wright Baker Thompson Thomsen Petersen Peters Jansen Janssen Hansen'.split(
    ' ',
  );
const STEMS = 'Berg Stein Wald Feld Bach Hof Linden Eichen Rosen Birken Brunn Kirch Mühl Neu Alt Ober'.split(
  ' ',
);
const ENDS = 'mann ner meier hofer müller thaler auer huber wirth berger inger eder'.split(' ');
const ALL_FAMILIES = [...FAMILIES, ...STEMS.flatMap((stem) => ENDS.map((end) => stem + end))];

const STREETS =
  'Hauptstraße Bahnhofstraße Gartenweg Lindenallee Schulstraße Am_Markt Bergstraße Ringstraße'.split(' ');
const PLACES = ['12345 Altdorf', '20095 Nordhafen', '80331 Seeburg', '50667 Rheinfeld', '1010 Donaustadt'];
const TRADES = 'Bau Immobilien Holz Elektro Garten Druck Metall Logistik Software Beratung'.split(' ');
const FORMS = ['GmbH', 'AG', 'KG', 'Ltd', 'Inc.'];

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

/** At least so many people and firms. */
export function town(random: Random, count: number): Person[] {
  const people: Person[] = [];
  const digits = (n: number) => Array.from({ length: n }, () => random.below(10)).join('');
  const firms = Array.from({ length: Math.ceil(count / 40) }, (_, n) => {
    const name = `${random.pick(ALL_FAMILIES)} ${random.pick(TRADES)} ${random.pick(FORMS)}`;
    const host = `${plain(name).slice(0, 12)}${n}.example`;
    return {
      firm: name,
      work: `+49 30 ${2 + random.below(8)}${digits(6)}`,
      sharedEmail: `info@${host}`,
      host,
    };
  });
  const address = () => ({
    street: `${random.pick(STREETS).replace('_', ' ')} ${1 + random.below(120)}`,
    place: random.pick(PLACES),
  });
  const day = (from: number) =>
    `${from + random.below(25)}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`;
  const person = (family: string, women: boolean, from: number): Person => {
    const id = people.length;
    const given = random.pick(women ? WOMEN : MEN);
    const own = random.chance(0.85);
    const firm = random.chance(0.45) ? random.pick(firms) : undefined;
    const host = firm !== undefined && random.chance(0.5) ? firm.host : 'mail.example';
    return {
      ...{ id, given, family },
      ...(own && { mobile: `+49 17${random.below(10)} ${digits(7)}` }),
      ...((!own || random.chance(0.7)) && { email: `${plain(given)}.${plain(family)}${id}@${host}` }),
      ...(random.chance(0.3) && { born: day(from) }),
      ...(firm && { firm: firm.firm, work: firm.work }),
      ...(firm && random.chance(0.15) && { sharedEmail: firm.sharedEmail }),
    };
  };
  const household = () => {
    const family = random.pick(ALL_FAMILIES);
    const shared = {
      ...address(),
      home: `+49 89 ${2 + random.below(8)}${digits(6)}`,
      ...(random.chance(0.4) && { sharedEmail: `${plain(family)}${people.length}@haus.example` }),
    };
    const size = 2 + random.below(3);
    const names = new Set<string>();
    for (let n = 0; n < size; n += 1) {
      const one = person(family, n % 2 === 1, n < 2 ? 1950 : 1980);
      if (!names.has(one.given)) people.push({ ...one, ...shared });
      names.add(one.given);
    }
    if (random.chance(0.12)) addSon(shared);
  };
  /** Has his father's name; what tells them apart is on both. */
  const addSon = (shared: Partial<Person>) => {
    const at = people.findLastIndex((one) => MEN.includes(one.given));
    const father = people[at];
    if (father === undefined || father.home !== shared.home) return;
    const marked = random.chance(0.5);
    const both = (one: Person, of: 'sen.' | 'jun.', born: string): Person => ({
      ...one,
      mobile: `+49 16${random.below(10)} ${digits(7)}`,
      email: `${plain(one.given)}${of.slice(0, 3)}${one.id}@mail.example`,
      ...(marked ? { generation: of } : { born }),
    });
    people[at] = both(father, 'sen.', day(1945));
    const { firm: _, work: __, ...rest } = father;
    people.push(both({ ...rest, ...shared, id: people.length }, 'jun.', day(1980)));
  };
  while (people.length < count) {
    const kind = random.next();
    if (kind < 0.22) household();
    else if (kind < 0.26) {
      const { host: _, ...firm } = random.pick(firms);
      if (!people.some((one) => one.isFirm && one.firm === firm.firm))
        people.push({ id: people.length, given: '', family: '', ...firm, ...address(), isFirm: true });
    } else
      people.push({
        ...person(random.pick(ALL_FAMILIES), random.chance(0.5), 1950),
        ...(random.chance(0.4) && address()),
      });
  }
  return people;
}
