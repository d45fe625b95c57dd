/** One JSON object a line, for CloudWatch's filters, queries and metrics. */
import type { Log } from '../../lib/app/http/http.ts';
import { isWritten, type Level, levelOf } from '../../lib/app/log-levels.ts';
import { isCounted, metricFields } from './metrics.ts';

export interface JsonLogOptions {
  /** The least level that is written; `info` where it is not set. */
  readonly logLevel?: Level;
  /** The deployment that metrics are counted for. */
  readonly deployment: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly write?: (line: string) => void;
}

/** Not by `console`: the runtime would put a time and an id before the line, and CloudWatch would see no metric in it. */
const toStdout = (line: string): void => {
  process.stdout.write(line);
};

export const jsonLog =
  ({ logLevel = 'info', deployment, now = Date.now, write = toStdout }: JsonLogOptions): Log =>
  (event) => {
    if (!isWritten(event.event, logLevel) && !isCounted(event.event)) return;
    const level = levelOf(event.event);
    write(`${JSON.stringify({ level, ...event, ...metricFields(event.event, deployment, now()) })}\n`);
  };
