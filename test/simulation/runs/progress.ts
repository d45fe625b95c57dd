/** How far a run is, in words; and where they are printed: over and over on one line, or on a line now and then. */

export interface Progress {
  /** Of all seeds that were asked for, those that have a result. */
  readonly done: number;
  readonly all: number;
  readonly failed: number;
  /** Of the results, those of this run, and the seconds that it took for them. */
  readonly told: number;
  readonly seconds: number;
}

export function progressText({ done, all, failed, told, seconds }: Progress): string {
  const percent = Math.floor((100 * done) / all);
  const head = `${done} of ${all} (${percent} %)`;
  if (told === 0 || seconds === 0) return `${head}, ${failed} failed`;
  const rate = told / seconds;
  return `${head}, ${rateText(rate)}, ${failed} failed, ${durationText((all - done) / rate)} left`;
}

export const rateText = (rate: number): string =>
  `${rate < 10 ? rate.toFixed(1) : Math.round(rate)} stories a second`;

export function durationText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** In milliseconds: on a terminal, and in a file. */
const REDRAW_EVERY = 500;
const LINE_EVERY = 10_000;

export interface ProgressLine {
  /** Prints something else, on lines of its own. */
  say(text: string): void;
  end(): void;
}

export function showProgress(progress: () => Progress): ProgressLine {
  const { isTTY = false, columns } = process.stderr;
  const width = (columns || 80) - 1; // some terminals say 0
  const draw = (): void => {
    const text = progressText(progress());
    process.stderr.write(isTTY ? `\r${text.slice(0, width)}\x1b[K` : `${text}\n`);
  };
  const clear = (): void => void (isTTY && process.stderr.write('\r\x1b[K'));
  const timer = setInterval(draw, isTTY ? REDRAW_EVERY : LINE_EVERY);
  return {
    say: (text) => {
      clear();
      console.log(text);
    },
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
}
