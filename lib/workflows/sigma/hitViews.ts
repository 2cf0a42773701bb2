import { formatMicros, micros } from '../../base/time';
import type { SigmaHitView } from '../../contracts/sigmaHits';
import { SIGMA_LEVELS } from '../../sigma/rule';
import type { SigmaHitRow } from '../../storage/sigma/hitRow';
import { hitRef } from './hitRef';

export type { SigmaHitRow };

/** A stored hit as the API gives it. */
export function hitView(row: SigmaHitRow): SigmaHitView {
  const { hostId, eventId, ruleId } = row;
  return {
    ref: hitRef({ hostId, eventId, ruleId }),
    rule: {
      id: String(ruleId),
      ruleId: row.sigmaId,
      title: row.title,
      level: SIGMA_LEVELS[row.level] ?? 'medium',
      author: row.author,
      license: row.license,
    },
    host: { id: String(hostId), name: row.host },
    time: formatMicros(micros(row.time)),
    eventId: row.isEvent ? eventId : null,
    kind: row.kind,
    source: row.source,
    process: {
      entityId: row.entityId,
      pid: row.pid,
      image: row.image,
      commandLine: row.commandLine,
      user: row.userName,
    },
    matched: row.matched.map((part) => ({
      selection: part.selection,
      field: part.field ?? null,
      modifiers: [...part.modifiers],
      expected: part.expected,
      value: part.value,
    })),
    fields: row.fields,
    record: { importId: String(row.importId), file: row.file, index: row.recordIndex },
    baseline: row.baseline === null ? null : { id: String(row.baseline.id), title: row.baseline.title },
    case: row.case,
  };
}
