import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyzeFiles } from '../cli/analyzeFiles';
import { loadCatalogue } from '../cli/loadCatalogue';
import type { AnalyzeDocument } from '../contracts/analyze';
import { sampleRecording, sampleTruth } from './sampleRecording';
import type { Decoy, PlantedChain, TrueProcess } from './truth';

type FoundFinding = AnalyzeDocument['findings'][number];

const truth = sampleTruth();
let findings: readonly FoundFinding[] = [];
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sequela-sample-'));
  const files = sampleRecording().map((file) => {
    const name = path.join(folder, file.name);
    writeFileSync(name, `${[...file.lines].join('\n')}\n`);
    return name;
  });
  const analysis = await analyzeFiles(files, {
    format: 'auto',
    catalogue: await loadCatalogue(),
    onProgress: () => undefined,
  });
  findings = analysis.document.findings;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Highest score a decoy's ceiling allows, by the severities of ANALYTICS B.6. */
const CEILING: Readonly<Record<Exclude<Decoy['ceiling'], 'nothing'>, number>> = {
  informational: 19,
  medium: 64,
};

describe('the sample recording', () => {
  it.each(truth.chains.map((chain) => [`${chain.host} ${chain.analytic}: ${chain.story}`, chain] as const))(
    'shows %s',
    (_name, chain) => {
      const found = findings.filter(
        (finding) =>
          finding.analytic === chain.analytic &&
          finding.host === chain.host &&
          chain.processes.some((process) => hangsOn(finding, process)),
      );
      expect(found.map((finding) => finding.status)).toContain(chain.status);
      const [finding] = found;
      const inState = (state: string): readonly string[] =>
        finding?.stages.filter((stage) => stage.state === state).map((stage) => stage.id) ?? [];
      expect(inState('matched')).toEqual(expect.arrayContaining([...chain.stages.matched]));
      expect(inState('absent')).toEqual(expect.arrayContaining([...chain.stages.absent]));
      expect(inState('blind')).toEqual(expect.arrayContaining([...chain.stages.blind]));
    },
  );

  it.each(truth.decoys.map((decoy) => [`${decoy.host} ${decoy.analytic}: ${decoy.why}`, decoy] as const))(
    'costs nobody time for %s',
    (_name, decoy) => {
      const found = findings.filter(
        (finding) =>
          finding.analytic === decoy.analytic &&
          finding.host === decoy.host &&
          !finding.suppressed &&
          !truth.chains.some((chain) => accountsFor(chain, finding)) &&
          finding.anchor.pid === decoy.process.pid &&
          finding.anchor.image?.toLowerCase() === decoy.process.image.toLowerCase(),
      );
      const scores = found.map((finding) => `${finding.score} ${finding.headline}`);
      if (decoy.ceiling === 'nothing') expect(scores).toEqual([]);
      else
        for (const finding of found)
          expect(finding.score, scores.join()).toBeLessThanOrEqual(CEILING[decoy.ceiling]);
    },
  );

  it('shows nothing beside the planted chains and their decoys', () => {
    const known = [
      ...truth.chains.flatMap((chain) => chain.processes),
      ...truth.decoys.map((decoy) => decoy.process),
    ];
    const others = findings.filter(
      (finding) => !finding.suppressed && !known.some((process) => hangsOn(finding, process)),
    );
    expect(others.map((finding) => `${finding.analytic} ${finding.score} ${finding.headline}`)).toEqual([]);
  });
});

/** A process of a planted chain may also play a decoy's part: its own finding is none of the decoy's. */
function accountsFor(chain: PlantedChain, finding: FoundFinding): boolean {
  return (
    chain.analytic === finding.analytic &&
    chain.host === finding.host &&
    chain.status === finding.status &&
    chain.processes.every((process) => hangsOn(finding, process) || process === chain.processes[0])
  );
}

/** Whether a finding's anchor, or an event it holds, is of the process. */
function hangsOn(finding: FoundFinding, process: TrueProcess): boolean {
  const image = process.image.toLowerCase();
  if (finding.anchor.pid === process.pid && finding.anchor.image?.toLowerCase() === image) return true;
  return finding.stages.some((stage) =>
    stage.events.some(
      (event) =>
        event.image?.toLowerCase() === image && event.time.slice(0, 19) >= process.startedAt.slice(0, 19),
    ),
  );
}
