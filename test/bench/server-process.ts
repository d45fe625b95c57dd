/**
 * What the kernel knows of processes that this one started: the CPU time of a server and of all that it started, and
 * its memory. Linux only.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in these, on all machines that people have. */
const TICKS_PER_SECOND = 100;

interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /** The session of processes (setsid) that it belongs to. */
  readonly session: number;
  /** Ticks of it and of its children that have ended. */
  readonly ticks: number;
}

/** A line of /proc/PID/stat; the name of the program may have blanks and brackets. */
export function parseStat(line: string): ProcessInfo {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  // Fields 14 to 17: utime, stime, cutime, cstime; the first one here is field 3.
  const ticks = fields.slice(11, 15).reduce((sum, text) => sum + Number(text), 0);
  return { pid: Number.parseInt(line, 10), parent: Number(fields[1]), session: Number(fields[3]), ticks };
}

function processes(): ProcessInfo[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const line = readIfThere(`/proc/${pid}/stat`);
      return line === undefined ? [] : [parseStat(line)];
    });
}

/** A process may end between two looks at it. */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The process and all below it. */
function treeOf(pid: number, all: readonly ProcessInfo[]): ProcessInfo[] {
  const own = all.filter((one) => one.pid === pid);
  return [...own, ...all.filter(({ parent }) => parent === pid).flatMap((one) => treeOf(one.pid, all))];
}

/**
 * CPU seconds of the process, of those that it started, and of those of them that have ended. Where it leads a session,
 * whoever is in that counts, too: a daemon leaves the tree, but not the session.
 */
export function cpuSecondsOf(pid: number): number {
  const all = processes();
  const family = [...treeOf(pid, all), ...all.filter(({ session }) => session === pid)];
  const ticks = new Map(family.map((one) => [one.pid, one.ticks]));
  return [...ticks.values()].reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
}

/** The process that this one started with these words on its command line. */
export function startedWith(words: readonly string[]): number {
  const found = treeOf(process.pid, processes()).find(({ pid }) => {
    const line = readIfThere(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
    return pid !== process.pid && words.every((word) => line.includes(word));
  });
  if (found === undefined) throw new Error(`no process was started with ${words.join(' ')}`);
  return found.pid;
}

/** Megabytes in memory now, and the most that there ever were. */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]);
  return { now: (kilobytes('VmRSS') * 1024) / 1e6, most: (kilobytes('VmHWM') * 1024) / 1e6 };
}
