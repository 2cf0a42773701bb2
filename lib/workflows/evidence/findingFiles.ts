import type { FindingDetail } from '../../contracts/findings';
import { findingFile } from '../../evidence/packNames';
import { loadBlindIntervals } from '../../storage/blindIntervals';
import { loadVerdictHistory } from '../../storage/evidenceHistory';
import type { FindingRecord } from '../../storage/findings';
import { toHtml } from '../exports/html';
import { loadStory } from '../exports/loadStory';
import { toMarkdown } from '../exports/markdown';
import { findingBlocks } from './findingBlocks';
import { jsonFile } from './json';
import { blocksToPdf } from './pdf';
import type { FileToPack } from './zipStream';

/** Around a finding, how much of the time in which nothing could be seen is told. */
const BLIND_BESIDE = 24 * 60 * 60 * 1_000_000;

/** The files about one finding. Its story lies at the top of a pack that is of it alone, else in its own folder. */
export async function* findingFiles(
  { row, finding }: FindingRecord,
  madeAt: Date,
  alone: boolean,
): AsyncGenerator<FileToPack, void, undefined> {
  const story = await loadStory(row.id, true);
  const folder = alone ? '' : findingFile(row.id, '');
  yield { name: `${folder}story.html`, content: toHtml(story) };
  yield { name: `${folder}story.md`, content: toMarkdown(story) };
  yield {
    name: `${folder}story.pdf`,
    content: blocksToPdf(findingBlocks(story), { title: story.finding.headline, madeAt }),
  };
  yield { name: findingFile(row.id, 'finding.json'), content: jsonFile(story.finding) };
  const history = await loadVerdictHistory(row.id);
  yield { name: findingFile(row.id, 'verdicts.json'), content: jsonFile(history) };
  const blind = await loadBlindIntervals([row.hostId], {
    from: finding.from - BLIND_BESIDE,
    to: finding.to + BLIND_BESIDE,
  });
  yield { name: findingFile(row.id, 'telemetry.json'), content: jsonFile(telemetryOf(story.finding, blind)) };
}

/** What could be seen of each stage, and when nothing could, within a day of the finding; times in microseconds. */
function telemetryOf(
  { telemetry, stages }: FindingDetail,
  blind: Awaited<ReturnType<typeof loadBlindIntervals>>,
) {
  return {
    stages: stages.map(({ id, title, required, state, stateReason }) => ({
      id,
      title,
      required,
      state,
      stateReason,
      seen: telemetry.find(({ stage }) => stage === id || stage.endsWith(`/${id}`)) ?? null,
    })),
    blind: blind.map(({ kind, from, to, reason }) => ({ kind, from, to, reason })),
  };
}
