import { AppError } from '../../base/appError';
import type { SampleItem } from '../../contracts/reviews';
import type { VerdictValue } from '../../storage/findingRows';
import { loadFinding } from '../../storage/findings';
import * as storage from '../../storage/reviews/secondVerdicts';
import { toFindingSummary } from '../findingView';

const LISTED = 50;

/** Findings drawn for a second verdict, those that wait for one first. */
export async function readSample(by: string): Promise<{ items: SampleItem[] }> {
  const items: SampleItem[] = [];
  for (const sampled of await storage.listSample(LISTED)) {
    const item = await toItem(sampled, by);
    if (item !== undefined) items.push(item);
  }
  return { items };
}

/** Draws closed false positives at random and answers with all that are drawn. */
export async function drawSample(size: number, by: string): Promise<{ items: SampleItem[] }> {
  await storage.drawSample(size, by);
  return readSample(by);
}

/** Records a second verdict, and only then shows the first. Throws as `giveSecond` does. */
export async function giveSecondVerdict(
  id: number,
  given: { readonly verdict: VerdictValue; readonly reason: string },
  by: string,
): Promise<SampleItem> {
  const item = await toItem(await storage.giveSecond(id, given, by), by);
  if (item === undefined) throw new AppError('not_found', 'The data no longer gives this finding.');
  return item;
}

/** Undefined when the finding is gone. What was said first stays out until a second verdict is given. */
async function toItem(sampled: storage.SampledFinding, by: string): Promise<SampleItem | undefined> {
  const record = await loadFinding(sampled.findingId);
  if (record === undefined) return undefined;
  const {
    verdict: _verdict,
    assignee: _assignee,
    case: _case,
    reopened: _reopened,
    clock: _clock,
    ...finding
  } = toFindingSummary(record.row);
  const given = sampled.value !== null && sampled.by !== null && sampled.at !== null;
  return {
    id: sampled.id,
    drawnAt: sampled.drawnAt.toISOString(),
    finding,
    story: record.finding.story.map(({ text }) => text),
    second:
      sampled.value !== null && sampled.by !== null && sampled.at !== null
        ? { value: sampled.value, reason: sampled.reason, by: sampled.by, at: sampled.at.toISOString() }
        : null,
    first: given ? { value: sampled.firstValue, by: sampled.firstBy } : null,
    mayJudge: sampled.firstBy !== by,
  };
}
