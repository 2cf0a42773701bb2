import { describe, expect, it } from 'vitest';
import { catalogue, digest } from '../../analytics/testStory';
import { micros } from '../../base/time';
import { correlateHost } from '../../correlate/correlate';
import { scenarioRecordings } from '../../sample/scenarios/scenarios';
import { readRecording } from '../../validation/replay';
import { proposeBaseline } from './proposeBaseline';
import { quoteChain } from './quotedChain';

/** Of the shipped stories those that begin so: every product's form of them. */
const STORIES =
  process.env.ALL_STORIES === undefined
    ? ['svg-d2-sign-in', 'svg-opened-only', 'mshta-remote-alone', 'user-zip', 'user-iso']
    : [''];
const bytesOf = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`);

describe('over the shipped stories, as each product tells them', () => {
  it('every pattern proposed for a finding hides it, and the narrowest are among them', () => {
    let findings = 0;
    for (const story of STORIES)
      for (const { file, lines, label } of scenarioRecordings(story)) {
        if (!label.tags.includes('chain')) continue;
        for (const [host, events] of readRecording([bytesOf(lines)], digest).hosts) {
          const correlation = correlateHost({ host, events, catalogue, digest });
          const things = {
            events: new Map(events.map((event) => [event.id, event])),
            processes: new Map(correlation.processes.map((node) => [node.entityId, node])),
          };
          for (const finding of correlation.findings) {
            const analytic = catalogue.analytics.find(({ id }) => id === finding.analytic);
            if (analytic === undefined) continue;
            findings++;
            const chain = quoteChain(finding, analytic, things);
            const { candidates } = proposeBaseline([chain], [], analytic, catalogue.lists);
            expect(candidates.length, `${file} ${finding.headline}`).toBeGreaterThan(0);
            const baselines = candidates.map(({ when }, id) => ({
              ...{ id, analytic: analytic.id, title: 't', when, points: undefined },
              until: micros(9e15),
            }));
            const under = { ...catalogue, analytics: [analytic], baselines };
            const again = correlateHost({ host, events, catalogue: under, digest }).findings;
            expect(
              candidates
                .filter((_one, id) => !again.find((one) => one.id === finding.id)?.baselines.includes(id))
                .map(({ yaml }) => yaml),
              `${file} ${finding.headline}`,
            ).toEqual([]);
          }
        }
      }
    expect(findings).toBeGreaterThan(5);
  }, 300_000);
});
