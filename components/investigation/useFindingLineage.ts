import { FOREST_MOST, type Lineage, useLineage } from '@/components/shared/lineage/useLineage';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { InvestigationView } from './useInvestigationView';

/** The lineage of a finding with everything the address says is open. */
export function useFindingLineage(
  finding: Pick<FindingDetail, 'id' | 'hostId'>,
  view: Pick<InvestigationView, 'open' | 'expand' | 'most'>,
): Lineage {
  return useLineage({
    source: { hostId: finding.hostId, findingId: finding.id },
    open: view.open,
    expand: view.expand,
    most: Math.max(1, Math.min(FOREST_MOST, view.most)),
  });
}
