/** `npm run conformance`: writes docs/conformance.md. */
import { writeFileSync } from 'node:fs';
import { conformanceText, findings } from './requirements.ts';

const all = findings();
writeFileSync(new URL('../../docs/conformance.md', import.meta.url), conformanceText(all));
const unknown = all.filter(({ state }) => state === 'unknown').map(({ id }) => id);
console.log(`docs/conformance.md: ${all.length} requirements`);
if (unknown.length > 0) {
  console.error(`Neither a test nor an entry in gaps.yaml: ${unknown.join(' ')}`);
  process.exitCode = 1;
}
