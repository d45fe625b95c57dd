import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cpuSecondsOf, memoryOf, parseStat } from './server-process.ts';

describe('a line of /proc/PID/stat', () => {
  it('is read behind the name of the program, whatever that is', () => {
    const line = '42 (a (b) c) S 7 42 40 0 -1 4194560 100 200 0 0 11 22 33 44 20 0 12 0 999 1 2 3';
    expect(parseStat(line)).toEqual({ pid: 42, parent: 7, session: 40, ticks: 11 + 22 + 33 + 44 });
  });
});

describe.skipIf(!existsSync('/proc/self/stat'))('what the kernel knows of this process', () => {
  it('is its CPU time with that of a child that has ended', () => {
    const before = cpuSecondsOf(process.pid);
    const busy = 'const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end);';
    execFileSync(process.execPath, ['-e', busy]);
    expect(cpuSecondsOf(process.pid) - before).toBeGreaterThanOrEqual(0.25);
  });

  it('counts whoever is left of a session whose leader it is', async () => {
    const busy = 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done; sleep 9';
    const leader = spawn('sh', ['-c', `(sh -c '${busy}' &); sleep 9`], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      await new Promise((resolve) => leader.stdout.once('data', resolve));
      expect(cpuSecondsOf(leader.pid ?? 0)).toBeGreaterThan(0.05);
    } finally {
      process.kill(-(leader.pid ?? 0), 'SIGKILL');
    }
  });

  it('is its memory in megabytes', () => {
    const { now, most } = memoryOf(process.pid);
    expect(now).toBeGreaterThan(process.memoryUsage.rss() / 2e6);
    expect(most).toBeGreaterThanOrEqual(now);
  });
});
