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
export interface Finding extends Requirement {
  readonly state: State;
  /** Files whose titles name it, or the reason why it is not met. */
  readonly tests: readonly string[];
  readonly reason?: string;
}

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
  /** The implementation that knows of it. */
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
/** Entries about requirements; the others are about tests of the SCTS. */
export const requirementGaps = (): Gaps => {
  const gaps = readGaps(readFileSync(new URL('./gaps.yaml', import.meta.url), 'utf8'));
  return new Map([...gaps].filter(([id]) => /^[A-Z]\d{2}$/.test(id)));
};

export function findings(): Finding[] {
  const tests = titledTests();
  const gaps = requirementGaps();
  return requirements().map((requirement): Finding => {
    const files = tests.get(requirement.id) ?? [];
    const reason = gaps.get(requirement.id);
    if (reason === undefined)
      return { ...requirement, state: files.length > 0 ? 'met' : 'unknown', tests: files };
    return reason.startsWith(NOT_APPLICABLE)
      ? { ...requirement, state: 'not applicable', tests: files, reason: reason.slice(NOT_APPLICABLE.length) }
      : { ...requirement, state: 'gap', tests: files, reason };
  });
}

/** docs/conformance.md as a whole. */
export function conformanceText(all: readonly Finding[] = findings()): string {
  const count = (state: State, level?: string) =>
    all.filter((one) => one.state === state && (level === undefined || one.level === level)).length;
  const deviation = ({ id, devices, source, text }: Deviation) =>
    `| ${id} | ${text} | ${devices} | ${source} |`;
  const row = ({ id, level, clause, text, state, tests, reason }: Finding) =>
    `| ${id} | ${level} | ${text} | ${clause} | ${state} | ${reason ?? tests.map((file) => `\`${file}\``).join(', ')} |`;
  return `# Conformance

Made by \`npm run conformance\` from \`test/conformance/requirements.txt\`, the titles of the tests, and
\`test/conformance/gaps.yaml\`; a test compares. Levels: M must, S should, Y may, X must not, - for information.
The 35 server tests of the SyncML Conformance Test Suite 3.1.2 are transcripts in \`test/conformance/scts\`; all of them pass.

| state | all | M and X | S | Y and - |
|---|---|---|---|---|
${(['met', 'gap', 'not applicable'] as const)
  .map((state) => {
    const [m, x, s, y, i] = ['M', 'X', 'S', 'Y', '-'].map((level) => count(state, level)) as number[];
    return `| ${state} | ${count(state)} | ${(m ?? 0) + (x ?? 0)} | ${s} | ${(y ?? 0) + (i ?? 0)} |`;
  })
  .join('\n')}

## Requirements

Comments and titles of tests name a requirement by its id, such as P33. Its clause is a document with sections, or an
implementation that shows what devices expect where no document says it:
SP11 SyncML Sync Protocol 1.1, RP12 OMA SyncML Representation Protocol 1.2.2, MI12 Meta Information 1.2.2,
DI12 Device Information 1.2, HB12 HTTP Binding 1.2.1, SAN12 Server Alerted Notification 1.2.1, PRIM the OMA primer on DS,
DMSEC the security of OMA DM, SCTS the conformance test suite with the number of its test.

| id | level | requirement | clause | state | tests, or why not |
|---|---|---|---|---|---|
${all.map(row).join('\n')}

## Deviations of devices

| id | what they do | devices | known to |
|---|---|---|---|
${deviations().map(deviation).join('\n')}
`;
}
