import type { z } from 'zod';
import type { sigmaMarks } from '../../contracts/sigmaHits';
import { memberIds } from '../../storage/hosts';
import { loadMarks } from '../../storage/sigma/hitMarks';
import { toTime } from '../findingFilter';
import { findingOrRefuse } from '../readFinding';
import { hostOrRefuse, pathOf } from '../readLineage';
import { stagesByEvent } from '../timelineView';
import { hitView } from './hitViews';

type SigmaMarks = z.infer<typeof sigmaMarks>;

/** Hits sent at once; of more, those of the worst rules. */
const MOST = 500;

/** Hits on the events that a finding's stages cite and on the processes of its lineage path. Throws `not_found`. */
export async function readFindingMarks(id: string): Promise<SigmaMarks> {
  const { row, finding } = await findingOrRefuse(id);
  const hostIds = await memberIds(row.hostId);
  const on = { events: [...stagesByEvent(finding).keys()], processes: [...pathOf(finding)] };
  return toMarks(await loadMarks({ hostIds, on }, MOST));
}

/** Hits on a machine, by the id or name of it, between two times. Throws `not_found` and `bad_request`. */
export async function readHostMarks(
  host: string,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<SigmaMarks> {
  const hostIds = await memberIds(await hostOrRefuse(host));
  return toMarks(
    await loadMarks(
      {
        hostIds,
        ...(from === undefined ? {} : { from: toTime(from, 'from') }),
        ...(to === undefined ? {} : { to: toTime(to, 'to') }),
      },
      MOST,
    ),
  );
}

function toMarks({ hits, total }: Awaited<ReturnType<typeof loadMarks>>): SigmaMarks {
  return { items: hits.map(hitView), total };
}
