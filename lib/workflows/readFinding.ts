import { AppError } from '../base/appError';
import type { FindingDetail } from '../contracts/findings';
import { loadActivity } from '../storage/decisions';
import { type FindingRecord, loadFinding } from '../storage/findings';
import { similarFindings } from '../storage/similarFindings';
import { toFindingDetail } from './findingView';

/** Similar findings that are listed; all of them are counted. */
const SIMILAR = 50;

/** Everything about one finding. Throws `not_found`. */
export async function readFinding(id: string): Promise<FindingDetail> {
  const record = await findingOrRefuse(id);
  const [similar, activity] = await Promise.all([similarFindings(id, SIMILAR), loadActivity(id)]);
  return toFindingDetail(record, similar, activity);
}

/** A stored finding by id. Throws `not_found`. */
export async function findingOrRefuse(id: string): Promise<FindingRecord> {
  const record = await loadFinding(id);
  if (record === undefined) {
    throw new AppError(
      'not_found',
      'There is no finding with this id: the data it came from may have changed since the link was made.',
    );
  }
  return record;
}
