import type { Digest } from '../base/digest';
import type { Micros } from '../base/time';
import type { EcsNumber, EcsText, EndpointEvent, EntityId, EventKind, RecordedField } from './endpointEvent';

/**
 * Tells a story of one host and yields the events that its telemetry would have recorded:
 *
 *   const s = scenario({ host: 'fin-ws07.corp.example', user: 'CORP\\m.keller' });
 *   const outlook = s.starts(OUTLOOK, { parent: s.explorer });
 *   s.after('2m');
 *   s.writes(outlook, svg);
 *   s.marks(outlook, svg, { zone: 3 });
 *   correlateHost({ host: s.host, events: s.events(), … });
 *
 * Every event takes the clock's time and moves the clock on by one millisecond, so that order is the
 * story's order and distances stay as told. Nothing is random: the same story gives the same ids.
 * For several hosts tell one story each and join their events. Written for tests.
 */
export type ScenarioOptions = {
  /** Default `ws01.corp.example`. */
  readonly host?: string;
  /** `DOMAIN\name` of the person at the host. Default `CORP\j.doe`. */
  readonly user?: string;
  /** ISO 8601. Default 2026-03-02T09:00:00Z. */
  readonly start?: string;
  /**
   * `sysmon`: entity ids, original file names, all kinds. `security`: what the Security log can say
   * (4688 with pid, parent pid and parent name; 4689, 5156, 4663, 4657, 4624); the rest of the story
   * leaves no trace, as on such a host. `both`: each start is in both logs. Default `sysmon`.
   */
  readonly source?: StorySource;
  /** Kinds of event and fields this host does not record, e.g. `['dns_query', 'process.command_line']`. */
  readonly without?: readonly (EventKind | RecordedField)[];
  /** Ids need a digest; without one, a quick one that only tests can trust. */
  readonly digest?: Digest;
};

export type StorySource = 'sysmon' | 'security' | 'both';

/** A process of the story; hand it back to say what it did. */
export type StoryProcess = {
  readonly entityId: EntityId;
  readonly pid: number;
  readonly executable: string;
  readonly commandLine: string;
  /** `DOMAIN\name`. */
  readonly user: string;
  readonly integrity: string;
  readonly startedAt: Micros;
};

export type StartOptions = {
  /** Default explorer, whose own start is not in the data. `unknown`: the record names no parent. */
  readonly parent?: StoryProcess | 'unknown';
  /** Default the quoted image path. */
  readonly commandLine?: string;
  /** Default that of a known Windows or Office program, else the image's name. */
  readonly originalFileName?: string;
  readonly user?: string;
  /** Default `medium`, `system` for SYSTEM. */
  readonly integrity?: string;
  readonly pid?: number;
  readonly workingDirectory?: string;
  readonly sha256?: string;
};

export type Origin = {
  readonly zone?: number;
  readonly hostUrl?: string;
  readonly referrerUrl?: string;
};

export type ConnectOptions = {
  readonly domain?: string;
  /** Default `egress`. */
  readonly direction?: 'egress' | 'ingress';
  /** Default `tcp`. */
  readonly transport?: string;
  /** What the sensor's own clock said, told as a distance from the true time, e.g. `-8h`. */
  readonly sensorClock?: string;
};

/** Anything a record can say beyond what the verb says. */
export type Extra = Partial<EcsText> & Partial<EcsNumber>;

export type Scenario = {
  readonly host: string;
  readonly user: string;
  /** Processes that were there before the recording began: they have an identity and no start event. */
  readonly explorer: StoryProcess;
  readonly services: StoryProcess;
  readonly svchost: StoryProcess;
  /** The clock, ISO 8601. */
  readonly now: () => string;
  /** Moves the clock on (`300ms`, `2m`, `1.5h`, `3d`; a minus goes back). */
  readonly after: (distance: string) => void;
  /** Sets the clock to an ISO 8601 time. */
  readonly at: (time: string) => void;
  /** From now on these kinds or fields are not recorded … */
  readonly loses: (...what: readonly (EventKind | RecordedField)[]) => void;
  /** … and from now on they are again. */
  readonly regains: (...what: readonly (EventKind | RecordedField)[]) => void;
  readonly starts: (executable: string, options?: StartOptions) => StoryProcess;
  readonly ends: (process: StoryProcess) => void;
  readonly writes: (process: StoryProcess, path: string, extra?: Extra) => void;
  readonly renames: (process: StoryProcess, from: string, to: string) => void;
  readonly deletes: (process: StoryProcess, path: string) => void;
  /** Writes the mark of the web: the file's `Zone.Identifier` stream. Default zone 3. */
  readonly marks: (process: StoryProcess, path: string, origin?: Origin) => void;
  readonly reads: (process: StoryProcess, path: string) => void;
  readonly connects: (process: StoryProcess, ip: string, port: number, options?: ConnectOptions) => void;
  readonly resolves: (process: StoryProcess, name: string, answers?: readonly string[]) => void;
  readonly loads: (process: StoryProcess, dll: string, signature?: string) => void;
  readonly sets: (process: StoryProcess, registryPath: string, data?: string) => void;
  /** Opens a registry key (audited access), as a COM client does with a CLSID. */
  readonly opensKey: (process: StoryProcess, registryPath: string) => void;
  readonly runsScript: (process: StoryProcess, text: string) => void;
  readonly logsOn: (user: string, type?: string) => void;
  readonly alerts: (process: StoryProcess, rule: string, message?: string) => void;
  /** Any other kind, said with field names. */
  readonly tells: (kind: EventKind, process: StoryProcess | undefined, fields: Extra) => void;
  /** A working day around the story, so that its telemetry counts as visible; leaves the clock alone. */
  readonly background: (background?: Background) => void;
  /** All events so far, in compareEvents order. */
  readonly events: () => readonly EndpointEvent[];
};

export type Background = {
  /** Hours before the story's start. Default 2. */
  readonly hoursBefore?: number;
  /** Hours after the story's start. Default 8: past every window an analytic has but the day-long ones. */
  readonly hoursAfter?: number;
  /** Minutes between rounds. Default 20, so that every hour has witnesses of every kind. */
  readonly everyMinutes?: number;
  /** Audited file reads are rare in the field, so they are witnessed only when asked for. Default false. */
  readonly fileReads?: boolean;
};
