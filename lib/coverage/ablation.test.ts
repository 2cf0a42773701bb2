import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../analytics/analytic';
import { NO_HISTORY } from '../analytics/history/history';
import { catalogue, digest } from '../analytics/testStory';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../base/time';
import { correlateFiles } from '../cli/analyzeFiles';
import { judgeHost, prepareHost } from '../correlate/correlate';
import { sightOf } from '../correlate/hostSight';
import type { EventKind } from '../events/endpointEvent';
import type { PlacedEvent } from '../events/record';
import { sampleRecording } from '../sample/sampleRecording';
import { bytesOf, scenarioRecordings } from '../sample/scenarios/scenarios';

/** Real recordings in which network events and command lines are recorded; they are never part of the project. */
const DATA = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const RECORDINGS = [
  'mordor/cmd_mshta_vbscript_execute_psh.zip',
  'mordor/psh_mshta_html_application_execution.zip',
  'evtx/exec_persist_rundll32_mshta_scheduledtask_sysmon_1_3_11.evtx',
].filter((file) => existsSync(path.join(DATA, file)));
if (RECORDINGS.length === 0)
  process.stdout.write('skipped ablation of real recordings: no folder ../shared/data beside the project\n');

/** A generated story that every product can tell. */
const SCENARIO = 'svg-zip-explorer';

const NETWORK: ReadonlySet<EventKind> = new Set(['network_connect', 'dns_query']);
const STAGES = new Map<string, Stage>(
  catalogue.analytics.flatMap(({ id, stages }) =>
    stages.map((stage) => [`${id}/${stage.id}`, stage] as const),
  ),
);

type Events = readonly PlacedEvent[];

describe('telemetry that is taken away', () => {
  it('turns what hangs on it dark and nothing else, on each host of the sample', {
    timeout: 300_000,
  }, async () => {
    const files = sampleRecording().map(({ name, lines }) => ({ name, bytes: `${[...lines].join('\n')}\n` }));
    const hosts = await eventsOf(files);
    expect(hosts.size).toBe(3);
    for (const [host, events] of hosts) expectAblation(host, events);
  });

  it('turns what hangs on it dark and nothing else, in the words of every product', {
    timeout: 300_000,
  }, async () => {
    const recordings = [...scenarioRecordings(SCENARIO)];
    expect(recordings.length).toBeGreaterThan(4);
    for (const one of recordings) {
      const hosts = await eventsOf([{ name: one.file, bytes: bytesOf(one) }]);
      for (const [host, events] of hosts) expectAblation(`${one.file} ${host}`, events);
    }
  });

  it.each(RECORDINGS)(
    'turns what hangs on it dark and nothing else, in %s',
    { timeout: 300_000 },
    async (file) => {
      for (const [host, events] of await eventsOfFiles([path.join(DATA, file)])) expectAblation(host, events);
    },
  );
});

async function eventsOfFiles(files: readonly string[]): Promise<ReadonlyMap<string, Events>> {
  const { recording } = await correlateFiles(files, { catalogue, onProgress: () => undefined });
  return recording.events;
}

