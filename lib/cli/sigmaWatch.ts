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
import { createFirstHits } from './firstHits';
import type { OnRecord } from './readFiles';
import { sigmaByHost } from './sigmaByHost';
import type { SigmaRules } from './sigmaRules';

/** Hits of one rule that are shown, and of all rules together; all are counted. */
export const SHOWN_PER_RULE = 1000;
export const SHOWN = 20_000;
/** Hits that are kept for scores and correlations, over all rules and hosts. */
const HITS_MAX = 500_000;
/** Records of hits that are known again, over all rules, and those that each rule has room for whatever others have. */
const KNOWN_MAX = 2_000_000;
const KNOWN_LEAST = 1_000;
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
export type SeenHit = HostHit & {
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
  /** All of them. */
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
  /**
   * Hits of a host, as analytics see them; `hostOf` gives the host of a name. Which rules cannot be decided on it is
   * found out only with `judged`: it takes a while.
   */
  readonly byHost: (hostOf: (name: string) => string, judged: boolean) => (host: string) => HostSigma;
  readonly byRule: () => readonly RuleHits[];
  /** Of every rule and host the first in order of time, as many as there is room for. */
  readonly seen: () => readonly SeenHit[];
  /** What was left out, in sentences. */
  readonly problems: () => readonly string[];
};

/**
 * Tries rules on records. All hits are counted; memory is bounded: of each rule the first 1,000 in order of time are
 * kept whole, and of all others in short as many as there is room for, the same number of each rule and host.
 */
export function createSigmaWatch(given: SigmaRules, digest: Digest): SigmaWatch {
  const engine = createEngine(given.runs);
  const fields = createFieldWatch(given.runs);
  const wanted = fieldsForCorrelations(given.correlations);
  const counter = createCounter();
  const shown = createFirstHits<ShownHit>({ each: SHOWN_PER_RULE, all: SHOWN });
  const seen = createFirstHits<SeenHit>({ each: HITS_MAX, all: HITS_MAX });
  const takeHit = (match: RuleMatch, of: Subject): void => {
    const { rule } = match;
    if (!counter.count(rule, of.eventId)) return;
    shown.take(rule.id, of, () => shownHit(match, of));
    seen.take(`${rule.id}\n${of.host}`, of, () => seenHit(rule, of, wanted));
  };
  return {
    given,
    seen: seen.all,
    sources: fields.seen,
    names: () => new Set([...fields.seen(), ...seen.all()].map(({ host }) => host)),
    take: (outcome, place, event) => {
      const record = sigmaRecordOf(outcome);
      if (record === undefined) return;
      const matches = engine.match(record);
      fields.see(record);
      if (matches.length === 0) return;
      fields.hit(record);
      const subject = subjectOf(record, { outcome, place, event }, digest);
      for (const match of matches) takeHit(match, subject);
    },
    byHost: (hostOf, judged) =>
      sigmaByHost(given.runs, seen.all(), { hostOf, sources: judged ? fields.seen() : [], judged }),
    byRule: () => counter.counts().map(([rule, hits]) => ({ rule, hits, shown: shown.of(rule.id) })),
    problems: () => [
      ...(seen.lost() === 0
        ? []
        : [
            `more than ${HITS_MAX} Sigma hits: ${seen.lost()}, the last ones of the rules and hosts with the most, are counted but raise no score and are not correlated`,
          ]),
      ...(counter.unknown() === 0
        ? []
        : [
            `${counter.unknown()} Sigma hits were counted without knowing whether their record is there twice`,
          ]),
    ],
  };
}

type Counter = {
  /** False for a record that was counted already. */
  readonly count: (rule: SigmaRule, eventId: string) => boolean;
  readonly counts: () => readonly (readonly [SigmaRule, number])[];
  /** Hits that may be those of a record that was counted already: there was no room to know. */
  readonly unknown: () => number;
};

/** Counts hits by rule, each record once. */
function createCounter(): Counter {
  const rules = new Map<SigmaRule, { readonly ids: Set<string>; more: number }>();
  let known = 0;
  let unknown = 0;
  return {
    count: (rule, eventId) => {
      const own = rules.get(rule) ?? { ids: new Set(), more: 0 };
      rules.set(rule, own);
      if (own.ids.has(eventId)) return false;
      if (own.ids.size < KNOWN_LEAST || known < KNOWN_MAX) {
        own.ids.add(eventId);
        known++;
      } else {
        own.more++;
        unknown++;
      }
      return true;
    },
    counts: () => [...rules].map(([rule, { ids, more }]) => [rule, ids.size + more]),
    unknown: () => unknown,
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

function seenHit(
  rule: SigmaRule,
  { eventId, time, host, facts, kind, record }: Subject,
  wanted: ReadonlyMap<string, readonly string[]>,
): SeenHit {
  const references = rule.name === undefined ? [rule.id] : [rule.id, rule.name];
  const asked = references.flatMap((reference) => wanted.get(reference) ?? []);
  const named = references.some((reference) => wanted.has(reference));
  return {
    ruleId: rule.id,
    title: rule.title,
    level: rule.level,
    eventId,
    time,
    host,
    ...(facts.entityId === undefined ? {} : { entityId: facts.entityId }),
    ...(kind === undefined ? { noEvent: true } : {}),
    ...(named ? { correlated: { name: rule.name, fields: fieldsOf(record, asked) } } : {}),
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
