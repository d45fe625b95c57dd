/** What a town has to give to those who live there: names, numbers, homes, firms. */
import type { Random } from '../../simulation/random.ts';

const MEN =
  'Hans Peter Jürgen Wolfgang Günther Michael Thomas Andreas Stefan Christian Martin Daniel Florian Sebastian Tobias Jörg Björn Søren Luca Marco Mario Paul Jan Jonas Felix Maximilian Johannes Friedrich Robert William James Anthony José André François Piotr Łukasz Tomáš Ahmed Mehmet Julian Karl Otto Ernst Ulrich Rainer Manuel Oliver Simon Karl-Heinz Hans-Peter'.split(
    ' ',
  );
const WOMEN =
  'Anna Maria Ursula Renate Karin Sabine Petra Monika Martina Daniela Julia Christine Katharina Stefanie Johanna Hanna Jana Paula Lena Lea Laura Sophie Zoë Chloé Agnieszka Małgorzata Ingrid Noor Ayşe Fatma Elisabeth Barbara Claudia Gabriele Heike Birgit Silke Anja Kerstin Ute Ulrike Marie Emma Mia Olivia Charlotte Juliane Franziska Theresa Eva Anna-Lena'.split(
    ' ',
  );
export const isMans = (given: string): boolean => MEN.includes(given);

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

export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

export interface Firm {
  readonly firm: string;
  /** Its switchboard. */
  readonly work: string;
  readonly sharedEmail: string;
  readonly host: string;
}

export interface Address {
  readonly street: string;
  readonly place: string;
}

export interface Town {
  readonly random: Random;
  digits(count: number): string;
  mobile(): string;
  /** A number of a firm. */
  line(): string;
  given(women?: boolean): string;
  family(): string;
  /** A day in the 25 years from then on. */
  day(from: number): string;
  firm(): Firm;
  address(): Address;
  /** Of a household, with its line. */
  home(): Address & { readonly home: string };
}

export function townOf(random: Random, count: number): Town {
  const digits = (n: number) => Array.from({ length: n }, () => random.below(10)).join('');
  const line = () => `+49 30 ${2 + random.below(8)}${digits(6)}`;
  const family = () => random.pick(ALL_FAMILIES);
  const given = (women = random.chance(0.5)) => random.pick(women ? WOMEN : MEN);
  const firms = Array.from({ length: Math.ceil(count / 40) }, (_, n): Firm => {
    const firm = `${family()} ${random.pick(TRADES)} ${random.pick(FORMS)}`;
    const host = `${plain(firm).slice(0, 12)}${n}.example`;
    return { firm, work: line(), sharedEmail: `info@${host}`, host };
  });
  const address = () => ({
    street: `${random.pick(STREETS).replace('_', ' ')} ${1 + random.below(120)}`,
    place: random.pick(PLACES),
  });
  const two = (n: number) => String(1 + random.below(n)).padStart(2, '0');
  return {
    ...{ random, digits, line, given, family, address },
    mobile: () => `+49 17${random.below(10)} ${digits(7)}`,
    day: (from) => `${from + random.below(25)}-${two(12)}-${two(28)}`,
    firm: () => random.pick(firms),
    home: () => ({ ...address(), home: `+49 89 ${2 + random.below(8)}${digits(6)}` }),
  };
}
