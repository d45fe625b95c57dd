/**
 * The devices that need something else than the standard says, one row each. Each row cites the requirements that it
 * meets (test/conformance/requirements.txt).
 */
import type { Options } from './options.ts';

/** All members of a match must fit: texts of the device information, the device id, the User-Agent. */
export interface Match {
  readonly man?: RegExp;
  readonly mod?: RegExp;
  readonly oem?: RegExp;
  readonly fwV?: RegExp;
  readonly swV?: RegExp;
  readonly devTyp?: RegExp;
  readonly devId?: RegExp;
  readonly userAgent?: RegExp;
}

export interface DeviceRule {
  readonly cites: readonly string[];
  readonly match: Match;
  readonly options: Options;
}

/** If several rows fit a device, later ones win. So a manufacturer stands before its models. */
export const DEVICE_RULES: readonly DeviceRule[] = [
  {
    cites: ['E27'],
    match: { man: /sony ?ericsson/i },
    options: { charset: 'iso-8859-1', alarmsInUtc: true },
  },
  {
    cites: ['E01', 'E03', 'E04', 'E05', 'E06'],
    match: { mod: /^(P800|P90\d|P910\w?|A1000)$/i },
    options: {
      omitItemStatuses: true,
      charset: 'iso-8859-1',
      times: 'local',
      alarmsInUtc: false,
      entryTypes: true,
      prefixedCategories: true,
    },
  },
  {
    cites: ['E05', 'E06'],
    match: { mod: /^(P990\w?|M600\w?)$/i },
    options: { times: 'local', alarmsInUtc: false, entryTypes: true },
  },
  { cites: ['E08', 'E10'], match: { man: /^nokia$/i }, options: { times: 'local', alarmsInUtc: true } },
  {
    cites: ['E07'],
    match: { man: /^nokia$/i, mod: /^(Nokia ?)?E\d\d/i },
    options: { prefixedCategories: true },
  },
  { cites: ['E17'], match: { man: /^(sendo|siemens)/i }, options: { times: 'local' } },
  {
    cites: ['E11'],
    match: { man: /^nokia$/i, mod: /5800|N97 mini|E90/i },
    options: { ignoreMaxSize: true },
  },
  { cites: ['E16'], match: { man: /^nokia$/i, mod: /9210/ }, options: { noReplaceInSlowSync: true } },
  { cites: ['E17'], match: { man: /^nokia$/i, mod: /9[35]00/ }, options: { times: 'utc' } },
  { cites: ['E18'], match: { man: /^nokia$/i, mod: /7210c/i }, options: { times: 'utc', zoneInEvent: true } },
  {
    cites: ['E28'],
    match: { man: /sony ?ericsson/i, mod: /^K700/i },
    options: { times: 'local', alarmsInUtc: false },
  },
  {
    cites: ['E29'],
    match: { man: /ericsson/i, mod: /^T(39m?|68i?)$/i },
    options: { charset: 'iso-8859-1' },
  },
  {
    cites: ['E32'],
    match: { man: /motorola/i, mod: /^V3i?$/i },
    options: { charset: 'iso-8859-1', unfolded: true },
  },
  {
    cites: ['E53', 'E69'],
    match: { oem: /^synthesis ag$/i },
    options: { readsPosition: true, takesUnresumed: true },
  },
  { cites: ['E35', 'E43'], match: { devId: /^(f[a-z]{2}|sc-pim)-/i }, options: { wantsRespURI: true } },
  { cites: ['E46'], match: { devId: /^fmz-/i }, options: { unfolded: true } },
  { cites: ['E48'], match: { mod: /syncje/i }, options: { ignoreCTCap: true } },
];
