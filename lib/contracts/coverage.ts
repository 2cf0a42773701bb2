import { z } from 'zod';
import { GAP_KINDS } from '../visibility/gap';
import { LEDGER_FACTS, type LedgerFact } from '../visibility/ledgerFacts';
import { eventKind, isoTime, severity, storableText } from './scalars';

export const coverageState = z.enum(['visible', 'partial', 'blind']);
export type CoverageState = z.infer<typeof coverageState>;

/** By what the hosts stand side by side: a person's groups, operating systems, sources of telemetry. */
export const COVERAGE_BY = ['group', 'os', 'source'] as const;
export type CoverageBy = (typeof COVERAGE_BY)[number];
/** `none` as a group or a system: hosts in no group, hosts of a system that nothing tells. */
const part = storableText.max(200).optional();

/**
 * Which hosts, stages and days. `from` and `to` are UTC days, both included; without them the 30 days up to the newest
 * event that any host has (one of a wrong clock, more than a day in the future, is none). A host counts from its first event on; after its last it counts as blind, until `to`.
 */
export const coverageQuery = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  by: z.enum(COVERAGE_BY).default('group'),
  group: part,
  os: part,
  source: part,
  analytic: part,
});
export type CoverageQuery = z.infer<typeof coverageQuery>;

/** Host-time in seconds by what could be seen, over hosts and days. Time in which a machine was off is in none. */
export const coverageTime = z.object({ visible: z.number(), partial: z.number(), blind: z.number() });
export type CoverageTime = z.infer<typeof coverageTime>;

export { addTime, allTime, mostOf, NO_TIME, visibleShare } from '../coverage/seenTime';

/** One stage on the hosts of one column. */
export const coverageCell = z.object({
  time: coverageTime,
  /** Hosts that count, and those of them whose stage was visible, partial or blind most of the time. */
  hosts: z.int(),
  visibleHosts: z.int(),
  partialHosts: z.int(),
  blindHosts: z.int(),
  /**
   * Hosts that see the stage most of the time and have a source in which a replayed attack proved it; in the column of
   * a source, or with the query's `source`, that source.
   */
  provenHosts: z.int(),
});
export type CoverageCell = z.infer<typeof coverageCell>;

/** By source, a column is the hosts that have the source, with all that is seen on them: a host is in several. */
export const coverageColumn = z.object({
  /** What the query's `group`, `os` or `source` takes; `none` for the rest. */
  key: z.string(),
  name: z.string(),
  hosts: z.int(),
});

/** A replay that matched the stage as labelled, the newest. */
export const stageProof = z.object({
  at: isoTime,
  runId: z.string(),
  recording: z.string(),
  source: z.string(),
  /** Whether it is less than 90 days old. */
  fresh: z.boolean(),
});

export const coverageRow = z.object({
  analytic: z.string(),
  analyticTitle: z.string(),
  /** `ANALYTIC/stage`. */
  stage: z.string(),
  title: z.string(),
  /** Whether a finding is partial without it. */
  required: z.boolean(),
  /** Most points it can give. */
  weight: z.int(),
  cells: z.array(coverageCell),
  total: coverageCell,
  /** Null while no replay proved it. */
  proof: stageProof.nullable(),
});

/** What each stage of each analytic could see, by column, with the numbers of the page's head. */
export const coverageView = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  /** The newest event of any host; null when there is none. */
  newest: isoTime.nullable(),
  by: z.enum(COVERAGE_BY),
  /** Hosts with events before the end that are expected to report and whose system is looked at. */
  hosts: z.int(),
  /** Left out: no longer expected to report, and silent since. */
  retired: z.int(),
  /** Not looked at since coverage is kept by day; running the analytics again brings them in. */
  unknown: z.int(),
  /** Hosts of other systems than Windows, which the stages are not looked for on: in no other number. */
  notLookedAt: z.int(),
  columns: z.array(coverageColumn),
  rows: z.array(coverageRow),
  total: coverageTime,
  /** The same length of time just before. */
  before: coverageTime,
  proven: z.object({ stages: z.int(), of: z.int(), lastAt: isoTime.nullable() }),
  /** 13 weeks up to the end, by the Monday they begin on, oldest first. */
  weeks: z.array(z.object({ week: z.iso.date(), time: coverageTime, hosts: z.int() })),
  /** Hosts that went quiet, the longest first; those after the first 100 are counted only. */
  quiet: z.array(
    z.object({
      host: z.string(),
      hostId: z.string(),
      since: isoTime,
      /** Its longest silence before, in hours. */
      usualHours: z.number(),
      sources: z.array(z.string()),
    }),
  ),
  quietTotal: z.int(),
});
export type CoverageView = z.infer<typeof coverageView>;

