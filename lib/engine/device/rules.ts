/** The options of one device: the rows of rows.ts that fit it, merged (E60). */
import type { DevInf } from '../../message/devinf-model.ts';
import type { Work } from '../work.ts';
import { DEVICE_RULES, type DeviceRule, type Match } from './rows.ts';

export interface Options {
  /** In a slow sync it takes no Replace: what it has is deleted and added. */
  readonly noReplaceInSlowSync?: boolean;
  /** It cannot take many Statuses: changes that succeeded get none of their own. */
  readonly omitItemStatuses?: boolean;
  /** Charset of its texts, whatever the message's is. */
  readonly charset?: 'iso-8859-1';
  /** The kind of times that it wants, whatever its UTC flag says. */
  readonly times?: 'utc' | 'local';
  /** The sizes of properties in its device information are wrong. */
  readonly ignoreMaxSize?: boolean;
  /** The list of properties in its device information is not complete. */
  readonly ignoreCTCap?: boolean;
}

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

/** The options of the device that this message is from. */
export const optionsOf = ({ state, request, device }: Work): Options =>
  optionsFor({ devId: state.device, userAgent: request.userAgent, devInf: device?.devInf });
