import fs from 'node:fs';
import path from 'node:path';
import type { Catalogue } from '../lib/analytics/catalogue';
import { loadCatalogue } from '../lib/cli/loadCatalogue';
import { correlateHost } from '../lib/correlate/correlate';
import { kindsNeeded } from '../lib/correlate/kindsNeeded';
import { groupHosts } from '../lib/events/hostGroups';
import type { PlacedEvent } from '../lib/events/record';
import { nodeDigest } from '../lib/workflows/nodeDigest';
import { lineBlocks, parseLines } from './lines';
import { answer } from './measurement';
import { eachEvent } from './recording';
import { measured, peakBytes, type Usage } from './usage';

/**
 * `memory`: all events are read first, and only correlation is measured. `rows`: reads the files that
 * normalised.ts wrote, host by host, and reading them is measured too.
 */
export type CorrelateTask =
  | { readonly how: 'memory'; readonly file: string }
  | { readonly how: 'rows'; readonly folder: string };
export type CorrelateAnswer = Usage & {
  readonly events: number;
  readonly hosts: number;
  readonly findings: number;
  readonly complete: Readonly<Record<string, number>>;
  readonly peakBytes: number;
};

/** Clocks, lineage, visibility, all analytics, scores and explanations: lib/correlate over every host. */
await answer(async (task: CorrelateTask): Promise<CorrelateAnswer> => {
  const catalogue = await loadCatalogue();
  const tally = { events: 0, hosts: 0, findings: 0, complete: {} as Record<string, number> };
  const correlate = (host: string, events: readonly PlacedEvent[]) => {
    const { findings } = correlateHost({ host, events, catalogue, digest: nodeDigest });
    tally.events += events.length;
    tally.hosts++;
    tally.findings += findings.length;
    for (const { analytic, status } of findings)
      if (status === 'complete') tally.complete[analytic] = (tally.complete[analytic] ?? 0) + 1;
  };
  const usage =
    task.how === 'memory'
      ? await inMemory(task.file, catalogue, correlate)
      : (await measured(() => fromRows(task.folder, correlate))).usage;
  return { ...usage, ...tally, peakBytes: peakBytes() };
});

type Correlate = (host: string, events: readonly PlacedEvent[]) => void;

async function inMemory(file: string, catalogue: Catalogue, correlate: Correlate): Promise<Usage> {
  const byName = new Map<string, PlacedEvent[]>();
  await eachEvent(file, new Set(kindsNeeded(catalogue)), (event) => {
    const known = byName.get(event.host);
    if (known === undefined) byName.set(event.host, [event]);
    else known.push(event);
  });
  const groups = groupHosts(byName.keys());
  const byHost = new Map<string, PlacedEvent[]>();
  for (const [name, events] of byName) {
    const group = groups.get(name)?.canonical ?? name;
    byHost.set(group, (byHost.get(group) ?? []).concat(events));
  }
  byName.clear();
  globalThis.gc?.();
  const { usage } = await measured(() => {
    for (const [host, events] of byHost) correlate(host, events);
  });
  return usage;
}

async function fromRows(folder: string, correlate: Correlate): Promise<void> {
  for (const name of fs.readdirSync(folder)) {
    const events: PlacedEvent[] = [];
    for await (const block of lineBlocks(path.join(folder, name)))
      parseLines(block, (value) => {
        events.push(value as PlacedEvent);
      });
    correlate(name, events);
  }
}
