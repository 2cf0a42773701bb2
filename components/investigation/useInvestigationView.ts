import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';
import { FOREST_PAGE } from '@/components/shared/lineage/useLineage';
import { createPreference } from '@/components/shared/preference';

export const EVIDENCE_TABS = ['why', 'event', 'telemetry', 'similar', 'runbook', 'activity'] as const;
export type EvidenceTab = (typeof EVIDENCE_TABS)[number];

const LANES = ['stage', 'process', 'kind', 'table'] as const;

/** How this reader likes the screen; a link says otherwise only where it names it. */
export const lanesPreference = createPreference('investigation.lanes', LANES, 'stage');
export const arrangementPreference = createPreference(
  'investigation.arrangement',
  ['stacked', 'side'],
  'stacked',
);
export const silencePreference = createPreference('investigation.silence', ['kept', 'shortened'], 'kept');
export const clockPreference = createPreference('investigation.times', ['relative', 'clock'], 'relative');

const PARSERS = {
  sel: parseAsString,
  tab: parseAsStringLiteral(EVIDENCE_TABS).withDefault('why'),
  lineage: parseAsStringLiteral(['graph', 'table'] as const).withDefault('graph'),
  lanes: parseAsStringLiteral(LANES),
  expand: parseAsArrayOf(parseAsString).withDefault([]),
  fold: parseAsArrayOf(parseAsString).withDefault([]),
  /** What of the lineage is open beside single processes: only the path, or the whole forest of the host. */
  open: parseAsStringLiteral(['path', 'all'] as const).withDefault('path'),
  /** Where the lineage is looked at: centre and scale, see components/shared/lineage/viewport.ts. */
  at: parseAsString,
  /** Processes of the whole forest that may be sent when all of it is open. */
  most: parseAsInteger.withDefault(FOREST_PAGE),
  /** The time window, in microseconds since 1970: from, to. */
  window: parseAsArrayOf(parseAsInteger, '-'),
  /** Of the sequence, only what an analyst flagged. */
  flagged: parseAsBoolean.withDefault(false),
  /** The filters of the queue this was opened from. */
  queue: parseAsString.withDefault(''),
};

/** Everything a link to this view carries. Changes replace the address: Back leaves the finding, not the last click. */
export function useInvestigationView() {
  return useQueryStates(PARSERS, { history: 'replace', throttleMs: 120 });
}
export type InvestigationView = ReturnType<typeof useInvestigationView>[0];
