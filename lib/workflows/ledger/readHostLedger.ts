import { MICROS_PER_DAY } from '../../base/time';
import type { HostLedger } from '../../contracts/coverage';
import type { EventKind } from '../../events/endpointEvent';
import { channelNames } from '../../storage/channels';
import { type FoundEvent, findEvents } from '../../storage/events';
import { canonicalHosts, memberIds } from '../../storage/hosts';
import { type Days, type LedgerDay, loadLedgerDays } from '../../storage/ledger/ledgerDays';
import { loadRecordRuns } from '../../storage/ledger/recordRuns';
import { loadEndedMembers } from '../../storage/ledger/truncations';
import { exportLimit, LIMIT_COUNTS } from '../../visibility/exportLimits';
import { holesOf } from '../../visibility/holes';
import { hostOrRefuse } from '../readLineage';
import { kindsOfDays } from './ledgerKinds';
import { silencesOfDays } from './ledgerSilences';
import { changeText, dayNumber, isoText } from './ledgerText';

const CHANGES = 200;
const TRUNCATIONS = 200;

const OF_CHANGES: readonly EventKind[] = ['log_clear', 'sensor_change'];

/**
 * The visibility ledger of a host under all its names, in whole UTC days, both included; without a period all that is
 * stored. Truncated exports are told whatever the period. Throws `not_found`.
 */
export async function readHostLedger(
  host: string,
  query: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<HostLedger> {
  const id = await hostOrRefuse(host);
  const asked = daysOf(query);
  const [hostIds, names] = await Promise.all([memberIds(id), canonicalHosts([id])]);
  const all = await loadLedgerDays(hostIds);
  const days = all.filter(({ day }) => day >= (asked.from ?? day) && day <= (asked.to ?? day));
  const [channel, holes, changes, truncations] = await Promise.all([
    channelNames(days.map(({ channelId }) => channelId)),
    readHoles(hostIds, asked),
    readChanges(hostIds, days),
    readTruncations(hostIds),
  ]);
  return {
    hostId: String(id),
    host: names.get(id)?.name ?? host,
    kinds: [...kindsOfDays(days, channel)],
    silences: silencesOfDays(all, asked),
    holes,
    changes,
    truncations,
  };
}

function daysOf(query: { readonly from?: string | undefined; readonly to?: string | undefined }): Days {
  const [from, to] = [dayNumber(query.from), dayNumber(query.to)];
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

async function readHoles(hostIds: readonly number[], { from, to }: Days): Promise<HostLedger['holes']> {
  const runs = await loadRecordRuns(hostIds, {
    ...(from === undefined ? {} : { from: from * MICROS_PER_DAY }),
    ...(to === undefined ? {} : { to: (to + 1) * MICROS_PER_DAY }),
  });
  const channel = await channelNames(runs.keys());
  return [...runs]
    .flatMap(([channelId, ofChannel]) => {
      const holes = holesOf(ofChannel);
      if (holes === undefined) return [];
      const largest = holes.largest.map((hole) => ({
        ...hole,
        from: isoText(hole.from),
        to: isoText(hole.to),
      }));
      return [{ channel: channel(channelId), ...holes, largest }];
    })
    .sort((a, b) => b.missing - a.missing || (a.channel < b.channel ? -1 : 1));
}

/** The newest records that say a source was changed, in order of time; only days on which there are some are searched. */
async function readChanges(
  hostIds: readonly number[],
  days: readonly LedgerDay[],
): Promise<HostLedger['changes']> {
  const found: FoundEvent[] = [];
  for (const { first, last } of stretches(days)) {
    const events = await findEvents(
      {
        hostIds,
        kinds: OF_CHANGES,
        from: first * MICROS_PER_DAY,
        to: (last + 1) * MICROS_PER_DAY - 1,
      },
      { limit: CHANGES - found.length, newestFirst: true },
    );
    found.push(...events);
    if (found.length >= CHANGES) break;
  }
  return found
    .map(({ event }) => ({
      at: isoText(event.time),
      kind: event.kind,
      channel: event.channel,
      code: event.code,
      what: changeText(event),
      eventId: event.id,
    }))
    .reverse();
}

/** Days on which a source was changed, those that follow one another together; newest first. */
function stretches(days: readonly LedgerDay[]): readonly { readonly first: number; readonly last: number }[] {
  const changed = new Set(days.filter(({ kind }) => OF_CHANGES.includes(kind)).map(({ day }) => day));
  const found: { first: number; last: number }[] = [];
  for (const day of [...changed].sort((a, b) => b - a)) {
    const next = found.at(-1);
    if (next?.first === day + 1) next.first = day;
    else found.push({ first: day, last: day });
  }
  return found;
}

async function readTruncations(hostIds: readonly number[]): Promise<HostLedger['truncations']> {
  const members = await loadEndedMembers(hostIds, LIMIT_COUNTS, TRUNCATIONS);
  return members.flatMap(({ importId, importName, member, format, records, problem, cut }) => {
    const why =
      problem ??
      (cut ? 'its last record is not whole: the file was probably cut off' : exportLimit(format, records));
    return why === undefined ? [] : [{ importId: String(importId), name: importName, member, records, why }];
  });
}