/** One thing that a stage lacks on a host: lib/coverage/gap.ts. */
export const gapView = z.object({
  kind: z.enum(GAP_KINDS),
  /** The event kind or field that is missing; null when it is neither. */
  what: z.string().nullable(),
  sentence: z.string(),
});

export const coverageHostsQuery = coverageQuery.extend({
  /** `ANALYTIC/stage`; without it all stages are added up. */
  stage: storableText.max(200).optional(),
  /** Only hosts that are so most of the time. */
  state: z.enum(['visible', 'partial', 'blind', 'proven']).optional(),
  /** Only hosts behind this item of the ranked fixes. */
  fix: storableText.max(200).optional(),
  q: storableText.max(200).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export const coverageHost = z.object({
  hostId: z.string(),
  host: z.string(),
  group: z.string().nullable(),
  os: z.string().nullable(),
  sources: z.array(z.string()),
  from: isoTime,
  to: isoTime,
  time: coverageTime,
  state: coverageState,
  proven: z.boolean(),
  /** One stage only: why it is not visible, what is missing and what to set. */
  why: z.string().nullable(),
  gaps: z.array(gapView),
  fix: z.string().nullable(),
});
export type CoverageHost = z.infer<typeof coverageHost>;
/** The darkest first. */
export const coverageHostList = z.object({
  items: z.array(coverageHost),
  total: z.int(),
  nextCursor: z.string().nullable(),
});
export type CoverageHostList = z.infer<typeof coverageHostList>;

export const coverageIntervalsQuery = coverageQuery
  .pick({ from: true, to: true })
  .extend({ host: storableText.min(1).max(400), stage: storableText.min(1).max(200) });
/** Stretches of time on one host in which a stage could not be seen, or only partly; in order, apart. */
export const coverageIntervals = z.object({
  items: z.array(
    z.object({
      from: isoTime,
      to: isoTime,
      state: z.enum(['partial', 'blind']),
      /** Null when it is not one kind of event that is missing. */
      kind: eventKind.nullable(),
      reason: z.string(),
    }),
  ),
});
export type CoverageIntervals = z.infer<typeof coverageIntervals>;

/** What would make stages visible, the most worthwhile first. */
export const coverageFix = z.object({
  id: z.string(),
  /** What to do: "Record command lines". */
  title: z.string(),
  kind: z.enum(GAP_KINDS),
  hosts: z.int(),
  /** Names of the first ones. */
  hostNames: z.array(z.string()),
  /** Cells (host × stage) that become visible by this alone, and other dark ones where something else is missing too. */
  cells: z.int(),
  helps: z.int(),
  /**
   * Points of the cells' stages times the hours they are not visible, shared where several things are missing: what the
   * order is by.
   */
  worth: z.number(),
  /** Undetermined verdicts, and open findings limited by blindness, on stages that this alone makes blind no longer. */
  verdicts: z.int(),
  findings: z.int(),
  stages: z.array(z.string()),
  /** The setting by source: where it is, and what to write there. */
  settings: z.array(z.object({ source: z.string(), where: z.string(), change: z.string() })),
});
export type CoverageFix = z.infer<typeof coverageFix>;
export const coverageFixes = z.object({ items: z.array(coverageFix) });

/**
 * Days of the ledger. Without any: of one host all that is stored, of all hosts the 30 days up to the newest event.
 * The ledger of one host is what it delivered, by channel and kind.
 */
export const ledgerQuery = coverageQuery.pick({ from: true, to: true });
const FACT_IDS = LEDGER_FACTS.map(({ id }) => id) as [LedgerFact, ...LedgerFact[]];
export const ledgerFact = z.enum(FACT_IDS);
export const ledgerKind = z.object({
  channel: z.string(),
  source: z.string(),
  kind: eventKind,
  events: z.int(),
  /** The hours of its first and last event. */
  first: isoTime,
  last: isoTime,
  /** Shares, 0 to 1. */
  filled: z.partialRecord(ledgerFact, z.number()),
  /** Per UTC day with events, oldest first. */
  days: z.array(z.object({ day: z.iso.date(), events: z.int(), hours: z.int() })),
});
export const hostLedger = z.object({
  hostId: z.string(),
  host: z.string(),
  kinds: z.array(ledgerKind),
  /** Something that came regularly and then did not, while the host recorded other things. */
  silences: z.array(
    z.object({ kind: eventKind, from: isoTime, to: isoTime, expected: z.number(), reason: z.string() }),
  ),
  /** Numbers of the log that no import brought. `held` is the share of all numbers between first and last that came. */
  holes: z.array(
    z.object({
      channel: z.string(),
      held: z.number(),
      missing: z.int(),
      largest: z.array(
        z.object({ fromId: z.int(), toId: z.int(), records: z.int(), from: isoTime, to: isoTime }),
      ),
    }),
  ),
  /** Logs cleared, audit policies changed, sensors stopped or set otherwise. */
  changes: z.array(
    z.object({
      at: isoTime,
      kind: eventKind,
      channel: z.string(),
      code: z.string(),
      what: z.string(),
      eventId: z.string(),
    }),
  ),
  /** Imports of the host that ended early, or exactly at a limit of what exported them. */
  truncations: z.array(
    z.object({
      importId: z.string(),
      name: z.string(),
      member: z.string(),
      records: z.int(),
      why: z.string(),
    }),
  ),
});
export type HostLedger = z.infer<typeof hostLedger>;

/** The ledger of all hosts, a line per host and source. */
export const fleetLedger = z.object({
  items: z.array(
    z.object({
      hostId: z.string(),
      host: z.string(),
      source: z.string(),
      kinds: z.array(eventKind),
      events: z.int(),
      first: isoTime,
      last: isoTime,
      filled: z.partialRecord(ledgerFact, z.number()),
      /** Share of network events (connections and DNS) that name their process; null where there are none. */
      networkWithProcess: z.number().nullable(),
    }),
  ),
});
export type FleetLedger = z.infer<typeof fleetLedger>;

export const fleetGroup = z.object({
  name: storableText.trim().min(1).max(80),
  /** Of host names, `*` and `?` stand for others; case does not matter. */
  patterns: z.array(storableText.trim().min(1).max(200)).min(1).max(100),
});
/** Groups in order: a host belongs to the first that fits. `revision` changes with every change. */
export const fleetGroups = z.object({
  items: z.array(fleetGroup.extend({ hosts: z.int(), by: z.string(), at: isoTime })),
  /** Hosts in no group. */
  rest: z.int(),
  revision: z.string(),
});
export type FleetGroups = z.infer<typeof fleetGroups>;
export const fleetGroupsBody = z.object({
  items: z
    .array(fleetGroup)
    .max(100)
    .refine(
      (items) => new Set(items.map(({ name }) => name.toLowerCase())).size === items.length,
      'two groups have the same name',
    ),
  revision: z.string().max(100),
});

/** Whether a host is still expected to report. One that reports after it was retired counts again. */
export const retirementBody = z.object({
  retired: z.boolean(),
  reason: storableText.trim().max(500).default(''),
});

/** Hosts that a person said are no longer expected to report; one that `reporting` says did so after that counts again. */
export const hostRetirements = z.object({
  items: z.array(
    z.object({
      /** Null when no record names it any more. */
      hostId: z.string().nullable(),
      /** The name it was said of. */
      host: z.string(),
      reason: z.string(),
      by: z.string(),
      at: isoTime,
      reporting: z.boolean(),
    }),
  ),
});
export type HostRetirements = z.infer<typeof hostRetirements>;

/** Everything of the page as a table; `csv` or `json`. */
export const COVERAGE_TABLES = [
  'matrix',
  'weeks',
  'fixes',
  'hosts',
  'ledger',
  'metrics',
  'quiet',
  /** Of the newest run over all recordings, whatever the period: its cases, and what each source is worth to it. */
  'validation',
  'ablation',
] as const;
export const coverageExportQuery = coverageQuery.extend({
  table: z.enum(COVERAGE_TABLES),
  format: z.enum(['csv', 'json']).default('csv'),
  /** Of findings: narrows the table `metrics` alone. */
  severity: severity.optional(),
});
