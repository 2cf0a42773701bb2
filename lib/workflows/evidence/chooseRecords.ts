import type { Catalogue } from '../../analytics/catalogue';
import { type HistoryFacts, NO_FACTS } from '../../analytics/history/history';
import { prepareHost } from '../../correlate/correlate';
import { kindsNeeded } from '../../correlate/kindsNeeded';
import type { EventId } from '../../events/endpointEvent';
import { createIdentifier } from '../../events/identify';
import type { Finding } from '../../findings/finding';
import { SIGMA_SCORE } from '../../findings/sigmaReasons';
import type { ExportFormat } from '../../formats/exportFormat';
import { type HostHit, type HostSigma, NO_SIGMA } from '../../sigma/hit';
import { withConnection } from '../../storage/client';
import type { EvidencePlace } from '../../storage/evidenceEvents';
import { loadHistory } from '../../storage/history';
import { type HostGroup, loadHostGroup } from '../../storage/hosts';
import { judgeByHistory } from '../judgeByHistory';
import { nodeDigest } from '../nodeDigest';
import { readHostSigma } from '../sigma/readHostSigma';
import {
  type Chosen,
  chooseAlerted,
  chooseAround,
  chooseCited,
  chooseHost,
  HOST_EVENTS_MAX,
  PROCESS_EVENTS_MAX,
  type Why,
} from './chosenEvents';
import type { Headings } from './memberHeadings';
import { type Reread, type RereadEvents, rereadEvents } from './rereadEvents';

/** A record of the pack, and how it is read alone. */
export type ChosenRecord = {
  readonly place: EvidencePlace;
  readonly why: Why;
  /** The machine it happened on. */
  readonly machine: string;
  readonly rereads: boolean;
  /** Whether it is read under its member's heading. */
  readonly underHeading: boolean;
};

/** The records of one machine's findings, and what came out of them. */
export type ChosenMachine = {
  readonly group: HostGroup;
  readonly records: readonly ChosenRecord[];
  /** Ids of the findings that came out of the records again. */
  readonly recomputed: ReadonlySet<string>;
  readonly history: HistoryFacts;
  /** What Sigma's rules hit of what the findings are judged by; NO_SIGMA where none is switched on. */
  readonly sigma: HostSigma;
  /** What was left out, in sentences. */
  readonly bounds: readonly string[];
};

type Basis = {
  readonly catalogue: Catalogue;
  readonly formats: readonly ExportFormat[];
  /** Filled as members are met whose records need them. */
  readonly headings: Headings;
};

/** What one try came to. */
type Attempt = {
  readonly chosen: Chosen;
  readonly found: ReadonlyMap<string, Finding>;
  readonly history: HistoryFacts;
  readonly sigma: HostSigma;
};

/** What of one machine a pack is of. */
export type Wanted = {
  readonly findings: readonly Finding[];
  /** Events that are the evidence of alerts: their records are in the pack, and nothing is to come out of them. */
  readonly alerted: readonly string[];
};

/**
 * Chooses the records that a machine's findings need, by trying: what they cite; what happened around them; all of the
 * host; with the records of alerts in each. The first try from whose records, read again alone, all findings come out as they are is taken; else the first
 * in which their ids do. So whoever checks the pack later computes what was computed here. Undefined for a host that
 * is no longer one of its own. Memory is that of the records' events, at most 20,000 of the host.
 */
