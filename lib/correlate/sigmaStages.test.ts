import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../analytics/catalogue';
import { diagnose } from '../analytics/definition/parseAnalytic';
import { vocabularyOf } from '../analytics/definition/vocabulary';
import { digest, MSHTA, POWERSHELL, shippedFiles, storyOf } from '../analytics/testStory';
import { fixFor } from '../coverage/fixes';
import type { PlacedEvent } from '../events/record';
import type { HostHit, HostSigma } from '../sigma/hit';
import { correlateHost } from './correlate';

const RULE = '0a6f1c1e-6f0b-4f5e-9b1c-2f7d1f3c5a10';
const TEXT = `id: MY1
title: A loader, then what a rule hits
version: "1.0"
description: For tests.
stages:
  - id: start
    title: Loader
    anchor: true
    on: process_start
    where: { process.name: mshta.exe }
    telemetry: { needs: process_start, fix: Record starts. }
  - id: load
    title: What a rule hits
    required: true
    on: image_load
    where: { sigma.rule_id: ${RULE} }
    relation: { same_process: start }
    telemetry: { needs: image_load, fix: Record libraries. }
keep_partial_when:
  - { stage: start }
score:
  - id: sum
    take: sum
    reasons:
      - { id: R1, points: 50, text: a loader, when: { stage: start } }
      - { id: R2, points: 9, text: a child that a rule hits, when: { event: { on: process_start, where: { sigma.rule_id: other }, relation: { child_of: start } } } }
      - { id: R3, points: 7, text: a loader that a rule hits, when: { stage: start, where: { sigma.rule_id: other } } }
headline:
  - text: a loader
`;
const catalogue = parseCatalogue([
  ...shippedFiles().filter(({ name }) => name === 'lists.yaml'),
  { name: 'my1.yaml', text: TEXT },
]);

function told() {
  const { s } = storyOf();
  const mshta = s.starts(MSHTA);
  s.loads(mshta, 'C:\\Windows\\System32\\amsi.dll');
  s.loads(mshta, 'C:\\Windows\\System32\\other.dll');
  s.starts(POWERSHELL, { parent: mshta });
  const events = s.events() as readonly PlacedEvent[];
  const load = events.find((event) => event['dll.path']?.endsWith('other.dll') === true);
  if (load === undefined) throw new Error('no load');
  return { events, load, host: load.host };
}

const hitOn = (event: PlacedEvent): HostHit => ({
  ...{ ruleId: RULE, title: 'A library', level: 'medium', eventId: event.id, time: event.time },
});

function correlated(sigma?: (load: PlacedEvent) => HostSigma) {
  const { events, load, host } = told();
  const result = correlateHost({
    ...{ host, events, catalogue, digest },
    ...(sigma === undefined ? {} : { sigma: sigma(load) }),
  });
  return { load, finding: result.findings[0], coverage: result.coverage };
}

describe('a stage that names a Sigma rule', () => {
  it('matches the events that the rule hit, and no others', () => {
    const { finding, load } = correlated((on) => ({ enabled: new Set([RULE]), hits: [hitOn(on)] }));
    const stage = finding?.stages.find(({ id }) => id === 'load');
    expect(finding?.status).toBe('complete');
    expect(stage?.events.map(({ eventId }) => eventId)).toEqual([load.id]);
    expect(stage?.why).toMatchObject({ result: 'true', field: 'sigma.rule_id', matched: RULE });
  });

  it('is absent where the rule is switched on and hit nothing', () => {
    const { finding, coverage } = correlated(() => ({ enabled: new Set([RULE]), hits: [] }));
    expect(finding?.stages.find(({ id }) => id === 'load')?.state).toBe('absent');
    expect(coverage.find(({ stage }) => stage === 'MY1/load')?.state).toBe('visible');
  });

  it('is blind where the rule is not switched on, and says so with what to do', () => {
    for (const { finding, coverage } of [
      correlated(),
      correlated(() => ({ enabled: new Set(['another']), hits: [] })),
    ]) {
      const why = `needs Sigma rule ${RULE}, which is not switched on here`;
      const stage = finding?.stages.find(({ id }) => id === 'load');
      expect(stage).toMatchObject({ state: 'blind', stateReason: why });
      expect(coverage.find((one) => one.stage === 'MY1/load')).toMatchObject({
        state: 'blind',
        why,
        fix: 'Switch the rule on under Sigma.',
      });
      expect(finding?.counterfactuals.find((one) => one.stage === 'load')?.text).toContain(
        'Switch the rule on under Sigma',
      );
    }
  });

  it('is blind where the host\u2019s records cannot decide the rule, with why', () => {
    const { finding } = correlated(() => ({
      enabled: new Set([RULE]),
      undecidable: new Map([[RULE, 'no image_load records from this host']]),
      hits: [],
    }));
    expect(finding?.stages.find(({ id }) => id === 'load')).toMatchObject({
      state: 'blind',
      stateReason: `needs Sigma rule ${RULE}, which cannot be decided here: no image_load records from this host`,
    });
  });

  it('leaves a reason unjudged where its rule is not switched on', () => {
    const { finding } = correlated();
    expect(finding?.unjudged).toMatchObject([
      { id: 'R2', because: 'needs Sigma rule other, which is not switched on here' },
      { id: 'R3', because: 'needs Sigma rule other, which is not switched on here' },
    ]);
  });

  it('asks for the rule to be switched on, not for telemetry', () => {
    const { coverage } = correlated();
    const [gap] = coverage.find(({ stage }) => stage === 'MY1/load')?.gaps ?? [];
    if (gap === undefined) throw new Error('no gap');
    expect(fixFor(gap, 'Sysmon')).toMatchObject({ where: 'Sigma, Sets' });
  });
});

describe('the editor', () => {
  it('completes the field, and has nothing to say against it', () => {
    expect(vocabularyOf(new Map()).fields.find(({ name }) => name === 'sigma.rule_id')?.about).toContain(
      'Sigma',
    );
    expect(diagnose(TEXT, new Map()).problems).toEqual([]);
  });
});
