import type { Catalogue } from '../analytics/catalogue';
import type { Chain, ChainStage, Match } from '../analytics/chain';
import { historyKeysOf } from '../analytics/history/chainHistory';
import { boundKey } from '../analytics/history/history';
import { stageVisibility } from '../analytics/matching/stageVisibility';
import type { Digest } from '../base/digest';
import type { EndpointEvent } from '../events/endpointEvent';
import { shortHostName } from '../events/hostName';
import { canonicalPath } from '../events/paths';
import type { PlacedEvent } from '../events/record';
import { userOf } from '../lineage/processDraft';
import { counterfactualsOf } from './counterfactuals';
import { destinationsReached } from './destinations';
import type { Finding, FindingStage, StageEvent, StageVisibility } from './finding';
import { headlineOf, storyOf } from './headline';
import { createJudge, subjectOfMatch } from './judgeWhen';
import { pathOf } from './path';
import { fillStep } from './runbook';
import { isKept, scoreChain, tallyOf, worthKeeping } from './score';
import { QUOTED, spanOf } from './span';
import { baseName, destinationOf } from './tell';

/** Turns a chain into a finding; undefined when it is partial and the definition does not hold it worth a person's time. */
export function toFinding(
  chain: Chain,
  host: string,
  digest: Digest,
  catalogue: Pick<Catalogue, 'severity' | 'baselines'>,
): Finding | undefined {
  const judge = createJudge(chain);
  if (!worthKeeping(chain, judge)) return undefined;
  const { analytic, index, anchor } = chain;
  const tally = tallyOf(chain, catalogue, judge);
  if (!isKept(chain, tally, judge)) return undefined;
  const score = scoreChain(chain, judge, tally);
  const { unjudged } = score;
  const ordered = [...chain.stages].sort((a, b) => a.stage.position - b.stage.position);
  const span = spanOf(chain);
  const user = userOfChain(chain);
  const path = pathOf({ ...chain, anchor });
  const root = index.nodeOf(path.path[0])?.image;
  return {
    id: fingerprint(chain, host, digest),
    analytic: analytic.id,
    analyticTitle: analytic.title,
    analyticVersion: analytic.version,
    status: chain.complete ? 'complete' : 'partial',
    severity: score.severity,
    score: score.points,
    host,
    ...(user === undefined ? {} : { user }),
    headline: headlineOf(chain, judge),
    trail: trailOf(ordered, chain),
    story: storyOf(ordered, chain),
    anchor: anchorOf(chain),
    stages: ordered.map((stage) => toFindingStage(stage, chain)),
    reasons: score.reasons,
    unjudged,
    caps: score.caps,
    scoreBeforeBaselines: score.before,
    weakestLink: score.weakest,
    counterfactuals: counterfactualsOf({ chain, judge, scale: catalogue, tally, unjudged }),
    telemetry: ordered.map(({ stage }): StageVisibility => {
      const sight = stageVisibility(stage, index);
      return {
        stage: `${analytic.id}/${stage.id}`,
        state: sight.state,
        why: sight.why,
        ...(sight.fix === undefined ? {} : { fix: sight.fix }),
      };
    }),
    suppressed: score.suppressed,
    baselines: score.baselines,
    historyKeys: historyKeysOf(chain)
      .map((key) => boundKey(key, digest))
      .sort(),
    from: span.from,
    to: span.to,
    techniques: analytic.techniques,
    runbook: analytic.runbook.map((step) => fillStep(step, chain, host)),
    knownGaps: analytic.knownGaps,
    references: analytic.references,
    destinations: destinationsReached(chain),
    ...(root === undefined ? {} : { root }),
    ...path,
  };
}

/** An event as findings quote it. */
export function toStageEvent(match: Match, chain: Chain): StageEvent {
  const event: PlacedEvent = match.event ?? match.evidence;
  const node = chain.index.nodeOf(match.process);
  const image = node?.image ?? event['process.executable'];
  const commandLine =
    match.event?.kind === 'process_start' || match.event === undefined
      ? (node?.commandLine ?? match.event?.['process.command_line'])
      : undefined;
  const destination = event.kind === 'network_connect' ? destinationOf(match, chain) : undefined;
  const pid = node?.pid ?? event['process.pid'];
  const user = node?.user ?? userOf(event);
  return {
    eventId: event.id,
    time: event.time,
    kind: event.kind,
    ...(match.process === undefined ? {} : { entityId: match.process }),
    ...(pid === undefined ? {} : { pid }),
    ...(user === undefined ? {} : { user }),
    ...(image === undefined ? {} : { image }),
    ...(commandLine === undefined ? {} : { commandLine }),
    ...(event['file.path'] === undefined ? {} : { path: event['file.path'] }),
    ...(destination === undefined ? {} : { destination }),
    ...(event['dns.question.name'] === undefined ? {} : { query: event['dns.question.name'] }),
    ...(event.place === undefined ? {} : { place: event.place }),
  };
}