async function eventsOf(
  files: readonly { readonly name: string; readonly bytes: string | Uint8Array }[],
): Promise<ReadonlyMap<string, Events>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sequela-ablation-'));
  try {
    const names = files.map(({ name }) => path.join(folder, name));
    for (const [i, { bytes }] of files.entries()) writeFileSync(names[i] ?? '', bytes);
    return await eventsOfFiles(names);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function expectAblation(host: string, events: Events): void {
  const whole = correlated(host, events);
  const silent = correlated(
    host,
    events.filter(({ kind }) => !NETWORK.has(kind)),
  );
  expectWithoutNetwork(whole, silent);
  expectRestUnchanged(whole, silent, ({ telemetry: { needs }, alternatives }) =>
    [...needs, ...alternatives.flatMap(({ on }) => [...on])].some((kind) => NETWORK.has(kind)),
  );
  expectNoneVanished(whole, silent);
  const wordless = correlated(
    host,
    events.map(({ 'process.command_line': _, ...event }) => event),
  );
  expectWithoutCommandLines(whole, wordless);
  expectNoneVanished(whole, wordless);
}

/** Stages that need network events are blind at every moment; those with a way over them at most partial; others as they were. */
function expectWithoutNetwork(before: Correlated, after: Correlated): void {
  for (const [stage, was] of before.states) {
    const now = after.states.get(stage);
    const told = `${before.host}: ${stage}`;
    const needs = STAGES.get(stage)?.telemetry.needs.some((kind) => NETWORK.has(kind)) === true;
    if (needs) {
      expect(now, told).toBe('blind');
      for (const { visible, partial, blind } of after.days.filter((row) => row.stage === stage)) {
        expect([visible, partial], told).toEqual([0, 0]);
        expect(blind, told).toBeGreaterThan(0);
      }
    } else if (now !== was) {
      const partly = STAGES.get(stage)?.alternatives.some(({ on }) =>
        [...on].some((kind) => NETWORK.has(kind)),
      );
      expect([partly, was, now], told).toEqual([true, 'visible', 'partial']);
      const gone = after.gaps.get(stage) ?? [];
      expect(
        gone.every((gap) => /^part:(network_connect|dns_query)$/.test(gap)),
        `${told} ${gone}`,
      ).toBe(true);
    }
  }
  expectNoMoreSeen(before, after);
}

/** Stages that ask for command lines are partial, and blind where the definition says that nothing goes without. */
function expectWithoutCommandLines(before: Correlated, after: Correlated): void {
  for (const [stage, was] of before.states) {
    const { fields = [], essential = [] } = STAGES.get(stage)?.telemetry ?? {};
    const expected = essential.includes('process.command_line')
      ? 'blind'
      : fields.includes('process.command_line') && was === 'visible'
        ? 'partial'
        : was;
    expect(after.states.get(stage), `${before.host}: ${stage} (${was})`).toBe(expected);
  }
  expectNoMoreSeen(before, after);
}

/**
 * What hangs on nothing that was taken away is as it was: state, gaps, and every day's time. One exception, exactly: a
 * channel proves by anything at all that it records. The hours in which the removed events were all that came of a
 * channel, and the time by which its first or last event moved, may be lost to every stage; never more than that.
 */
function expectRestUnchanged(before: Correlated, after: Correlated, hangs: (stage: Stage) => boolean): void {
  const lost = timeLost(before.events, after.events);
  const rows = new Map(after.days.map((row) => [`${row.stage} ${row.day}`, row]));
  for (const [name, stage] of STAGES) {
    if (hangs(stage)) continue;
    expect(after.states.get(name), `${before.host}: ${name}`).toBe(before.states.get(name));
    expect(after.gaps.get(name), `${before.host}: ${name}`).toEqual(before.gaps.get(name));
  }
  for (const row of before.days) {
    const stage = STAGES.get(row.stage);
    if (stage === undefined || hangs(stage)) continue;
    const now = rows.get(`${row.stage} ${row.day}`);
    const told = `${before.host}: ${row.stage}`;
    const most = lost.get(row.day) ?? 0;
    if (lost.size === 0) expect(now, told).toEqual(row);
    for (const state of ['visible', 'partial'] as const)
      expect(row[state] - (now?.[state] ?? 0), told).toBeLessThanOrEqual(most);
  }
}

/** By UTC day, how much a channel proves less, in microseconds; without the days on which all say the same. */
function timeLost(before: Events, after: Events): ReadonlyMap<number, number> {
  const [had, has] = [heardBy(before), heardBy(after)];
  const lost = new Map<number, number>();
  for (const [key, was] of had) {
    const now = has.get(key);
    const moved = (a: number | undefined, b: number | undefined) =>
      a === b
        ? 0
        : a === undefined || b === undefined
          ? MICROS_PER_HOUR
          : Math.abs(a - b) + MICROS_PER_SECOND;
    const most =
      now === undefined ? MICROS_PER_HOUR : moved(was.first, now.first) + moved(was.last, now.last);
    const day = Math.floor(was.hour / 24);
    if (most > 0) lost.set(day, (lost.get(day) ?? 0) + most);
  }
  return lost;
}

type Heard = { readonly hour: number; readonly first?: number; readonly last?: number };

/** The hours in which each channel came, with the time where it first and last did. */
function heardBy(events: Events): ReadonlyMap<string, Heard> {
  const ends = new Map<string, { first: number; last: number }>();
  const heard = new Map<string, Heard>();
  const note = (channel: string, time: number, more: Omit<Heard, 'hour'>) => {
    const hour = Math.floor(time / MICROS_PER_HOUR);
    heard.set(`${hour} ${channel}`, { ...heard.get(`${hour} ${channel}`), hour, ...more });
  };
  for (const { channel, time } of events) {
    const { first, last } = ends.get(channel) ?? { first: time, last: time };
    ends.set(channel, { first: Math.min(first, time), last: Math.max(last, time) });
    note(channel, time, {});
  }
  for (const [channel, { first, last }] of ends) {
    note(channel, first, { first });
    note(channel, last, { last });
  }
  return heard;
}

/** No day of any stage shows more than it did. */
function expectNoMoreSeen(before: Correlated, after: Correlated): void {
  const seen = new Map(before.days.map((row) => [`${row.stage} ${row.day}`, row]));
  for (const row of after.days) {
    const was = seen.get(`${row.stage} ${row.day}`);
    const told = `${before.host}: ${row.stage}`;
    expect(row.visible, told).toBeLessThanOrEqual(was?.visible ?? 0);
    expect(row.visible + row.partial, told).toBeLessThanOrEqual((was?.visible ?? 0) + (was?.partial ?? 0));
  }
}

/** Nothing new is found, and no stage that matched is said not to have happened. */
function expectNoneVanished(before: Correlated, after: Correlated): void {
  for (const finding of after.findings) {
    const was = before.findings.find(
      (one) =>
        one.analytic === finding.analytic &&
        (one.id === finding.id || one.anchor.entityId === finding.anchor.entityId),
    );
    if (finding.status === 'complete') expect(was?.status, finding.headline).toBe('complete');
    for (const stage of finding.stages) {
      const state = was?.stages.find((one) => one.id === stage.id)?.state;
      if (state === 'matched') expect(stage.state, `${finding.headline}: ${stage.id}`).not.toBe('absent');
    }
  }
}

type Correlated = ReturnType<typeof correlated>;

function correlated(host: string, events: Events) {
  const prepared = prepareHost({ host, events, catalogue, digest });
  const { findings, coverage } = judgeHost(prepared, NO_HISTORY);
  return {
    host,
    events,
    findings,
    states: new Map(coverage.map(({ stage, state }) => [stage, state])),
    gaps: new Map(
      coverage.map(({ stage, gaps }) => [stage, gaps.map(({ kind, what }) => `${kind}:${what}`)]),
    ),
    days: sightOf(prepared, coverage).days,
  };
}
