import type { Catalogue } from '../analytics/catalogue';
import { formatMicros, type Micros, micros } from '../base/time';
import type { UploadOptions } from '../containers/upload';
import { type AnalyzeDocument, analyzeDocument } from '../contracts/analyze';
import { correlateHost, type HostCorrelation } from '../correlate/correlate';
import { kindsNeeded } from '../correlate/kindsNeeded';
import { namesRules } from '../correlate/namesRules';
import { type ClockSegment, offsetAt } from '../events/clock';
import { groupHosts } from '../events/hostGroups';
import type { PlacedEvent } from '../events/record';
import type { Finding, FindingStage } from '../findings/finding';
import { digest, type OnProgress, readFile } from './readFiles';
import type { FileReading, HostSpan, Recording } from './recording';
import { sigmaDocument } from './sigmaDocument';
import { hostsOfNames } from './sigmaHosts';
import type { SigmaRules } from './sigmaRules';
import { createSigmaWatch, type SigmaWatch } from './sigmaWatch';

/** The document, and what was lost on the way, for a person. */
export type Analysis = { readonly document: AnalyzeDocument; readonly problems: readonly string[] };

export type AnalyzeOptions = Omit<UploadOptions, 'name'> & {
  readonly catalogue: Catalogue;
  readonly onProgress: OnProgress;
  /** Rules to try on every record; none by default. */
  readonly sigma?: SigmaRules;
};

/** What reading and correlating files came to, before it is put into the form of a document. */
export type CorrelatedFiles = {
  readonly readings: readonly FileReading[];
  readonly recording: Recording;
  /** Canonical host name by each name that was recorded. */
  readonly canonical: ReadonlyMap<string, string>;
  /** By canonical host name, in order of name. */
  readonly results: ReadonlyMap<string, HostCorrelation>;
  /** What rules saw, where there are any, and the host of each name that records gave. */
  readonly sigma: { readonly watch: SigmaWatch; readonly hostOf: (name: string) => string } | undefined;
};

/**
 * Reads all files and correlates each host over all of them: what `analyze` and `validate` share. The same core as
 * the server's, without database. Throws AppError for a file that cannot be used.
 */
export async function correlateFiles(
  files: readonly string[],
  options: AnalyzeOptions,
): Promise<CorrelatedFiles> {
  const { catalogue, onProgress, sigma: rules, ...reading } = options;
  const recording: Recording = {
    ids: new Set(),
    events: new Map(),
    kinds: new Set(kindsNeeded(catalogue)),
    devices: new Map(),
  };
  const watch = rules === undefined ? undefined : createSigmaWatch(rules, digest);
  const readings: FileReading[] = [];
  for (const file of files) readings.push(await readFile(recording, file, reading, onProgress, watch?.take));

  const names = readings.flatMap((reading) => [...reading.spans.keys()]);
  const groups = groupHosts(names, [...recording.devices.values()]);
  const canonical = new Map([...groups].map(([name, group]) => [name, group.canonical]));
  const sigma =
    watch === undefined
      ? undefined
      : { watch, hostOf: hostsOfNames(watch.names(), canonical, [...recording.devices.values()]) };
  const hitsOf = sigma?.watch.byHost(sigma.hostOf, namesRules(catalogue));
  const results = new Map<string, HostCorrelation>();
  for (const [host, events] of groupEvents(recording, canonical)) {
    const hits = hitsOf?.(host);
    results.set(
      host,
      correlateHost({ host, events, catalogue, digest, ...(hits === undefined ? {} : { sigma: hits }) }),
    );
  }
  return { readings, recording, canonical, results, sigma };
}

/**
 * Reads all files, correlates each host over all of them, and tells what was found. The order of the files changes
 * only which of two equal records counts as the duplicate. Throws AppError for a file that cannot be used.
 */
