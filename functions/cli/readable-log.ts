/** Log events as lines for a person at a terminal. */
import type { Log } from '../../lib/app/http/http.ts';

type Event = Parameters<Log>[0];

export const readableLog =
  (print: (line: string) => void, now: () => number): Log =>
  (event) =>
    print(`${clock(now())}  ${lineOf(event)}`);

const clock = (at: number): string => new Date(at).toTimeString().slice(0, 8);

function lineOf(event: Event): string {
  if (event.event === 'message') return messageLine(event);
  const { event: name, stack, ...fields } = event;
  return [name, pairs(fields), ...(stack === undefined ? [] : [`\n${stack}`])].join('  ').trimEnd();
}

/** `anna  phone  session 4 message 2  100 Add, Status  61.2 kB in, 4.0 kB out  38 ms` */
function messageLine(event: Event): string {
  const { user, device, session, msg, commands, bytesIn, bytesOut, ms, wire, final, repeated, ...rest } =
    event;
  const { event: _, ...others } = rest;
  const parts = [
    user === undefined ? '(no user yet)' : String(user),
    String(device),
    `session ${session} message ${msg}`,
    counted(commands),
    `${size(bytesIn)} in, ${size(bytesOut)} out`,
    `${ms} ms`,
    repeated === true ? 'repeated: the stored reply' : '',
    pairs(others),
  ];
  return parts.filter((part) => part !== '').join('  ');
}

function counted(commands: unknown): string {
  if (typeof commands !== 'object' || commands === null)
    return commands === undefined ? '' : String(commands);
  const counts = Object.entries(commands).map(([name, count]) => (count === 1 ? name : `${count} ${name}`));
  return counts.length === 0 ? 'no commands' : counts.join(', ');
}

function size(bytes: unknown): string {
  if (typeof bytes !== 'number') return '?';
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const pairs = (fields: object): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(' ');