export async function chooseRecords(
  hostId: number,
  { findings, alerted }: Wanted,
  basis: Basis,
): Promise<ChosenMachine | undefined> {
  const group = await loadHostGroup(hostId);
  if (group === undefined) return undefined;
  const kinds = kindsNeeded(basis.catalogue);
  const chosen: Chosen = new Map();
  const read: RereadEvents = new Map();
  const bounds: string[] = [];
  for (const finding of findings) {
    const { cut } = await chooseCited(chosen, group, finding);
    if (cut)
      bounds.push(
        `Of the other events of the processes of finding ${finding.id}, the first ${PROCESS_EVENTS_MAX} within an hour of it are in the pack.`,
      );
  }
  await chooseAlerted(chosen, group, alerted);
  const hostIds = group.members.map(({ id }) => id);
  const all = await withConnection((connection) => readHostSigma(connection, hostIds, [basis.catalogue]));
  const sigmaOf = (of: Chosen): HostSigma => sigmaNear(all, findings, of);
  const widen = [
    () => chooseAround(chosen, group, findings, kinds).then(() => true),
    () => chooseHost(chosen, group, kinds),
  ];
  let attempt = await attemptWith(new Map(chosen), group, read, sigmaOf(chosen), basis);
  let taken = attempt;
  for (const more of widen) {
    if (findings.every((finding) => isSame(finding, attempt.found.get(finding.id)))) break;
    if (!(await more())) {
      bounds.push(
        `Not all of ${group.name} is in the pack: it has more than ${HOST_EVENTS_MAX} events of the kinds that matter.`,
      );
      break;
    }
    attempt = await attemptWith(new Map(chosen), group, read, sigmaOf(chosen), basis);
    if (isBetter(attempt, taken, findings)) taken = attempt;
  }
  return {
    group,
    records: [...taken.chosen].flatMap(([id, { why }]) => toRecord(read.get(id), why, group.name)),
    recomputed: new Set(findings.map(({ id }) => id).filter((id) => taken.found.has(id))),
    history: taken.history,
    sigma: taken.sigma,
    bounds,
  };
}

async function attemptWith(
  chosen: Chosen,
  group: HostGroup,
  read: RereadEvents,
  sigma: HostSigma,
  { catalogue, formats, headings }: Basis,
): Promise<Attempt> {
  const fresh = [...chosen.values()].flatMap(({ key }) => (read.has(key.id) ? [] : [key]));
  await rereadEvents(read, fresh, formats, headings);
  const identify = createIdentifier(nodeDigest);
  const events = [...chosen.keys()].flatMap((id) => {
    const draft = read.get(id)?.draft;
    return draft === undefined ? [] : [identify(draft)];
  });
  const prepared = prepareHost({
    host: group.name,
    events,
    catalogue,
    digest: nodeDigest,
    asReported: new Set(group.asReported),
    sigma,
  });
  let history = NO_FACTS;
  const { findings } = await judgeByHistory(prepared, async (lookups) => {
    history = await loadHistory(lookups);
    return history;
  });
  return { chosen, history, sigma, found: new Map(findings.map((finding) => [finding.id, finding])) };
}

/** Hits of one machine in a pack; those on its records come first, then the worst. */
const HITS_MAX = 20_000;

/** The hits that findings can be judged by: on events that are in the pack, and within reach of the findings' times. */
function sigmaNear(all: HostSigma, findings: readonly Finding[], chosen: Chosen): HostSigma {
  if (all === NO_SIGMA) return all;
  const isChosen = ({ eventId }: HostHit): boolean => chosen.has(eventId as EventId);
  const near = all.hits.filter(
    (hit) =>
      isChosen(hit) ||
      findings.some(
        ({ from, to }) => hit.time >= from - SIGMA_SCORE.around && hit.time <= to + SIGMA_SCORE.around,
      ),
  );
  if (near.length > HITS_MAX)
    near.sort(
      (a, b) =>
        Number(isChosen(b)) - Number(isChosen(a)) ||
        SIGMA_SCORE.points[b.level] - SIGMA_SCORE.points[a.level] ||
        a.time - b.time,
    );
  return { ...all, hits: near.slice(0, HITS_MAX) };
}

function isSame(finding: Finding, found: Finding | undefined): boolean {
  return found?.status === finding.status && found.score === finding.score;
}

/** More findings come out as they are, or as many and more of their ids: a larger pack must be worth it. */
function isBetter(attempt: Attempt, taken: Attempt, findings: readonly Finding[]): boolean {
  const worth = ({ found }: Attempt): number =>
    findings.reduce((sum, finding) => {
      const again = found.get(finding.id);
      return sum + (again === undefined ? 0 : again.status === finding.status ? 2 : 1);
    }, 0);
  return worth(attempt) > worth(taken);
}

function toRecord(read: Reread | undefined, why: Why, machine: string): readonly ChosenRecord[] {
  if (read === undefined) return [];
  const { place, draft, underHeading } = read;
  return [{ place, why, machine, rereads: draft !== undefined, underHeading }];
}
