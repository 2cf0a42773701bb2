import { MICROS_PER_HOUR } from '../../base/time';
import { fixFor, fixId } from '../../coverage/fixes';
import { type DarkCell, type RankedFix, rankFixes } from '../../coverage/ranking';
import { quietTime } from '../../coverage/rollupPeriod';
import { NO_TIME } from '../../coverage/seenTime';
import { type CoverageCellRow, loadCoverageCells, sumBlindKinds } from '../../storage/coverage/coverageCells';
import type { Gap } from '../../visibility/gap';
import type { CoverageFacts, HostTimes } from './coverageFacts';
import { findQuietHosts } from './quietHosts';

/** A kind that was silent for less is no matter of settings. */
const LEAST_SILENCE = MICROS_PER_HOUR;

/** What is missing on the hosts that are asked about, ranked; and the hosts that went quiet, by id. */
export type FleetFixes = {
  readonly ranked: readonly RankedFix[];
  readonly quiet: ReadonlyMap<number, number>;
};

/** Loads what is missing where, and ranks what would mend it. */
export async function rankFleetFixes(
  facts: CoverageFacts,
  times: ReadonlyMap<number, HostTimes>,
): Promise<FleetFixes> {
  const { hosts, stages, period } = facts;
  const ids = hosts.map(({ id }) => id);
  const [rows, blind, quietHosts] = await Promise.all([
    loadCoverageCells(
      ids,
      stages.map(({ stage }) => stage),
    ),
    sumBlindKinds(ids, [...new Set(stages.flatMap(({ needs }) => needs))], period.start, period.end),
    findQuietHosts(facts),
  ]);
  const cells = new Map(rows.map((row) => [`${row.hostId}/${row.stage}`, row]));
  const silences = new Map(blind.map(({ hostId, kind, micros }) => [`${hostId}/${kind}`, micros]));
  const quiet = new Map(quietHosts.map(({ host }) => [host.id, host.seenTo]));
  const dark = hosts.flatMap(({ id: hostId, seenTo }) => {
    const after = quietTime(seenTo, period);
    return stages.map(({ stage, weight, needs }): DarkCell => {
      const row = cells.get(`${hostId}/${stage}`);
      const gaps = row === undefined || row.state === 'visible' ? [] : row.gaps;
      const {
        visible,
        partial,
        blind: unseen,
      } = times.get(hostId)?.get(stage) ?? { ...NO_TIME, blind: after };
      return {
        hostId,
        stage,
        weight,
        blind: row?.state === 'blind',
        gaps,
        time: { visible, partial, blind: unseen - after },
        after,
        silent: needs.flatMap((kind) => {
          const micros = silences.get(`${hostId}/${kind}`) ?? 0;
          const never = gaps.some((gap) => gap.kind === 'kind' && gap.what === kind);
          return never || micros < LEAST_SILENCE ? [] : [{ gap: silentGap(kind), micros }];
        }),
        ...(quiet.has(hostId) && after > 0 ? { quiet: QUIET } : {}),
      };
    });
  });
  return { ranked: rankFixes(dark, fixId), quiet };
}

const QUIET: Gap = { kind: 'quiet', sentence: 'the host reports nothing any more' };

function silentGap(kind: string): Gap {
  return { kind: 'silent', what: kind, sentence: `${kind} events come, but not all the time` };
}

/** A setting to change, at one source of telemetry. */
export type SourceSetting = { readonly source: string; readonly where: string; readonly change: string };

/** What to set at which of the sources; a source that can only point to another's setting is left out beside that one. */
export function settingsFor(gap: Gap, sources: readonly string[]): readonly SourceSetting[] {
  const settings = sources.map((source) => {
    const { where, change } = fixFor(gap, source);
    return { source, where, change };
  });
  return settings.filter(
    (one) =>
      !settings.some((other) => other.change === one.change && one.where.startsWith(`${other.where}: `)),
  );
}

/** Cells of some hosts in one stage, by host. */
export async function loadCellsOf(
  hostIds: readonly number[],
  stage: string,
): Promise<ReadonlyMap<number, CoverageCellRow>> {
  return new Map((await loadCoverageCells(hostIds, [stage])).map((row) => [row.hostId, row]));
}
