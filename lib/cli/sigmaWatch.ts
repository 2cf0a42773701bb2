import { cutText } from '../base/cutText';
import type { Digest } from '../base/digest';
import type { Micros } from '../base/time';
import type { EventKind } from '../events/endpointEvent';
import type { NormalisedRecord, PlacedEvent, RecordPlace } from '../events/record';
import { fieldsForCorrelations } from '../sigma/correlation/correlationHit';
import { createEngine } from '../sigma/engine/engine';
import type { HostHit, HostSigma, MatchedPart, RuleMatch } from '../sigma/hit';
import type { SigmaRecord } from '../sigma/record';
import type { SigmaRule } from '../sigma/rule';
import { createFieldWatch, type WatchedSource } from '../sigma/sources/fieldWatch';
import { fieldsOf, type HitFacts, hitFacts, recordKey } from '../sigma/sources/hitFacts';
import { sigmaRecordOf } from '../sigma/sources/sigmaRecord';
import type { OnRecord } from './readFiles';
import type { SigmaRules } from './sigmaRules';

/** Hits of one rule that are shown; all are counted. */
export const SHOWN_PER_RULE = 1000;
/** Hits that are kept for scores and correlations, over all rules. */
const HITS_MAX = 500_000;
/** Longest text of a matched part, in UTF-16 units. */
const PART_LENGTH = 1000;

/** A hit as it is shown. */
export type ShownHit = Pick<HitFacts, 'entityId' | 'pid' | 'image' | 'commandLine' | 'user'> & {
  readonly eventId: string;
  /** As recorded. */
  readonly host: string;
  readonly time: Micros;
  readonly source: string;
  readonly kind: EventKind | undefined;
  readonly place: RecordPlace;
  readonly matched: readonly MatchedPart[];
};

/** A hit in short. */
export type SeenHit = {
  readonly hit: HostHit;
  /** As recorded. */
  readonly host: string;
  /** Of a rule that a correlation names: what it may be called by as well, and the fields that are looked at. */
  readonly correlated?: {
    readonly name: string | undefined;
    readonly fields: Readonly<Record<string, string>>;
  };
};

/** A rule with hits. */
export type RuleHits = {
  readonly rule: SigmaRule;
  readonly hits: number;
  /** The first of them in order of time. */
  readonly shown: readonly ShownHit[];
};

/** Rules tried on every record of files as they are read, and what came of it. */
export type SigmaWatch = {
  readonly given: SigmaRules;
  readonly take: OnRecord;
  /** Classes of records and fields that came, by host as recorded. */
  readonly sources: () => readonly WatchedSource[];
  /** Names of hosts as recorded. */
  readonly names: () => ReadonlySet<string>;
  /** Hits of a host, as analytics see them; `hostOf` gives the host of a name. */
  readonly byHost: (hostOf: (name: string) => string) => (host: string) => HostSigma;
  readonly byRule: () => readonly RuleHits[];
  readonly seen: readonly SeenHit[];
  /** What was left out, in sentences. */
  readonly problems: () => readonly string[];
};

/** Tries rules on records. Memory is bounded: the first 1,000 hits of a rule in order of time, all others in short. */
export function createSigmaWatch(given: SigmaRules, digest: Digest): SigmaWatch {
  const engine = createEngine(given.runs);
  const fields = createFieldWatch(given.runs);
  const wanted = fieldsForCorrelations(given.correlations);
  const tallies = new Map<SigmaRule, Tally>();
  const seen: SeenHit[] = [];
  let lost = 0;

  const takeHits = (matches: readonly RuleMatch[], of: Subject): void => {
    for (const match of matches) {
      if (seen.length >= HITS_MAX) {
        lost++;
        continue;
      }
      const { rule } = match;
      const tally = tallies.get(rule) ?? createTally();
      tallies.set(rule, tally);
      if (!tally.take(match, of)) continue;
      const references = rule.name === undefined ? [rule.id] : [rule.id, rule.name];
      const asked = references.flatMap((reference) => wanted.get(reference) ?? []);
      const named = references.some((reference) => wanted.has(reference));
      seen.push({
        hit: hostHit(rule, of),
        host: of.host,
        ...(named ? { correlated: { name: rule.name, fields: fieldsOf(of.record, asked) } } : {}),
      });
    }
  };

  return {
    given,
    seen,
    sources: fields.seen,
    names: () => new Set([...fields.seen(), ...seen].map(({ host }) => host)),
    take: (outcome, place, event) => {
      const record = sigmaRecordOf(outcome);
      if (record === undefined) return;
      const matches = engine.match(record);
      fields.see(record);
      if (matches.length > 0) takeHits(matches, subjectOf(record, { outcome, place, event }, digest));
    },
    byHost: (canonicalOf) => hitsByHost(seen, canonicalOf, new Set(given.rules.map(({ id }) => id))),
    byRule: () => [...tallies].map(([rule, tally]) => ({ rule, hits: tally.hits(), shown: tally.shown() })),
    problems: () =>
      lost === 0 ? [] : [`more than ${HITS_MAX} Sigma hits: ${lost} are neither counted nor shown`],
  };
}

