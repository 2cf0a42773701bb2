'use client';

import { useMay } from '@/components/shared/me';
import { onDemand } from '@/components/ui/onDemand';
import type { CoverageUrl } from './coverageUrl';

const GroupsDialog = onDemand(
  async () => (await import('./GroupsDialog')).GroupsDialog,
  (props) => props.onClose(),
);
const RetiredDialog = onDemand(
  async () => (await import('./RetiredDialog')).RetiredDialog,
  (props) => props.onClose(),
);

/** What is changed for everybody, over the page; not for those who may not. */
export function CoverageDialogs({ show, onClose }: { show: CoverageUrl['show']; onClose: () => void }) {
  const mayManage = useMay('coverage.manage');
  if (!mayManage) return null;
  if (show === 'groups') return <GroupsDialog onClose={onClose} />;
  return show === 'retired' ? <RetiredDialog onClose={onClose} /> : null;
}