export async function analyzeFiles(files: readonly string[], options: AnalyzeOptions): Promise<Analysis> {
  const { readings, canonical, results, sigma } = await correlateFiles(files, options);
  const found = sigma === undefined ? undefined : sigmaDocument(sigma.watch, sigma.hostOf, results);
  const document: AnalyzeDocument = {
    imports: readings.map((reading) => toImport(reading, canonical, results)),
    findings: [...results.values()]
      .flatMap((result) => result.findings)
      .sort(compareFindings)
      .map(toFindingView),
    coverage: [...results.values()].flatMap((result) =>
      result.coverage.map(({ host, stage, state, why }) => ({ host, stage, state, why })),
    ),
    ...(found === undefined ? {} : { sigma: found.sigma }),
  };
  return {
    document: analyzeDocument.parse(document),
    problems: [...readings.flatMap((reading) => reading.problems), ...(found?.problems ?? [])],
  };
}

/** Events by canonical host name, hosts in order of name. Hosts without events that matter are there too. */
function groupEvents(
  recording: Recording,
  canonical: ReadonlyMap<string, string>,
): Map<string, PlacedEvent[]> {
  const groups = new Map<string, PlacedEvent[]>();
  for (const host of [...new Set(canonical.values())].sort()) groups.set(host, []);
  for (const [name, events] of recording.events) {
    const group = groups.get(canonical.get(name) ?? name);
    for (const event of events) group?.push(event);
  }
  return groups;
}

function toImport(
  reading: FileReading,
  canonical: ReadonlyMap<string, string>,
  results: ReadonlyMap<string, HostCorrelation>,
): AnalyzeDocument['imports'][number] {
  const hosts = new Set<string>();
  let from: Micros | undefined;
  let to: Micros | undefined;
  for (const [name, span] of reading.spans) {
    const host = canonical.get(name) ?? name;
    hosts.add(host);
    for (const time of settledTimes(span, results.get(host)?.clock ?? [])) {
      if (from === undefined || time < from) from = time;
      if (to === undefined || time > to) to = time;
    }
  }
  return {
    file: reading.file,
    sha256: reading.sha256,
    format: reading.formats.size === 0 ? null : [...reading.formats].sort().join(','),
    records: reading.records,
    hosts: [...hosts].sort(),
    from: timeOrNull(from),
    to: timeOrNull(to),
  };
}

/** First and last times of a host in a file, on the host's settled clock. */
function settledTimes(span: HostSpan, clock: readonly ClockSegment[]): readonly Micros[] {
  const times: Micros[] = [];
  if (span.source !== undefined) times.push(span.source.from, span.source.to);
  if (span.record !== undefined) {
    for (const time of [span.record.from, span.record.to]) times.push(micros(time + offsetAt(clock, time)));
  }
  return times;
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    Number(a.suppressed) - Number(b.suppressed) ||
    Number(b.status === 'complete') - Number(a.status === 'complete') ||
    b.score - a.score ||
    a.from - b.from ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

function toFindingView(finding: Finding): AnalyzeDocument['findings'][number] {
  const { anchor } = finding;
  return {
    id: finding.id,
    analytic: finding.analytic,
    status: finding.status,
    severity: finding.severity,
    score: finding.score,
    host: finding.host,
    user: finding.user ?? null,
    anchor: {
      entityId: anchor.entityId ?? null,
      pid: anchor.pid ?? null,
      image: anchor.image ?? null,
      commandLine: anchor.commandLine ?? null,
      startedAt: timeOrNull(anchor.startedAt),
    },
    stages: finding.stages.map(toStageView),
    reasons: finding.reasons.flatMap(({ effect, points, text, counted }) =>
      counted ? [{ effect, points, text }] : [],
    ),
    counterfactuals: finding.counterfactuals.map(({ kind, text }) => ({ kind, text })),
    suppressed: finding.suppressed,
    from: formatMicros(finding.from),
    to: formatMicros(finding.to),
    headline: finding.headline,
  };
}

function toStageView(stage: FindingStage): AnalyzeDocument['findings'][number]['stages'][number] {
  return {
    id: stage.id,
    title: stage.title,
    required: stage.required,
    state: stage.state,
    events: stage.events.map((event) => ({
      time: formatMicros(event.time),
      kind: event.kind,
      image: event.image ?? null,
      commandLine: event.commandLine ?? null,
      path: event.path ?? null,
      destination: event.destination ?? null,
      query: event.query ?? null,
      record: event.place === undefined ? null : { file: event.place.file, index: event.place.index },
    })),
  };
}

function timeOrNull(time: Micros | undefined): string | null {
  return time === undefined ? null : formatMicros(time);
}
