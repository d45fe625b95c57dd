/** `npm run conformance`: writes docs/conformance.md. */
import { writeFileSync } from 'node:fs';
import { conformanceText, deviationFindings, findings } from './requirements.ts';

const requirements = findings();
const known = deviationFindings();
const all = [...requirements, ...known];
writeFileSync(new URL('../../docs/conformance.md', import.meta.url), conformanceText(requirements, known));
const unknown = all.filter(({ state }) => state === 'unknown').map(({ id }) => id);
console.log(`docs/conformance.md: ${requirements.length} requirements, ${known.length} deviations`);
if (unknown.length > 0) {
  console.error(`Neither a test nor an entry in gaps.yaml: ${unknown.join(' ')}`);
  process.exitCode = 1;
}
