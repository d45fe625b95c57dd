/** The options of one device: the rows of rows.ts that fit it, merged (E60). */
import type { DevInf } from '../../message/devinf-model.ts';
import type { Options } from './options.ts';
import { DEVICE_RULES, type DeviceRule, type Match } from './rows.ts';

/** What is known of a device. */
export interface Appearance {
  readonly devId: string;
  readonly userAgent?: string | undefined;
  readonly devInf?: DevInf | undefined;
}

export function optionsFor(device: Appearance, rows: readonly DeviceRule[] = DEVICE_RULES): Options {
  const known = knownOf(device);
  return Object.assign({}, ...rows.filter((row) => fits(known, row.match)).map((row) => row.options));
}

type Known = { readonly [name in keyof Match]?: string | undefined };

const knownOf = ({ devId, userAgent, devInf }: Appearance): Known => ({
  ...(devInf && { man: devInf.man, mod: devInf.mod, oem: devInf.oem, fwV: devInf.fwV }),
  ...(devInf && { swV: devInf.swV, devTyp: devInf.devTyp }),
  devId,
  userAgent,
});

function fits(known: Known, match: Match): boolean {
  const wanted = Object.entries(match) as [keyof Match, RegExp][];
  return wanted.length > 0 && wanted.every(([name, pattern]) => pattern.test(known[name]?.trim() ?? ''));
}
