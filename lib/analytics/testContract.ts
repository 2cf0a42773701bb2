import { describe, expect, it } from 'vitest';
import { micros } from '../base/time';
import type { EndpointEvent, EntityId, EventId, EventKind } from '../events/endpointEvent';
import type { Finding } from '../findings/finding';
import type { Analytic, Stage } from './analytic';
import {
  catalogue,
  findingOf,
  findingsOf,
  pointsOf,
  statesOf,
  type ToldStory,
  tuned,
  verdictOf,
} from './testStory';

/** A story that the analytic must recognise, and how it may be bent without being a chain any more. */
export type SampleStory = {
  readonly name: string;
  /** Events tagged with a stage's id are exactly those that the stage must hold. */
  readonly tell: () => ToldStory;
  readonly points: Readonly<Record<string, number>>;
  readonly verdict: readonly [string, number, string];
  /** Stages whose process starts carry the lineage the chain hangs on; empty when it hangs on files alone. */
  readonly lineage: readonly string[];
  /** Stages that must come in time, with a distance in minutes at which they come too late. */
  readonly tooLate: Readonly<Record<string, number>>;
  /** Stages whose process the anchor's own record names as parent: without that the stage is not gone. */
  readonly namedByAnchor?: readonly string[];
  /** Stages whose blindness leaves a partial finding to be shown. */
  readonly partialWithout: readonly string[];
};

/** Something ordinary that looks like the chain. */
export type LookAlike = {
  readonly name: string;
  /** Id of the suppressor or lowering reason it is there for, if for one. */
  readonly for?: string;
  /** Parameters of the definition that the place has set. */
  readonly tuned?: Readonly<Record<string, readonly string[]>>;
  /** Shared lists that the place has set. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
  readonly tell: () => ToldStory;
  /** `nothing`, `suppressed`, or the highest severity the finding may have. */
  readonly expect: 'nothing' | 'suppressed' | { readonly atMost: number };
};

export type AnalyticContract = {
  readonly analytic: string;
  readonly samples: readonly SampleStory[];
  readonly lookAlikes: readonly LookAlike[];
};

/** What every analytic must keep, whatever it is about. Written once; applied to each definition. */
export function describeAnalytic(contract: AnalyticContract): void {
  const { analytic: id, samples, lookAlikes } = contract;
  const analytic = definitionOf(id);

  describe.each(samples.map((sample) => [sample.name, sample] as const))(`${id}: %s`, (_name, sample) => {
    const story = sample.tell();
    const events = story.s.events();
    const tagged = (stage: string): ReadonlySet<EventId> => story.tagged.get(stage) ?? new Set();
    const stages = analytic.stages.filter((stage) => tagged(stage.id).size > 0);
    const needed = stages.filter((stage) => stage.required || stage.group !== undefined);
    const anchor = analytic.stages[0]?.id ?? '';
    const unnamed = (event: EndpointEvent, stage: Stage): EndpointEvent =>
      sample.namedByAnchor?.includes(stage.id) === true && tagged(anchor).has(event.id)
        ? orphan(event)
        : event;

    it('fires with the exact events of each stage and the points of the specification', () => {
      const finding = findingOf(events, id);
      for (const stage of finding.stages) {
        if (tagged(stage.id).size === 0) continue;
        const found = new Set(stage.events.map((event) => event.eventId));
        expect(describeEvents(found, events), stage.id).toEqual(describeEvents(tagged(stage.id), events));
      }
      expect(pointsOf(finding)).toEqual(sample.points);
      expect(verdictOf(finding)).toEqual(sample.verdict);
    });

    it('says of no stage that it was absent or matched when there is nothing to see it by', () => {
      for (const stage of analytic.stages) {
        if (!tagged(stage.id).size) continue;
        const kinds = kindsOf(stage);
        if (kinds.has('process_start')) continue;
        const findings = findingsOf(
          events.filter((event) => !kinds.has(event.kind)),
          id,
        );
        for (const finding of findings) expect(statesOf(finding)[stage.id], stage.id).toBe('blind');
        expect(
          findings.some((finding) => finding.status === 'partial'),
          stage.id,
        ).toBe(sample.partialWithout.includes(stage.id));
      }
    });

    it('is not complete without any one required stage', () => {
      for (const stage of needed) {
        const gone = new Set(alternativesTo(stage, analytic).flatMap((one) => [...tagged(one.id)]));
        expectNotComplete(
          events.filter((event) => !gone.has(event.id)).map((event) => unnamed(event, stage)),
          id,
          `without ${stage.id}`,
        );
      }
    });

    it('is not complete when a required stage happened on another host', () => {
      for (const stage of needed) {
        const gone = new Set(alternativesTo(stage, analytic).flatMap((one) => [...tagged(one.id)]));
        const moved = events.map((event) =>
          gone.has(event.id) ? { ...event, host: 'other.corp.example' } : unnamed(event, stage),
        );
        expectNotComplete(moved, id, `${stage.id} elsewhere`);
      }
    });

    it.runIf(sample.lineage.length > 0)('is not complete, or held down, when its lineage is broken', () => {
      for (const stage of sample.lineage) {
        const cut = events.map((event) =>
          tagged(stage).has(event.id) && event.kind === 'process_start' ? orphan(event) : event,
        );
        for (const finding of findingsOf(cut, id)) {
          const held =
            finding.status === 'complete' && finding.score > 69 && statesOf(finding)[stage] === 'matched';
          expect(held, `${stage} cut off: ${tellOf(finding)}`).toBe(false);
        }
      }
    });

    it('is not complete when a stage comes after its window', () => {
      for (const [stage, minutes] of Object.entries(sample.tooLate)) {
        const first = Math.min(
          ...events.filter((event) => tagged(stage).has(event.id)).map((event) => event.time),
        );
        const told = new Set([...story.tagged.values()].flatMap((ids) => [...ids]));
        const late = events.map((event) =>
          told.has(event.id) && event.time >= first ? shifted(event, minutes) : event,
        );
        expectNotComplete(late, id, `${stage} ${minutes} minutes late`);
      }
    });

    it('is blind, not absent, where telemetry ends before the window closes', () => {
      for (const stage of needed) {
        if (stage.anchor) continue;
        const gone = tagged(stage.id);
        const told = [...story.tagged.values()].flatMap((ids) => [...ids]);
        const end = Math.max(...events.filter((event) => told.includes(event.id)).map((event) => event.time));
        const cut = events.filter((event) => event.time <= end && !gone.has(event.id));
        for (const finding of findingsOf(cut, id)) {
          if (looksBack(stage)) continue;
          expect(statesOf(finding)[stage.id], stage.id).not.toBe('absent');
        }
      }
    });
  });

  describe(`${id}: look-alikes`, () => {
    it.each(lookAlikes.map((one) => [one.name, one] as const))('%s', (_name, one) => {
      const findings = findingsOf(one.tell().s.events(), id, tuned(id, one.tuned, one.lists));
      const shown = findings.map((finding) => `${finding.status} ${finding.score} ${finding.headline}`);
      if (one.expect === 'nothing') expect(shown).toEqual([]);
      else if (one.expect === 'suppressed') {
        expect(findings.length).toBeGreaterThan(0);
        for (const finding of findings) expect(finding.suppressed, shown.join()).toBe(true);
      } else
        for (const finding of findings)
          expect(finding.score, shown.join()).toBeLessThanOrEqual(one.expect.atMost);
      if (one.for !== undefined && one.expect !== 'nothing')
        expect(findings.flatMap((finding) => finding.reasons.map((reason) => reason.id))).toContain(one.for);
    });

    it('are there for every suppressor and every reason that lowers', () => {
      const lowering = analytic.score
        .flatMap((group) => group.reasons)
        .filter((reason) => reason.points < 0)
        .map((reason) => reason.id);
      const wanted = [...lowering, ...analytic.suppressors.map((suppressor) => suppressor.id)];
      expect(new Set(lookAlikes.flatMap((one) => one.for ?? []))).toEqual(new Set(wanted));
    });
  });
}

