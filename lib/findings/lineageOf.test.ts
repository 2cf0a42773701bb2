import { describe, expect, it } from 'vitest';
import { callsOut, EDGE, findingOf, homeOf, MSHTA, storyOf } from '../analytics/testStory';
import { micros } from '../base/time';
import { lineageOf } from './lineageOf';

describe('the lineage of a finding', () => {
  it('is its anchor\u2019s, from the earlier of its two times of start on', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} https://files.example/a.hta` });
    callsOut(s, mshta);
    const finding = findingOf(s.events(), 'AN1397');
    const recorded = finding.anchor.time ?? 0;
    const anchor = { ...finding.anchor, startedAt: micros(recorded - 400_000) };
    const lineage = lineageOf({ ...finding, anchor });
    expect(lineage.anchor).toBe(finding.anchor.entityId);
    expect(lineage.from).toBe(recorded - 400_000);
    expect(lineage.acting).toContain(finding.anchor.entityId);
  });

  it('names what acted in later stages, and not what started it', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} https://files.example/a.hta` });
    callsOut(s, mshta);
    const finding = findingOf(s.events(), 'AN1397');
    const started = finding.stages.find(({ id }) => id === 'lineage');
    expect(started?.state).toBe('matched');
    const parent = started?.events[0]?.entityId;
    expect(parent).toBeDefined();
    expect(lineageOf(finding).acting).not.toContain(parent);
  });

  it('is not the browser\u2019s that wrote the file the finding hangs on', () => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const svg = `${homeOf(s)}\\Downloads\\invoice.svg`;
    s.writes(edge, svg);
    s.marks(edge, svg);
    callsOut(s, s.starts(MSHTA, { commandLine: `${MSHTA} "${svg}"` }));
    const lineage = lineageOf(findingOf(s.events(), 'AN1407'));
    expect(lineage.anchor).toBeUndefined();
    expect(lineage.acting.length).toBeGreaterThan(0);
    expect(lineage.acting).not.toContain(edge.entityId);
  });
});
