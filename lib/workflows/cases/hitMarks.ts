import { formatMicros, micros } from '../../base/time';
import type { SigmaHitRow } from '../../storage/sigma/hitRow';
import { hitRef } from '../sigma/hitRef';
import { hitsOf } from './caseThings';
import type { LaneMark } from './laneMark';

/** Marks of hits by their refs, earliest first, and how many are not among them. A hit without a time has no place. */
export async function hitMarks(
  refs: readonly string[],
  limit: number,
): Promise<{ readonly marks: readonly LaneMark[]; readonly cut: number }> {
  const hits = [...(await hitsOf(refs)).values()]
    .filter(({ time }) => time > 0)
    .sort((a, b) => a.time - b.time || (hitRef(a) < hitRef(b) ? -1 : 1));
  return { marks: hits.slice(0, limit).map(toMark), cut: Math.max(0, hits.length - limit) };
}

function toMark(hit: SigmaHitRow): LaneMark {
  const { hostId, host, eventId, sigmaId, title, source, image, commandLine, kind } = hit;
  const time = micros(hit.time);
  const what = commandLine ?? image;
  return {
    hostId,
    host,
    time,
    mark: {
      findingId: null,
      hit: hitRef(hit),
      eventId,
      time: formatMicros(time),
      stage: `sigma:${sigmaId}`,
      stageTitle: `Sigma: ${title}`,
      text: what === null ? source : `${source}: ${what}`,
      kind: kind ?? source,
    },
  };
}
