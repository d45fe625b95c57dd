/** `node .ci/totals.mjs PASSED FAILED REPORT...`: adds vitest's JSON reports to the counts and prints one line. */
import { readFileSync } from 'node:fs';

const [passed, failed, ...reports] = process.argv.slice(2);
const total = { passed: Number(passed), failed: Number(failed), skipped: 0 };

for (const file of reports) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    total.passed += report.numPassedTests;
    total.skipped += report.numPendingTests + (report.numTodoTests ?? 0);
    // A file that cannot be loaded fails without a test of its own.
    const broken = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    );
    const failures = report.numFailedTests + broken.length;
    total.failed += failures === 0 && (!report.success || report.numTotalTests === 0) ? 1 : failures;
  } catch (error) {
    console.error(`${file}: no report of the tests (${error.message})`);
    total.failed += 1;
  }
}

console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed > 0 ? 1 : 0;
