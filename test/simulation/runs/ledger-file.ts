/** The ledger as a file. It is replaced as a whole, so that a run may be stopped at any time. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { added, type Entry, type Ledger, ledgerText, parseLedger } from './ledger.ts';

/** The message says what helps. */
export class LedgerError extends Error {}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Empty when there is no such file. */
export function readLedger(file: string): Ledger {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new LedgerError(
      `The ledger ${file} cannot be read (${reasonOf(error)}). Name another file with --ledger FILE.`,
    );
  }
  try {
    return parseLedger(text);
  } catch (error) {
    throw new LedgerError(
      `${file} is no ledger of the simulation (${reasonOf(error)}). Move it away, or name another file with --ledger FILE.`,
    );
  }
}

/** Takes a result into what the file holds by now: other runs may write to the same file. */
export function saveResult(file: string, result: Entry): Ledger {
  const ledger = added(readLedger(file), result);
  const fresh = `${file}.${process.pid}`;
  try {
    writeFileSync(fresh, ledgerText(ledger), { flush: true });
    renameSync(fresh, file);
  } catch (error) {
    throw new LedgerError(
      `The ledger ${file} cannot be written (${reasonOf(error)}). Make its folder, or name another file with --ledger FILE.`,
    );
  }
  return ledger;
}