function toFindingStage(stage: ChainStage, chain: Chain): FindingStage {
  const [first] = stage.matches;
  const relation = first?.relation;
  const used = first?.joined === undefined ? undefined : first.time - first.joined.time;
  const alternative = first === undefined ? undefined : satisfied(stage, first, chain);
  const why = first === undefined ? undefined : alternative?.where.explain(subjectOfMatch(first, chain));
  return {
    id: stage.stage.id,
    title: stage.stage.title,
    required: stage.stage.required,
    ...(stage.stage.group === undefined ? {} : { group: stage.stage.group }),
    state: stage.state,
    ...(stage.reason === undefined ? {} : { stateReason: stage.reason }),
    events: quotedInOrder(stage.matches, chain),
    eventsTotal: stage.total,
    ...(stage.cut === undefined ? {} : { cut: stage.cut }),
    ...(relation === undefined
      ? {}
      : {
          relation: {
            kind: relation.kind,
            to: relation.to,
            strength: relation.strength,
            text: relation.hops.map((hop) => hop.text).join('; '),
            hops: relation.hops,
            ...viaOf(relation.via),
          },
        }),
    ...(first?.windowLimit === undefined ? {} : { windowLimit: first.windowLimit }),
    ...(used === undefined ? {} : { windowUsed: used }),
    ...(why === undefined ? {} : { why }),
  };
}

/** Files named per join; longer ways are told by their hops. */
const VIA_NAMED = 8;

/** Names of the files a join goes through. */
function viaOf(events: readonly EndpointEvent[]): { readonly via?: readonly string[] } {
  const names = events.flatMap((event) => baseName(event['file.path'])?.replace(/:[^:]*$/, '') ?? []);
  return names.length === 0 ? {} : { via: [...new Set(names)].slice(0, VIA_NAMED) };
}

/** The match that tells the story first; the others in time order. */
function quotedInOrder(matches: readonly Match[], chain: Chain): readonly StageEvent[] {
  const [told, ...others] = matches.slice(0, QUOTED).map((match) => toStageEvent(match, chain));
  others.sort((a, b) => a.time - b.time || (a.eventId < b.eventId ? -1 : 1));
  return told === undefined ? [] : [told, ...others];
}

/** The alternative a match satisfied: the named one, else the first that takes its kind and holds. */
function satisfied(
  stage: ChainStage,
  match: Match,
  chain: Chain,
): ChainStage['stage']['alternatives'][number] | undefined {
  const { alternatives } = stage.stage;
  if (match.alternative !== undefined)
    return alternatives.find((alternative) => alternative.name === match.alternative);
  const fitting = alternatives.filter(
    (alternative) => match.event === undefined || alternative.on.has(match.event.kind),
  );
  return (
    fitting.find((alternative) => alternative.where.judge(subjectOfMatch(match, chain)) !== false) ??
    fitting[0]
  );
}

/** Identity over analytic, host, anchor process or file, and root event: the same data gives the same id. */
function fingerprint(chain: Chain, host: string, digest: Digest): string {
  const { anchor } = chain;
  const path = anchor.evidence['file.path'];
  const subject =
    anchor.evidence.kind === 'process_start' || path === undefined
      ? (anchor.process ?? '')
      : canonicalPath(path).path;
  return digest(`${chain.analytic.id}|${shortHostName(host)}|${subject}|${anchor.evidence.id}`).slice(0, 32);
}

/** `a → b → c`: what each matched stage is about, in the order it happened. */
function trailOf(stages: readonly ChainStage[], chain: Chain): string {
  const parts: string[] = [];
  for (const { matches, state } of stages) {
    const [match] = matches;
    if (match === undefined || state !== 'matched') continue;
    const part = partOf(match, chain);
    if (part !== undefined && parts.at(-1) !== part) parts.push(part);
  }
  return parts.join(' \u2192 ');
}

function partOf(match: Match, chain: Chain): string | undefined {
  const event = match.event;
  if (event?.['file.path'] !== undefined) return baseName(event['file.path'])?.replace(/:[^:]*$/, '');
  return (
    (event === undefined ? undefined : destinationOf(match, chain)) ??
    baseName(chain.index.nodeOf(match.process)?.image)
  );
}

function anchorOf(chain: Chain): Finding['anchor'] {
  const id = chain.anchor.process;
  const node = chain.index.nodeOf(id);
  return {
    ...(id === undefined ? {} : { entityId: id }),
    ...(node?.pid === undefined ? {} : { pid: node.pid }),
    ...(node?.image === undefined ? {} : { image: node.image }),
    ...(node?.commandLine === undefined ? {} : { commandLine: node.commandLine }),
    ...(node?.startedAt === undefined ? {} : { startedAt: node.startedAt }),
    time: chain.anchor.time,
  };
}

function userOfChain(chain: Chain): string | undefined {
  const own = chain.index.nodeOf(chain.anchor.process)?.user;
  if (own !== undefined) return own;
  for (const stage of chain.stages) {
    for (const match of stage.matches) {
      const user = chain.index.nodeOf(match.process)?.user;
      if (user !== undefined) return user;
    }
  }
  return undefined;
}
