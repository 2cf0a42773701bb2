import type { Micros } from '../base/time';
import type { HostCoverage } from '../coverage/coverage';
import { type CoverageDay, coverageByDay } from '../coverage/coverageByDay';
import { type OperatingSystem, operatingSystemOf } from '../coverage/operatingSystem';
import type { PreparedHost } from './correlate';

/** What coverage is added up from, for one host: which system it runs, when it was seen, and what of it by day. */
export type HostSight = {
  /** Absent when no program's path tells. */
  readonly os?: OperatingSystem;
  /** Times of its first and last event of the kinds correlation looks at; absent when it has none. */
  readonly seen?: { readonly from: Micros; readonly to: Micros };
  /** By stage in the order of the story, then by day. */
  readonly days: readonly CoverageDay[];
};

/** The sight of a host that was judged; `coverage` is what judgeHost said of it. */
export function sightOf(prepared: PreparedHost, coverage: readonly HostCoverage[]): HostSight {
  const { index, catalogue } = prepared;
  const { from, to } = index.visibility;
  const os = operatingSystemOf(index.events);
  return {
    ...(os === undefined ? {} : { os }),
    ...(from === undefined || to === undefined ? {} : { seen: { from, to } }),
    days: coverageByDay(coverage, catalogue.analytics, index.visibility),
  };
}

/** The sight of a host of which nothing is left. */
export const NO_SIGHT: HostSight = { days: [] };
