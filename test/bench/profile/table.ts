/** A profile as people read it. Must not know: where the times come from. */
import type { Analysis, FunctionTime } from './analysis.ts';

const FUNCTIONS = 30;
const LEAST_SHARE = 0.002;

/** Shares of functions and folders are those of the server's time. */
export function profileTable({ owners, runtime, functions, folders }: Analysis): string {
  const all = owners.server + owners.device + owners.runtime;
  const { server } = owners;
  const whoseTime = [
    line(owners.server, all, 'server'),
    line(owners.device, all, 'device and bench'),
    ...runtime.slice(0, 3).map(({ name, ms }) => line(ms, all, name)),
  ];
  const rows = folders.filter(({ ms }) => ms >= LEAST_SHARE * server);
  return [
    ['Whose time', ...whoseTime],
    ['Server, by folder of lib', ...rows.map(({ folder, ms }) => line(ms, server, folder))],
    ['Server, by function', ...functions.slice(0, FUNCTIONS).map((one) => line(one.ms, server, titled(one)))],
  ]
    .map((block) => block.join('\n'))
    .join('\n\n');
}

const titled = ({ name, place }: FunctionTime): string => `${name}  ${place}`;

const line = (ms: number, of: number, text: string): string =>
  `${ms.toFixed(1).padStart(9)} ms  ${(of === 0 ? 0 : (100 * ms) / of).toFixed(1).padStart(5)} %  ${text}`;
