/** Requirements by id, the tests whose titles name them, and what is not met: what docs/conformance.md is made of. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Gaps, readGaps } from './gaps.ts';

export interface Requirement {
  readonly id: string;
  readonly level: 'M' | 'S' | 'Y' | 'X' | '-';
  /** Documents with their sections, or implementations that show what devices expect. */
  readonly clause: string;
  readonly text: string;
}
export type State = 'met' | 'gap' | 'not applicable' | 'unknown';
/** How far something is met. */
export interface Standing {
  readonly state: State;
  /** Files whose titles name it, or the reason why it is not met. */
  readonly tests: readonly string[];
  readonly reason?: string;
}
export type Finding = Requirement & Standing;

const ROOT = join(import.meta.dirname, '..', '..');
const NOT_APPLICABLE = 'not applicable: ';

/** @throws Error for a line that is no requirement, and an id that stands twice. */
export function readRequirements(source: string): Requirement[] {
  const found = new Map<string, Requirement>();
  for (const line of source.split('\n')) {
    if (/^(#|$)/.test(line)) continue;
    const [, id, level, clause, text] = /^([A-Z]\d{2}) ([MSYX-]) \[([^\]]+)\] (.+)$/.exec(line) ?? [];
    if (id === undefined || clause === undefined || text === undefined || found.has(id))
      throw new Error(`requirements.txt: ${line}`);
    found.set(id, { id, level: level as Requirement['level'], clause, text });
  }
  return [...found.values()];
}

/** What devices do otherwise than the standard says. */
export interface Deviation {
  readonly id: string;
  readonly devices: string;
  /** The implementation that knows of it, with its file or function. */
  readonly source: string;
  readonly text: string;
}

/** @throws Error for a line that is no deviation. */
export function readDeviations(source: string): Deviation[] {
  return source
    .split('\n')
    .filter((line) => !/^(#|$)/.test(line))
    .map((line) => {
      const [, id, devices, who, text] = /^(E\d{2}) \[([^;\]]+); ([^\]]+)\] (.+)$/.exec(line) ?? [];
      if (id === undefined || devices === undefined || who === undefined || text === undefined)
        throw new Error(`deviations.txt: ${line}`);
      return { id, devices, source: who, text };
    });
}

export const deviations = (): Deviation[] =>
  readDeviations(readFileSync(new URL('./deviations.txt', import.meta.url), 'utf8'));

/** Test files by the ids in their titles: quoted texts of a test file, heads of a transcript. */
export function titledTests(folder = join(ROOT, 'test')): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.test.ts')) continue;
    const file = join(entry.parentPath, entry.name);
    const texts = readFileSync(file, 'utf8').match(/'[^'\n]*'|"[^"\n]*"|`[^`\n]*`/g) ?? [];
    for (const id of new Set(texts.join('\n').match(/\b[A-Z]\d{2}\b/g) ?? []))
      found.set(id, [...(found.get(id) ?? []), relative(ROOT, file)]);
  }
  return found;
}

export const requirements = (): Requirement[] =>
  readRequirements(readFileSync(new URL('./requirements.txt', import.meta.url), 'utf8'));
/** Entries about requirements and deviations; the others are about tests of the SCTS. */
export const requirementGaps = (): Gaps => {
  const gaps = readGaps(readFileSync(new URL('./gaps.yaml', import.meta.url), 'utf8'));
  return new Map([...gaps].filter(([id]) => /^[A-Z]\d{2}$/.test(id)));
};

/** Each with its tests, or the reason why it has none. */
function standings<T extends { readonly id: string }>(all: readonly T[]): (T & Standing)[] {
  const tests = titledTests();
  const gaps = requirementGaps();
  return all.map((one): T & Standing => {
    const files = tests.get(one.id) ?? [];
    const reason = gaps.get(one.id);
    if (reason === undefined) return { ...one, state: files.length > 0 ? 'met' : 'unknown', tests: files };
    return reason.startsWith(NOT_APPLICABLE)
      ? { ...one, state: 'not applicable', tests: files, reason: reason.slice(NOT_APPLICABLE.length) }
      : { ...one, state: 'gap', tests: files, reason };
  });
}

export const findings = (): Finding[] => standings(requirements());
/** Is the server ready for what devices do otherwise? */
export const deviationFindings = (): (Deviation & Standing)[] => standings(deviations());

const STATES = ['met', 'gap', 'not applicable'] as const;
const why = ({ tests, reason }: Standing) => reason ?? tests.map((file) => `\`${file}\``).join(', ');

const requirementRow = (one: Finding) =>
  `| ${one.id} | ${one.level} | ${one.text} | ${one.clause} | ${one.state} | ${why(one)} |`;
const deviationRow = (one: Deviation & Standing) =>
  `| ${one.id} | ${one.text} | ${one.devices} | ${one.source} | ${one.state} | ${why(one)} |`;

/** docs/conformance.md as a whole. */
export function conformanceText(
  all: readonly Finding[] = findings(),
  known: readonly (Deviation & Standing)[] = deviationFindings(),
): string {
  const count = (state: State, ...levels: string[]) =>
    all.filter((one) => one.state === state && levels.includes(one.level)).length;
  const summary = STATES.map((state) => {
    const [must, should, rest] = [count(state, 'M', 'X'), count(state, 'S'), count(state, 'Y', '-')];
    const ofDevices = known.filter((one) => one.state === state).length;
    return `| ${state} | ${must + should + rest} | ${must} | ${should} | ${rest} | ${ofDevices} |`;
  });
  return `# Conformance

Made by \`npm run conformance\` from \`test/conformance/requirements.txt\` and \`test/conformance/deviations.txt\`, the titles of
the tests, and \`test/conformance/gaps.yaml\`; a test compares. Levels: M must, S should, Y may, X must not, - for information.
The 35 server tests of the SyncML Conformance Test Suite 3.1.2 are transcripts in \`test/conformance/scts\`; all of them pass.

| state | requirements | M and X | S | Y and - | deviations of devices |
|---|---|---|---|---|---|
${summary.join('\n')}

## Requirements

Comments and titles of tests name a requirement by its id, such as P33. Its clause is a document with sections, or an
implementation that shows what devices expect where no document says it:
SP11 SyncML Sync Protocol 1.1, RP12 OMA SyncML Representation Protocol 1.2.2, MI12 Meta Information 1.2.2,
DI12 Device Information 1.2, HB12 HTTP Binding 1.2.1, SAN12 Server Alerted Notification 1.2.1, PRIM the OMA primer on DS,
DMSEC the security of OMA DM, SCTS the conformance test suite with the number of its test.

| id | level | requirement | clause | state | tests, or why not |
|---|---|---|---|---|---|
${all.map(requirementRow).join('\n')}

## Deviations of devices

What devices do otherwise than the standard says. It is met where the server bears it, or gives the device what it needs
(\`lib/engine/device/rows.ts\`). An implementation knows of each, with its file or function: HO the SyncML server of Horde,
LS libsynthesis, SE the rules for devices of SyncEvolution, FU the clients and the server of Funambol, PS pysyncml,
BU Buteo of MeeGo, WBX libwbxml.

| id | what they do | devices | known to | state | tests, or why not |
|---|---|---|---|---|---|
${known.map(deviationRow).join('\n')}
`;
}
