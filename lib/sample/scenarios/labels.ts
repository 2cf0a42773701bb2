import type { EventKind } from '../../events/endpointEvent';
import type { AnalyticId } from '../truth';
import type { Happened, LookAlikeTruth, StoryTruth } from './labelledScenario';
import type { Source } from './sources';

type State = 'matched' | 'absent' | 'blind';
export type Verdict = 'complete' | 'partial' | 'none';

/** One entry of a LABELS.json: what must be found in a recording, and what must not. */
export type RecordingLabel = {
  readonly file: string;
  readonly title: string;
  readonly format: string;
  readonly host: string;
  readonly expect: readonly ExpectedFinding[];
  readonly none_for: readonly AnalyticId[];
  readonly why_none?: string;
  readonly tags: readonly string[];
  readonly records: number;
};

export type ExpectedFinding = {
  readonly analytic: AnalyticId;
  readonly verdict: Verdict;
  readonly acceptable_verdicts: readonly Verdict[];
  /** The highest severity a tolerated finding may have. */
  readonly max_severity?: 'informational' | 'low' | 'medium' | 'high';
  readonly trigger?: { readonly image: string; readonly pid: number };
  readonly stages: readonly ExpectedStage[];
};

export type ExpectedStage = {
  readonly stage: string;
  readonly state: State;
  /** Texts that the record of a matched stage holds. */
  readonly match_all: readonly string[];
};

/**
 * What each stage of the analytics is seen by, and what completes a chain. Written from ANALYTICS B.7 to B.9, not
 * read from the definitions: a label that asks the definition what to expect can never disagree with it.
 */
const ANALYTICS: Readonly<
  Record<
    AnalyticId,
    {
      /** Kinds that must all be recorded before a stage can be called absent. */
      readonly seenBy: Readonly<Record<string, readonly EventKind[]>>;
      readonly all: readonly string[];
      readonly anyOf: readonly string[];
    }
  >
> = {
  AN1407: {
    seenBy: {
      svg_arrival: ['file_create'],
      svg_open: ['process_start'],
      // What a page delivered is tied by its mark: unseen marks leave the stage open.
      script_engine: ['process_start', 'file_stream'],
      callback: ['network_connect', 'dns_query'],
      credential_collection: ['file_access', 'script_block', 'process_start', 'dns_query'],
    },
    all: ['svg_arrival'],
    anyOf: ['script_engine', 'callback', 'credential_collection'],
  },
  AN1314: {
    seenBy: {
      user_app: ['process_start'],
      file_arrival: ['file_create'],
      spawn: ['process_start'],
      egress: ['network_connect', 'dns_query'],
    },
    all: ['user_app', 'file_arrival', 'spawn', 'egress'],
    anyOf: [],
  },
  AN1397: {
    seenBy: {
      execution: ['process_start'],
      file_write: ['file_create'],
      network: ['network_connect', 'dns_query'],
      child_process: ['process_start'],
    },
    all: ['execution'],
    anyOf: ['file_write', 'network', 'child_process'],
  },
};

/** What must be found of one analytic when `source` recorded the story; undefined when it must not be found. */
export function expectedFrom(truth: StoryTruth, source: Source): ExpectedFinding | undefined {
  const { seenBy } = ANALYTICS[truth.analytic];
  const hidden = truth.renamed === true && !source.originalNames;
  const stages: ExpectedStage[] = [];
  const seen = new Set<string>();
  const open = new Set<string>();
  for (const [stage, happened] of Object.entries(truth.happened)) {
    const state = hidden ? undefined : stateOf(happened, seenBy[stage], source);
    if (state === undefined) open.add(stage);
    else stages.push({ stage, state, match_all: state === 'matched' ? happened.evidence : [] });
    if (state === 'matched') seen.add(stage);
  }
  if (Object.keys(truth.happened).length === 0) return undefined;
  for (const stage of truth.absent ?? []) {
    const kinds = seenBy[stage];
    if (hidden || kinds === undefined) continue;
    stages.push({ stage, state: showsAll(source, kinds) ? 'absent' : 'blind', match_all: [] });
  }
  const verdicts = verdictsOf(truth, seen, open, hidden, source);
  const { trigger } = truth;
  const triggered = stages.some(
    ({ match_all }) => trigger !== undefined && match_all.includes(trigger.commandLine),
  );
  return {
    analytic: truth.analytic,
    verdict: verdicts[0] ?? 'none',
    acceptable_verdicts: verdicts,
    ...(trigger === undefined || !triggered
      ? {}
      : { trigger: { image: trigger.executable, pid: trigger.pid } }),
    stages,
  };
}

/** What a look-alike may and may not come to. */
export function toleratedFrom(truth: LookAlikeTruth, source: Source): readonly ExpectedFinding[] {
  return (['AN1314', 'AN1397', 'AN1407'] as const).flatMap((analytic) => {
    const most = truth.tolerated?.[analytic];
    if (most === undefined) return [];
    return [
      {
        analytic,
        verdict: 'none' as const,
        acceptable_verdicts: ['none', 'partial', 'complete'] as const,
        // An honest program's signature is what tells it from another: unseen, it lowers nothing.
        max_severity: source.signatures ? most : ('high' as const),
        stages: [],
      },
    ];
  });
}

/** The state a stage that happened must have; undefined when the source cannot say whether it belongs. */
function stateOf(
  happened: Happened,
  needs: readonly EventKind[] | undefined,
  source: Source,
): State | undefined {
  if (happened.by.some((kind) => source.shows.has(kind))) {
    const tied = (happened.tie ?? []).every((kinds) => kinds.some((kind) => source.shows.has(kind)));
    return tied ? 'matched' : undefined;
  }
  // Seen by a kind it does not record, while all that the stage is usually seen by is there: nobody can say.
  return needs === undefined || showsAll(source, needs) ? undefined : 'blind';
}

function showsAll(source: Source, kinds: readonly EventKind[]): boolean {
  return kinds.every((kind) => source.shows.has(kind));
}

/** Acceptable verdicts, the strict one first. */
function verdictsOf(
  truth: StoryTruth,
  seen: ReadonlySet<string>,
  open: ReadonlySet<string>,
  hidden: boolean,
  source: Source,
): readonly Verdict[] {
  if (hidden) return ['none', 'partial'];
  if (truth.most === 'inferred')
    return source.shows.has('file_create') ? ['partial', 'complete'] : ['partial', 'complete', 'none'];
  const complete = completes(truth.analytic, seen);
  if (complete && truth.most !== 'partial') return ['complete'];
  const verdicts: Verdict[] = ['partial'];
  if (open.size > 0 && truth.most !== 'partial' && completes(truth.analytic, new Set([...seen, ...open])))
    verdicts.push('complete', 'none');
  // One stage alone is an ordinary act.
  else if (truth.thin === true || seen.size <= 1) verdicts.push('none');
  return verdicts;
}

function completes(analytic: AnalyticId, seen: ReadonlySet<string>): boolean {
  const { all, anyOf } = ANALYTICS[analytic];
  return (
    all.every((stage) => seen.has(stage)) && (anyOf.length === 0 || anyOf.some((stage) => seen.has(stage)))
  );
}
