/**
 * `npm run fuzz -- --minutes N [--kind xml|wbxml|message|bytes|bomb] [--seed S]`: stories of broken requests through the whole
 * application, each from a seed, with progress. A finding prints its seed and keeps the request as a file; exit code 1.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Finding } from './judge.ts';
import { KINDS, type Kind, runFuzz } from './kinds.ts';

const USAGE = `npm run fuzz -- [--minutes N] [--kind ${KINDS.join('|')}] [--seed S]
  --minutes  how long, a number above 0, shared by the kinds (1)
  --kind     only this kind of broken request (all)
  --seed     the first story, a whole number (1)`;

function options(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '1' },
      kind: { type: 'string' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  });
  const [minutes, first] = [Number(values.minutes), Number(values.seed)];
  const kinds = values.kind === undefined ? KINDS : KINDS.filter((kind) => kind === values.kind);
  if (!(minutes > 0) || !Number.isInteger(first) || kinds.length === 0) throw new Error('a wrong value');
  return { minutes, first, kinds, help: values.help === true };
}

/** Undefined when there is nothing to run: the usage is printed. */
function readOptions(args: readonly string[]) {
  try {
    const read = options(args);
    if (!read.help) return read;
    console.log(USAGE);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exitCode = 2;
  }
  return undefined;
}

const asked = readOptions(process.argv.slice(2));
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
let findings = 0;
if (asked !== undefined)
  for (const kind of asked.kinds)
    findings += await fuzz(kind, asked.first, (asked.minutes / asked.kinds.length) * 60_000);
if (asked !== undefined) process.exitCode = findings > 0 ? 1 : 0;

/** Runs stories of one kind until the time is over; how many findings there were. */
async function fuzz(kind: Kind, first: number, milliseconds: number): Promise<number> {
  const started = Date.now();
  let [requests, found, stories] = [0, 0, 0];
  let heap = 0;
  for (let seed = first; Date.now() - started < milliseconds; seed += 1) {
    try {
      requests += await runFuzz(kind, seed);
    } catch (error) {
      found += 1;
      report(kind, seed, error);
    }
    stories += 1;
    if (stories === 50) heap = heapMegabytes();
    if (stories % 20 === 0) {
      const left = Math.ceil((milliseconds - (Date.now() - started)) / 1000);
      process.stderr.write(
        `\r${kind}: ${stories} stories, ${requests} requests, ${found} findings, ${left} s left   `,
      );
    }
  }
  const seconds = (Date.now() - started) / 1000;
  const grown = heap === 0 ? '' : `, heap ${heap} MB after 50 stories, ${heapMegabytes()} MB at the end`;
  console.log(
    `\n${kind}: ${stories} stories, ${requests} requests in ${seconds.toFixed(0)} s, ${found} findings${grown}`,
  );
  return found;
}

function heapMegabytes(): number {
  collect();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}

function report(kind: Kind, seed: number, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.log(`\n${kind}, seed ${seed}: ${text}`);
  if (!(error instanceof Finding) || error.sent.body.length === 0) return;
  const { body, ...rest } = error.sent;
  const file = `fuzz-${kind}-${seed}.json`;
  writeFileSync(file, JSON.stringify({ ...rest, body: Buffer.from(body).toString('base64') }, null, 1));
  console.log(`the request is in ${file}`);
}
