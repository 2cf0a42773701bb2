import { readUpload } from '../lib/containers/readUpload';
import { createIdentifier } from '../lib/events/identify';
import { nodeDigest } from '../lib/workflows/nodeDigest';
import { lineBlocks, parseLines } from './lines';
import { answer } from './measurement';
import { measured, peakBytes, type Usage } from './usage';

export type ParseTask = { readonly how: 'json' | 'product'; readonly file: string };
export type ParseAnswer = Usage & { readonly records: number; readonly peakBytes: number };

/** Reads a recording to its end: by JSON.parse alone, or as the product does up to identified events. */
await answer(async ({ how, file }: ParseTask): Promise<ParseAnswer> => {
  const { result, usage } = await measured(() => (how === 'json' ? parseOnly(file) : parseWhole(file)));
  return { ...usage, records: result, peakBytes: peakBytes() };
});

async function parseOnly(file: string): Promise<number> {
  let records = 0;
  for await (const block of lineBlocks(file)) {
    parseLines(block, () => {
      records++;
    });
  }
  return records;
}

async function parseWhole(file: string): Promise<number> {
  const identify = createIdentifier(nodeDigest);
  let records = 0;
  for await (const step of readUpload(file, { name: 'recording.ndjson' })) {
    if (step.step !== 'batch') continue;
    for (const { outcome, place } of step.records) {
      records++;
      if (outcome.outcome === 'event') identify(outcome.event, place);
    }
  }
  return records;
}
