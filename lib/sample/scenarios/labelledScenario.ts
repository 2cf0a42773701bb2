import type { EventKind } from '../../events/endpointEvent';
import type { Scenario, StoryProcess } from '../../events/story';
import type { AnalyticId } from '../truth';
import type { SourceId } from './sources';

/** One stage of a story that really happened. */
export type Happened = {
  /** Kinds of event that show it; a source that records one of them sees the stage. */
  readonly by: readonly EventKind[];
  /**
   * Kinds that tie it to the rest: without at least one of each list it can be seen and not be known to belong, and its state is
   * left open. None by default.
   */
  readonly tie?: readonly (readonly EventKind[])[];
  /** Texts that its record holds: the tail of a path, a command line, an address. */
  readonly evidence: readonly string[];
};

/** What a story holds for one analytic, whoever recorded it. */
export type StoryTruth = {
  readonly analytic: AnalyticId;
  /** The process the chain turns on. */
  readonly trigger?: StoryProcess;
  readonly happened: Readonly<Record<string, Happened>>;
  /** Stages that did not happen, and that a source which could have seen them must call absent. */
  readonly absent?: readonly string[];
  /** Too little to keep where the source sees only part of it: a partial finding is then as right as none. */
  readonly thin?: boolean;
  /** The program it turns on is renamed: nobody can know it where no record has its original name. */
  readonly renamed?: boolean;
  /**
   * What the story can come to at most, whatever is recorded; complete by default. `inferred`: partial, and complete
   * where what no record tells is inferred.
   */
  readonly most?: 'partial' | 'inferred';
};

/** Something that looks alike: no finding of any analytic, or none above a severity. */
export type LookAlikeTruth = {
  /** Analytics that may tell of it, up to this severity, because every step was honest and real. */
  readonly tolerated?: Readonly<Partial<Record<AnalyticId, 'informational' | 'low' | 'medium'>>>;
  readonly why: string;
};

/** A story with its truth, told once and recorded by several products. */
export type LabelledScenario = {
  /** Kebab case, unique: part of the recording's file name. */
  readonly id: string;
  readonly title: string;
  /** Products that recorded it; all by default. */
  readonly sources?: readonly SourceId[];
  /** Tells the story around which a working day has been told already. */
  readonly tell: (s: Scenario) => readonly StoryTruth[] | LookAlikeTruth;
};

/** A start of a process, by its command line or image. */
export function started(process: StoryProcess, tie: Happened['tie'] = []): Happened {
  return { by: ['process_start'], tie, evidence: [process.commandLine] };
}

/** A file's arrival, by the tail of its path (products write drives differently). */
export function written(path: string): Happened {
  return { by: ['file_create', 'file_rename'], evidence: [path.slice(path.indexOf('\\'))] };
}

/** A connection or a name asked for. */
export function called(address: string, tie: Happened['tie'] = []): Happened {
  return { by: ['network_connect', 'dns_query'], tie, evidence: [address] };
}