/** A record with hits, and what hits say of it. */
type Subject = {
  readonly record: SigmaRecord;
  readonly facts: HitFacts;
  readonly eventId: string;
  readonly host: string;
  readonly time: Micros;
  readonly kind: EventKind | undefined;
  readonly place: RecordPlace;
};

function subjectOf(
  record: SigmaRecord,
  of: {
    readonly outcome: NormalisedRecord;
    readonly place: RecordPlace;
    readonly event: PlacedEvent | undefined;
  },
  digest: Digest,
): Subject {
  const { outcome, place, event } = of;
  const facts = hitFacts(record);
  return {
    record,
    facts,
    place,
    host: facts.host,
    eventId: event?.id ?? recordKey(outcome, digest),
    time: event?.time ?? facts.time,
    kind: event?.kind,
  };
}

function hostHit(rule: SigmaRule, { eventId, time, facts, kind }: Subject): HostHit {
  return {
    ruleId: rule.id,
    title: rule.title,
    level: rule.level,
    eventId,
    time,
    ...(facts.entityId === undefined ? {} : { entityId: facts.entityId }),
    ...(kind === undefined ? { noEvent: true } : {}),
  };
}

type Tally = {
  /** False for a record that was taken already. */
  readonly take: (match: RuleMatch, of: Subject) => boolean;
  readonly hits: () => number;
  readonly shown: () => readonly ShownHit[];
};

/** Counts one rule's hits and keeps the first of them in order of time, whatever order they come in. */
function createTally(): Tally {
  const ids = new Set<string>();
  let kept: ShownHit[] = [];
  /** The last of those kept, once there are as many as are shown: what comes after it needs no explanation. */
  let last: ShownHit | undefined;
  const settle = (): void => {
    kept.sort(inTime);
    kept = kept.slice(0, SHOWN_PER_RULE);
    if (kept.length === SHOWN_PER_RULE) last = kept.at(-1);
  };
  return {
    take: (match, of) => {
      if (ids.has(of.eventId)) return false;
      ids.add(of.eventId);
      if (last !== undefined && inTime(last, of) < 0) return true;
      kept.push(shownHit(match, of));
      if (kept.length >= 2 * SHOWN_PER_RULE) settle();
      return true;
    },
    hits: () => ids.size,
    shown: () => {
      settle();
      return kept;
    },
  };
}

function shownHit(match: RuleMatch, { facts, record, ...of }: Subject): ShownHit {
  const { eventId, host, time, kind, place } = of;
  const { entityId, pid, image, commandLine, user } = facts;
  return {
    eventId,
    host,
    time,
    kind,
    place,
    source: record.source.title,
    ...(entityId === undefined ? {} : { entityId }),
    ...(pid === undefined ? {} : { pid }),
    ...(image === undefined ? {} : { image }),
    ...(commandLine === undefined ? {} : { commandLine }),
    ...(user === undefined ? {} : { user }),
    matched: match.explain().map((part) => ({
      ...part,
      expected: cutText(part.expected, PART_LENGTH),
      value: cutText(part.value, PART_LENGTH),
    })),
  };
}

/** In order of time, then of the record, so that the order of files changes nothing. */
function inTime(
  a: { readonly time: number; readonly eventId: string },
  b: { readonly time: number; readonly eventId: string },
): number {
  return a.time - b.time || (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0);
}

function hitsByHost(
  seen: readonly SeenHit[],
  canonicalOf: (name: string) => string,
  enabled: ReadonlySet<string>,
): (host: string) => HostSigma {
  const hosts = new Map<string, HostHit[]>();
  for (const { hit, host } of seen) {
    const canonical = canonicalOf(host);
    const hits = hosts.get(canonical);
    if (hits === undefined) hosts.set(canonical, [hit]);
    else hits.push(hit);
  }
  for (const hits of hosts.values()) hits.sort((a, b) => inTime(a, b) || (a.ruleId < b.ruleId ? -1 : 1));
  return (host) => ({ enabled, hits: hosts.get(host) ?? [] });
}
