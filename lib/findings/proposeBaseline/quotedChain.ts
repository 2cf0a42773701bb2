import type { Analytic, When } from '../../analytics/analytic';
import type { StageState } from '../../analytics/chain';
import { NO_HISTORY } from '../../analytics/history/history';
import { NO_DESTINATION } from '../../analytics/host/destination';
import { NO_SIGMA_FACTS } from '../../analytics/host/sigmaFacts';
import type { HostFacts, Subject } from '../../analytics/subject';
import { negate, type Truth } from '../../base/truth';
import type { EndpointEvent, EntityId, EventId, EventKind } from '../../events/endpointEvent';
import type { ProcessNode } from '../../lineage/lineage';
import { buildVisibility } from '../../visibility/visibility';

/** One stage of a chain as far as its finding quotes it: its first matches, the one that tells the story in front. */
export type QuotedStage = {
  readonly id: string;
  readonly state: StageState;
  readonly subjects: readonly Subject[];
};

/** A chain as it can be put together again from its finding, the events that quotes and their processes. */
export type QuotedChain = {
  /** The finding's id. */
  readonly id: string;
  readonly complete: boolean;
  readonly stages: readonly QuotedStage[];
};

/** What of a finding a chain is put together from. */
export type Quotation = {
  readonly id: string;
  readonly status: 'complete' | 'partial';
  readonly stages: readonly {
    readonly id: string;
    readonly state: StageState;
    readonly events: readonly {
      readonly eventId: EventId;
      readonly kind: EventKind;
      readonly entityId?: EntityId | undefined;
      /** `name:port` or `address:port`. */
      readonly destination?: string | undefined;
    }[];
  }[];
};

/** Where the quoted things are: events under their host's canonical name, processes with all that led to them. */
export type QuotedThings = {
  readonly events: ReadonlyMap<EventId, EndpointEvent>;
  readonly processes: ReadonlyMap<EntityId, ProcessNode>;
};

/**
 * Puts a chain together for judging. A match whose event is not of a kind its stage takes is a process known only from
 * others' records, and so is one whose event is gone. What the environment has seen, and what makes a destination
 * unusual, is not known here: tests on it are unknown.
 */
export function quoteChain(
  finding: Quotation,
  analytic: Pick<Analytic, 'stages'>,
  things: QuotedThings,
): QuotedChain {
  const kinds = new Map(
    analytic.stages.map((stage) => [stage.id, new Set(stage.alternatives.flatMap(({ on }) => [...on]))]),
  );
  const named = new Map<EventId, string>();
  const host = factsOf(things, named);
  return {
    id: finding.id,
    complete: finding.status === 'complete',
    stages: finding.stages.map(({ id, state, events }) => ({
      id,
      state,
      subjects: events.map(({ eventId, kind, entityId, destination }): Subject => {
        const event = kinds.get(id)?.has(kind) === true ? things.events.get(eventId) : undefined;
        if (event !== undefined && destination !== undefined) named.set(eventId, nameIn(destination, event));
        return {
          event,
          process: entityId === undefined ? undefined : things.processes.get(entityId),
          host,
        };
      }),
    })),
  };
}

/**
 * Whether a condition holds over a quoted chain; unknown where it asks for what a finding does not quote: other
 * events, joins, windows, obfuscation. It can be unknown or false where the whole chain has a match beyond those quoted.
 */
export function holdsOver(when: When, chain: QuotedChain): Truth {
  switch (when.op) {
    case 'complete':
      return chain.complete;
    case 'not':
      return negate(holdsOver(when.of, chain));
    case 'all':
      return together(when.of, chain, false);
    case 'any':
      return together(when.of, chain, true);
    case 'matched':
      return when.stages.filter((id) => stageOf(chain, id)?.state === when.state).length >= when.atLeast;
    case 'stage': {
      if (when.relations !== undefined || when.alternative !== undefined || when.within !== undefined)
        return undefined;
      const subjects = stageOf(chain, when.stage)?.subjects ?? [];
      const { where } = when;
      return subjects.some((subject) => where === undefined || where.judge(subject) === true);
    }
    case 'ancestor': {
      const [told] = stageOf(chain, when.stage)?.subjects ?? [];
      return ancestorsOf(told, when.depth).some((subject) => when.where.judge(subject) === true);
    }
    default:
      return undefined;
  }
}

/** A stage of a chain by id. */
export function stageOf(chain: QuotedChain, id: string): QuotedStage | undefined {
  return chain.stages.find((stage) => stage.id === id);
}

/** The processes above a match, nearest first, at most `depth`; known by what was recorded of them. */
export function ancestorsOf(subject: Subject | undefined, depth: number): readonly Subject[] {
  const found: Subject[] = [];
  if (subject === undefined) return found;
  const seen = new Set<EntityId>();
  let id = subject.process?.link.parentId;
  while (id !== undefined && found.length < depth && !seen.has(id)) {
    seen.add(id);
    const process = subject.host.lineage.processes.get(id);
    if (process === undefined) break;
    found.push({ event: undefined, process, host: subject.host });
    id = process.link.parentId;
  }
  return found;
}

function together(of: readonly When[], chain: QuotedChain, decisive: boolean): Truth {
  let result: Truth = !decisive;
  for (const inner of of) {
    const truth = holdsOver(inner, chain);
    if (truth === decisive) return decisive;
    if (truth === undefined) result = undefined;
  }
  return result;
}

const NOTHING_SEEN = buildVisibility([]);

function factsOf(things: QuotedThings, named: ReadonlyMap<EventId, string>): HostFacts {
  return {
    lineage: {
      processes: things.processes,
      children: new Map(),
      handovers: new Map(),
      processOf: (event) => event['process.entity_id'],
    },
    visibility: NOTHING_SEEN,
    destination: (event) => ({ ...NO_DESTINATION, name: named.get(event.id) || undefined }),
    history: NO_HISTORY,
    sigma: NO_SIGMA_FACTS,
  };
}

/** The name a destination goes by; empty for one known by its address only. */
function nameIn(destination: string, event: EndpointEvent): string {
  const port = `:${event['destination.port'] ?? ''}`;
  const name = destination.endsWith(port) ? destination.slice(0, -port.length) : destination;
  return name === event['destination.ip'] || name === event['source.ip'] ? '' : name;
}