function definitionOf(id: string): Analytic {
  const found = catalogue.analytics.find((analytic) => analytic.id === id);
  if (found === undefined) throw new Error(`no definition ${id}`);
  return found;
}

function expectNotComplete(events: readonly EndpointEvent[], id: string, how: string): void {
  const complete = findingsOf(events, id).filter((finding) => finding.status === 'complete');
  expect(complete.map(tellOf), how).toEqual([]);
}

function tellOf(finding: Finding): string {
  return `${finding.score} ${finding.headline} ${JSON.stringify(statesOf(finding))}`;
}

/** The stage itself, with all of its group: one of them would do. */
function alternativesTo(stage: Stage, analytic: Analytic): readonly Stage[] {
  return stage.group === undefined ? [stage] : analytic.stages.filter((other) => other.group === stage.group);
}

function kindsOf(stage: Stage): ReadonlySet<EventKind> {
  return new Set([...stage.telemetry.needs, ...stage.alternatives.flatMap((one) => [...one.on])]);
}

/** Stages found by looking back from the anchor are not waited for. */
function looksBack(stage: Stage): boolean {
  return stage.alternatives.some((one) => one.before !== undefined);
}

/** The start of an unrelated parent that nobody recorded. */
function orphan(event: EndpointEvent): EndpointEvent {
  return {
    ...event,
    'process.parent.entity_id': 'ffffffff-0000-0000-0000-000000000700' as EntityId,
    'process.parent.pid': 6,
    'process.parent.executable': 'C:\\Windows\\System32\\winlogon.exe',
    'process.parent.command_line': 'winlogon.exe',
  };
}

function shifted(event: EndpointEvent, minutes: number): EndpointEvent {
  const by = minutes * 60_000_000;
  return {
    ...event,
    time: micros(event.time + by),
    recorded: micros(event.recorded + by),
    ...(event.reported === undefined ? {} : { reported: micros(event.reported + by) }),
  };
}

/** Ids with what they are, so that a failure can be read. */
function describeEvents(ids: ReadonlySet<EventId>, events: readonly EndpointEvent[]): readonly string[] {
  return events
    .filter((event) => ids.has(event.id))
    .map(
      (event) =>
        `${event.kind} ${event['file.path'] ?? event['destination.ip'] ?? event['dns.question.name'] ?? event['process.executable'] ?? ''} ${event.id}`,
    );
}
